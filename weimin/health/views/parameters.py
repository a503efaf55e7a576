"""Every parameter of health: what holds today and who stands for it; one of them with its history; the list as Excel."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.health.actions.parameters import find_parameter
from weimin.health.models import ParameterValue
from weimin.health.queries.parameters import PAGE, UNSURE, Line, every_line, history_lines, line_of, narrowed, rooms, standings, versions_of
from weimin.health.views.records import for_health, without_cursor
from weimin.trail.record import record
from weimin.ui.paging import Page
from weimin.ui.tables import Column
from weimin.ui.workbook import workbook
from weimin.walls.request import Request

COLUMNS = [
    Column(_("参数"), "parameter.label", url="url", hint="parameter.group", main=True),
    Column(_("值"), "shown", hint="next"),
    Column(_("依据"), "now.cited", minor=True),
    Column(_("生效日期"), "now.effective_from", kind="day"),
    Column(_("状态"), "tag", kind="tag", hint="signed"),
]
EXCEL = [
    ("room", _("类别")), ("group", _("分组")), ("label", _("参数")), ("value", _("值")), ("unit", _("单位")), ("source", _("依据")), ("from", _("生效日期")),
    ("standing", _("状态")), ("by", _("确认或设定人")), ("at", _("办理日期")), ("reason", _("理由")), ("next", _("以后的变化")), ("key", _("编号")),
]  # fmt: skip


def page_at(lines: list[Line], cursor: str) -> Page:
    """A page of a list that is short enough to be walked by position."""
    start = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 6 else 0
    start = start if start < len(lines) else 0
    previous, following = max(0, start - PAGE), start + PAGE
    return Page(lines[start:following], str(previous) if start else "", str(following) if following < len(lines) else "")


@require_GET
@signed_in
def parameters(request: Request) -> HttpResponse:
    """?room, ?standing and ?text choose."""
    for_health(request)
    chosen, today = request.GET.dict(), timezone.localdate()
    every = every_line(today)
    found = narrowed(every, chosen)
    page = page_at(found, chosen.get("cursor", ""))
    context = {
        "columns": COLUMNS, "rows": page.rows, "page": page, "chosen": chosen, "rooms": rooms(), "standings": standings(), "filters": without_cursor(request),
        "count": len(found), "unsure": sum(one.standing == UNSURE for one in every), "every": len(every),
    }  # fmt: skip
    return render(request, "health/parameters.html", context)


@require_GET
@signed_in
def parameter_page(request: Request, key: str) -> HttpResponse:
    """What holds, who stands for it, every version before and to come; buttons for the bureau."""
    actor, today = for_health(request), timezone.localdate()
    found = find_parameter(actor, key)
    line = line_of(found, versions_of([key]).get(key, ()), today)
    return render(request, "health/parameter.html", {"line": line, "parameter": found, "facts": facts_of(line), "history": history_lines(found, today)})


def facts_of(line: Line) -> list[tuple[Any, Any]]:
    parameter, now = line.parameter, line.now
    bounds = f"{parameter.least:f}—{parameter.most:f} {parameter.unit}".strip() if parameter.least is not None and parameter.most is not None else ""
    rows = [
        (_("依据"), now.cited), (_("生效日期"), now.effective_from.isoformat()), (_("确认或设定人"), " · ".join(filter(None, (line.signed, now.post)))),
        (_("理由"), now.reason), (_("可填范围"), bounds), (_("编号"), parameter.key),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def excel_line(line: Line) -> list[Any]:
    parameter, now = line.parameter, line.now
    return [
        str(parameter.room), str(parameter.group), str(parameter.label), line.shown if parameter.is_list else now.value, str(parameter.unit), now.cited, now.effective_from, line.tag[0], now.by,
        timezone.localdate(now.at) if now.at else None, now.reason, line.next, parameter.key,
    ]  # fmt: skip


@require_GET
@never_cache
@signed_in
def export_parameters(request: Request) -> HttpResponse:
    """What the filters show."""
    actor, now, chosen = for_health(request), timezone.now(), request.GET.dict()
    rows = [excel_line(one) for one in narrowed(every_line(timezone.localdate(now)), chosen)]
    after = {"filters": sorted(chosen), "rows": len(rows)}
    record(actor, "health.export", subject_type=ParameterValue._meta.label_lower, subject_id=None, region=actor.low, now=now, after=after)
    columns = [(key, str(label)) for key, label in EXCEL]
    return workbook(columns, rows, title=_now("卫生健康参数"), name=actor.name, post=request.seat.label, now=now)
