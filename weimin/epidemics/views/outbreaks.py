"""Outbreaks: the list, the panel of the three parties, the line list and the closing report."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.epidemics.finding import measures, with_chain
from weimin.epidemics.models import ContactState, Hop, Outbreak, OutbreakState
from weimin.epidemics.papers import closing_paper
from weimin.epidemics.queries.outbreaks import cases, curve, get_outbreak, list_outbreaks, parties, reported, series, watched
from weimin.epidemics.queries.standing import hindrances_of
from weimin.epidemics.views.asking import for_epidemics, for_health, one
from weimin.papers.answers import paper_answer
from weimin.regions.queries import get_region, names
from weimin.residents.rules_groups import age_on
from weimin.secrets.masking import mask
from weimin.trail.record import record
from weimin.ui.tables import Column
from weimin.ui.workbook import workbook
from weimin.walls.actor import Actor
from weimin.walls.request import Request

COLUMNS = [
    Column(_("疫情名称"), "name", url="url", hint="village", main=True),
    Column(_("病种"), "disease"),
    Column(_("立案日期"), "opened_on", kind="day"),
    Column(_("最近一例"), "last_on", kind="day"),
    Column(_("待落实措施"), "owed", kind="number"),
    Column(_("状态"), "tag", kind="tag"),
]
LINE_LIST = [
    ("number", _("序号")), ("name", _("姓名")), ("gender", _("性别")), ("age", _("年龄")), ("school", _("学校")), ("class", _("班级")), ("kind", _("病例分类")),
    ("onset", _("发病日期")), ("diagnosed", _("诊断时间")), ("state", _("状态")), ("card", _("国家系统卡片编号")),
]  # fmt: skip


@require_GET
@signed_in
def outbreaks_page(request: Request) -> HttpResponse:
    page = list_outbreaks(for_epidemics(request), request.GET.get("state", ""), request.GET.get("cursor", ""))
    known = names({row.region for row in page.rows})
    rows = [
        {
            "name": row.name, "url": reverse("epidemics:outbreak", args=[row.pk]), "village": known[row.region], "disease": row.disease_words, "owed": row.owed,
            "opened_on": row.opened_on, "last_on": row.last_on, "tag": (row.get_state_display(), "warn" if row.state == OutbreakState.OPEN else "off"),
        }
        for row in page.rows
    ]  # fmt: skip
    tabs = [("", _("全部"), None), *((value, words, None) for value, words in OutbreakState.choices)]
    return render(request, "epidemics/outbreaks.html", {"columns": COLUMNS, "rows": rows, "page": page, "tabs": tabs})


@require_GET
@signed_in
def outbreak_page(request: Request, number: int) -> HttpResponse:
    """What each party reported and owes; for health posts the cases, the curve, the contacts and what stands against closing."""
    actor, now = request.actor, timezone.now()
    outbreak = with_chain(one(get_outbreak, actor, number))
    today = timezone.localdate(now)
    context: dict[str, Any] = {
        "outbreak": outbreak, "village": get_region(outbreak.region).short, "parties": parties(outbreak, now), "said": reported(actor, outbreak, today),
        "hops": list(Hop.objects.visible_to(actor).filter(outbreak=outbreak).order_by("told_at")), "open": outbreak.state == OutbreakState.OPEN,
        "sees_cases": actor.has_purpose("health"), "events": history_of(actor, outbreak),
    }  # fmt: skip
    if context["sees_cases"]:
        context |= patients(actor, outbreak, today)
    return render(request, "epidemics/outbreak.html", context)


def patients(actor: Actor, outbreak: Outbreak, today: Any) -> dict[str, Any]:
    """What only health posts see."""
    rows, contacts = cases(actor, outbreak), watched(actor, outbreak)
    drawn = curve(rows, outbreak.closed_on or today)
    return {
        "cases": rows, "curve": drawn and drawn | {"series": series(_now("新发病例"), drawn["values"])}, "contacts": contacts,
        "observed": sum(1 for row in contacts if row.state == ContactState.OBSERVED),
        "hindrances": hindrances_of(actor, outbreak, today) if outbreak.state == OutbreakState.OPEN else [],
    }  # fmt: skip


@require_GET
@signed_in
def measure_page(request: Request, number: int) -> HttpResponse:
    """A measure is seen on the panel of its outbreak."""
    measure = one(lambda actor, pk: measures(actor).get(pk=pk), request.actor, number)
    return HttpResponseRedirect(reverse("epidemics:outbreak", args=[measure.outbreak_id]))


@require_GET
@signed_in
@never_cache
def line_list(request: Request, number: int) -> HttpResponse:
    """The cases of an outbreak as a workbook, names masked for the role; who took it out is on the trail."""
    actor, now = for_health(request), timezone.now()
    outbreak = one(get_outbreak, actor, number)
    rows = cases(actor, outbreak)
    after = {"rows": len(rows)}
    label = Outbreak._meta.label_lower
    record(actor, "epidemics.line_list", subject_type=label, subject_id=outbreak.pk, region=outbreak.region, now=now, after=after, reason=_now("导出"))
    lines = [
        [
            place, mask("name", row.name, actor.role), str(row.get_gender_display()), age_on(row.birth_on, row.onset_on), str(row.place or row.unit),
            str(row.group or ""), str(row.get_kind_display()), row.onset_on.isoformat(), f"{timezone.localtime(row.diagnosed_at):%Y-%m-%d %H:%M}",
            str(row.get_state_display()), row.national_number,
        ]
        for place, row in enumerate(rows, 1)
    ]  # fmt: skip
    title = _now("病例一览表 %(name)s") % {"name": outbreak.name}
    return workbook([(key, str(words)) for key, words in LINE_LIST], lines, title=title, name=actor.name, post=request.seat.label, now=now)


@require_GET
@signed_in
def closing_report(request: Request, number: int, ending: str) -> HttpResponse:
    """The report of an outbreak as docx or PDF; before it is closed, as far as it has come."""
    actor, now = for_health(request), timezone.now()
    outbreak = one(get_outbreak, actor, number)
    parts = cases(actor, outbreak), parties(outbreak, now), watched(actor, outbreak), list(Hop.objects.visible_to(actor).filter(outbreak=outbreak))
    return paper_answer(lambda: closing_paper(outbreak, *parts, request.seat.label, timezone.localdate(now)), ending, f"outbreak-{outbreak.pk}")
