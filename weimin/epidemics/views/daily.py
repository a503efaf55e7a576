"""Today's board and one school."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.actions.registry import get_action
from weimin.epidemics.queries import alerts as alert_queries
from weimin.epidemics.queries.board import board, export_rows, families, totals
from weimin.epidemics.queries.places import alerts_of, classes, get_place, past
from weimin.epidemics.views.asking import day_of, for_epidemics, one
from weimin.epidemics.wording import of_words
from weimin.regions.queries import get_region
from weimin.ui.paging import part_of
from weimin.ui.tables import Column
from weimin.ui.workbook import workbook
from weimin.walls.request import Request

COLUMNS = [
    Column(_("学校"), "place.name", url="url", hint="village", main=True),
    Column(_("报告"), "state", kind="tag"),
    Column(_("应到"), "expected", kind="number", minor=True),
    Column(_("缺勤"), "absent", kind="number"),
    Column(_("因病缺勤"), "ill", kind="number"),
    Column(_("新发症状"), "sick"),
]
EXPORTED = [
    ("on", _("日期")), ("village", _("村（社区）")), ("school", _("学校")), ("class", _("班级")), ("expected", _("应到")), ("present", _("实到")),
    ("absent", _("缺勤")), ("ill", _("因病缺勤")), ("symptoms", _("新发症状")), ("note", _("说明")), ("by", _("报告人")),
]  # fmt: skip


@require_GET
@signed_in
def board_page(request: Request) -> HttpResponse:
    """?on chooses a past day; ?excel=1 gives the reports of the day as a workbook."""
    actor, now = for_epidemics(request), timezone.now()
    today = timezone.localdate(now)
    on = day_of(request.GET.get("on", ""), today)
    if request.GET.get("excel"):
        title = _now("学校每日报告 %(day)s") % {"day": on.isoformat()}
        columns = [(key, str(label)) for key, label in EXPORTED]
        return workbook(columns, export_rows(actor, on), title=title, name=actor.name, post=request.seat.label, now=now)
    lines = board(actor, on)
    told = families(actor, on)
    for row in told:
        row.words = "、".join(of_words("symptom", key) for key in row.symptoms)  # type: ignore[attr-defined]  # text: data
    context = {
        "on": on, "today": today, "before": on - timedelta(days=1), "after": on + timedelta(days=1) if on < today else None, "columns": COLUMNS,
        "export": f"?on={on.isoformat()}&excel=1", "page": part_of(lines, request.GET.get("cursor", "")), "totals": totals(lines), "families": told, "sees_families": actor.role != "school",
        "may_take": get_action("epidemics.report_family").allows(actor),
    }  # fmt: skip
    return render(request, "epidemics/board.html", context)


@require_GET
@signed_in
def place_page(request: Request, number: int) -> HttpResponse:
    """A school on the phone: each class with one tap to its report, the rest in one tap, the last two weeks."""
    actor, now = request.actor, timezone.now()
    place, today = one(get_place, actor, number), timezone.localdate(now)
    context = {
        "place": place, "today": today, "classes": classes(actor, place, today), "past": past(actor, place, today), "village": get_region(place.region).short,
        "alerts": alert_queries.lines(alerts_of(actor, place), now), "events": history_of(actor, place),
        "may_report": get_action("epidemics.report_day").allows(actor),
    }  # fmt: skip
    return render(request, "epidemics/place.html", context)
