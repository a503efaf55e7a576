"""The list of activities, one activity and its record form."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.attachments.queries import attachments_of
from weimin.attachments.subjects import subject_for
from weimin.education.forms.activities import ARCHIVES
from weimin.education.models import Activity, ActivityKind, ActivityState, PlaceKind
from weimin.education.papers import record_paper
from weimin.education.queries import activities as reads
from weimin.papers.answers import paper_answer
from weimin.regions.fields import townships
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.sheets.export import export, watermark
from weimin.sites.importing import workbook
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

TABLE = [
    Column(_("活动"), "subject", url="url", hint="venue", main=True),
    Column(_("形式"), "kind", hint="place_kind"),
    Column(_("时间"), "starts_at", kind="moment"),
    Column(_("承办机构"), "institution"),
    Column(_("人数"), "attendance", kind="number"),
    Column(_("状态"), "state", kind="tag"),
]
EXPORTED = [
    ("starts_at", _("活动时间")), ("kind", _("活动形式")), ("place_kind", _("“五进”场所")), ("subject", _("活动主题")), ("township", _("乡镇")),
    ("village", _("所在地")), ("venue", _("活动地点")), ("institution", _("承办机构")), ("speaker", _("主讲人")), ("audience", _("接受健康教育人员类别")),
    ("attendance", _("接受健康教育人数")), ("state_words", _("状态")),
]  # fmt: skip
SUBJECT = Activity._meta.label_lower


@require_GET
@signed_in
def activities(request: Request) -> HttpResponse:
    """Filters live in the address: kind, state, one of the five places, township, institution, month; ?excel=1 gives what is shown."""
    actor, chosen, now = request.actor, request.GET.dict(), timezone.now()
    rows = reads.filter_activities(actor, chosen)
    if chosen.get("excel"):
        mark = watermark(actor.name, request.seat.label, now)
        columns = [(key, str(label)) for key, label in EXPORTED]
        return workbook(export(columns, reads.rows_for_export(rows, now), title=str(_("健康教育活动")), watermark=mark), "activities")
    page = page_of(rows, ["-starts_at"], chosen.get("cursor", ""), 25)
    context = {
        "columns": TABLE, "rows": reads.lines(page.rows, now), "page": page, "chosen": chosen, "townships": townships(actor), "kinds": ActivityKind.choices,
        "states": ActivityState.choices, "places": PlaceKind.choices, "this_month": f"{timezone.localdate(now):%Y-%m}",
    }  # fmt: skip
    return render(request, "education/activities.html", context)


def find(actor: Actor, number: int) -> Activity:
    try:
        return reads.get_activity(actor, number)
    except (Activity.DoesNotExist, OverflowError):
        raise NotVisible() from None


@require_GET
@signed_in
def activity_page(request: Request, number: int) -> HttpResponse:
    """One activity: made for the phone, with the buttons of what is next on top."""
    actor, now = request.actor, timezone.now()
    activity = find(actor, number)
    files = list(attachments_of(actor, SUBJECT, activity.pk))
    known = names({activity.region, township_of(activity.region)})
    context = {
        "activity": activity, "facts": facts_of(activity), "place": known[activity.region], "township": known[township_of(activity.region)],
        "tag": reads.TAGS[activity.state], "late": activity.state == ActivityState.PLANNED and activity.starts_at < now, "photos": [f for f in files if f.is_picture],
        "files": [f for f in files if not f.is_picture], "subject": subject_for(SUBJECT, activity), "names": reads.names_of(actor, activity),
        "given": reads.given_out(actor, activity), "quiz": reads.quiz_of(actor, activity), "events": history_of(actor, activity),
    }  # fmt: skip
    return render(request, "education/activity.html", context)


def facts_of(activity: Activity) -> list[tuple[Any, Any]]:
    """What is known of it."""
    archives = "、".join(str(label) for key, label in ARCHIVES if key in activity.archives)  # text: data
    facts = [
        (_("活动形式"), activity.get_kind_display()), (_("“五进”场所"), activity.get_place_kind_display()), (_("活动地点"), activity.venue),
        (_("承办机构"), activity.institution_name), (_("主讲人"), activity.speaker), (_("接受健康教育人员类别"), activity.audience),
        (_("接受健康教育人数"), activity.attendance), (_("活动内容"), activity.content), (_("活动总结评价"), activity.evaluation), (_("存档材料"), archives),
        (_("负责人"), activity.leader), (_("填表人"), activity.recorded_by), (_("取消原因"), activity.reason), (_("安排人"), activity.planned_by),
    ]  # fmt: skip
    return [(label, value) for label, value in facts if value not in ("", None)]


@require_GET
@signed_in
def record_form(request: Request, number: int, ending: str) -> HttpResponse:
    """健康教育活动记录表 as docx or PDF."""
    activity = find(request.actor, number)
    return paper_answer(lambda: record_paper(activity, reads.given_out(request.actor, activity)), ending, f"activity-{activity.pk}")
