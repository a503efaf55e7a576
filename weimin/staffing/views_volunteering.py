"""Posts and who holds them, volunteer activities with hours, and the proof as PDF."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.papers.pdf import to_pdf
from weimin.regions.fields import townships
from weimin.sheets.export import export, watermark
from weimin.sites.importing import workbook
from weimin.staffing import volunteering
from weimin.staffing.models import Activity, Capacity, ServiceProof
from weimin.staffing.papers import proof_paper
from weimin.staffing.rules_volunteering import hours_words
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

ACTIVITIES = [
    Column(_("活动"), "name", url="url", hint="place", main=True),
    Column(_("时间"), "starts_at", kind="moment"),
    Column(_("组织单位"), "unit"),
    Column(_("人数"), "people", kind="number"),
    Column(_("小时"), "hours"),
]
HOLDERS = [
    Column(_("姓名"), "name", url="url", hint="capacity", main=True),
    Column(_("岗位"), "post", hint="duties"),
    Column(_("站点"), "site", url="site_url"),
    Column(_("乡镇"), "township"),
    Column(_("上岗日期"), "starts_on", kind="day"),
]
EXPORTED = [
    ("township", _("乡镇")), ("site", _("站点")), ("post", _("岗位")), ("duties", _("岗位职责")), ("name", _("姓名")), ("capacity", _("人员身份")),
    ("starts_on", _("上岗日期")),
]  # fmt: skip
MOST_EXPORTED = 100_000


@require_GET
@signed_in
def posts(request: Request) -> HttpResponse:
    """Who holds which post: elected members, hired workers, party members without office, retired people, volunteers."""
    actor, chosen = request.actor, request.GET.dict()
    rows = volunteering.post_rows(actor, chosen)
    if chosen.get("excel"):
        mark = watermark(actor.name, request.seat.label, timezone.now())
        lines = volunteering.holding_lines(list(rows.order_by("region", "pk")[:MOST_EXPORTED]))
        return workbook(export([(key, str(label)) for key, label in EXPORTED], lines, title=str(_("岗位和人员")), watermark=mark), "posts")
    page = page_of(rows, ["region"], chosen.get("cursor", ""), 25)
    context = {
        "columns": HOLDERS, "rows": volunteering.holding_lines(list(page.rows)), "page": page, "chosen": chosen, "townships": townships(actor),
        "capacities": Capacity.choices, "counts": volunteering.counts_by_capacity(actor),
    }  # fmt: skip
    return render(request, "staffing/posts.html", context)


@require_GET
@signed_in
def activities(request: Request) -> HttpResponse:
    actor, chosen = request.actor, request.GET.dict()
    page = page_of(volunteering.filter_activities(actor, chosen), ["-starts_at"], chosen.get("cursor", ""), 25)
    rows = volunteering.activity_lines(list(page.rows))
    context = {"columns": ACTIVITIES, "rows": rows, "page": page, "chosen": chosen, "townships": townships(actor)}
    return render(request, "staffing/activities.html", context)


@require_GET
@signed_in
def activity_page(request: Request, number: int) -> HttpResponse:
    """One activity: what was done, who served how long, until when hours are recorded in time."""
    actor = request.actor
    try:
        activity = volunteering.get_activity(actor, number)
    except (Activity.DoesNotExist, OverflowError):
        raise NotVisible() from None
    hours = volunteering.hours_of_activity(actor, activity)
    facts = [
        (_("服务内容"), activity.content), (_("地点"), activity.place), (_("组织单位"), activity.unit), (_("负责人"), activity.leader),
        (_("意外险"), _("已买") if activity.insured else _("没有买")), (_("登记人"), activity.entered_by),
    ]  # fmt: skip
    context = {
        "activity": activity, "site": activity.site, "facts": facts, "rows": [(row, hours_words(row.minutes)) for row in hours],
        "whole": hours_words(sum(row.minutes for row in hours)), "until": volunteering.record_until(activity), "events": history_of(actor, activity),
    }  # fmt: skip
    return render(request, "staffing/activity.html", context)


@require_GET
@signed_in
def proof_pdf(request: Request, number: int) -> HttpResponse:
    try:
        proof = volunteering.get_proof(request.actor, number)
    except (ServiceProof.DoesNotExist, OverflowError):
        raise NotVisible() from None
    with translation.override("zh-hans"):
        response = HttpResponse(to_pdf(proof_paper(proof)), content_type="application/pdf")
    response["Content-Disposition"] = "inline; filename=volunteer-proof.pdf"
    return response
