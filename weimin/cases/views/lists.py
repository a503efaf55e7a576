"""The list of cases: filters in the address, keyset pages, the same as a workbook."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.registry import get_action
from weimin.cases.models import CaseState, Channel
from weimin.cases.queries.listing import Filters, lines, list_cases, rows_for_export
from weimin.cases.queries.offered import item_names
from weimin.regions.fields import range_top
from weimin.regions.queries import inside
from weimin.sheets.export import export, watermark
from weimin.trail.record import record
from weimin.ui.tables import Column
from weimin.ui.workbook import TYPE
from weimin.walls.request import Request

COLUMNS = [
    Column(_("事项"), "item", url="url", hint="number", main=True),
    Column(_("申请人"), "applicant"),
    Column(_("所在地"), "place", hint="township"),
    Column(_("状态"), "state", hint="desk"),
    Column(_("时限"), "lamp", template="cases/_lamp_cell.html"),
    Column(_("收件"), "received_at", kind="moment"),
    Column(_("方式"), "channel", minor=True),
]
EXPORTED = [
    ("number", _("办件编号")), ("item", _("事项")), ("applicant", _("申请人")), ("township", _("乡镇")), ("place", _("所在地")), ("channel", _("申请方式")),
    ("state", _("状态")), ("desk", _("当前岗位")), ("received_at", _("收件时间")), ("due_on", _("承诺截止日期")), ("outcome", _("结果")),
]  # fmt: skip
LAMPS = [("red", _("已超期")), ("yellow", _("快到期")), ("green", _("正常")), ("paused", _("已暂停"))]
TABS = [("", _("全部")), ("open", _("在办")), ("supplement", _("待补正")), ("deliver", _("待送达")), ("delivered", _("待确认"))]


@require_GET
@signed_in
def case_list(request: Request) -> HttpResponse:
    """?excel=1 gives what is shown as a workbook, and leaves an entry on the trail."""
    actor, now, chosen = request.actor, timezone.now(), request.GET.dict()
    filters = Filters.read(chosen)
    if chosen.get("excel"):
        return workbook(request, filters)
    page = list_cases(actor, filters, now, chosen.get("cursor", ""))
    context = {
        "columns": COLUMNS, "rows": lines(page.rows, now), "page": page, "chosen": chosen, "states": [("open", _("在办")), *CaseState.choices],
        "channels": Channel.choices, "lamps": LAMPS, "items": item_names(), "places": places(request), "tabs": [(key, words, None) for key, words in TABS], "may_receive": get_action("cases.receive").allows(actor),
    }  # fmt: skip
    return render(request, "cases/case_list.html", context)


def places(request: Request) -> list[tuple[int, str]]:
    """Townships for a county post, villages for a township's; one query."""
    actor = request.actor
    if actor.low == actor.high:
        return []
    top = range_top(actor)
    return [(region.code, region.short) for region in inside(top) if region.code != top and (region.code % 1000 == 0) == (actor.high - actor.low > 999)]


def workbook(request: Request, filters: Filters) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    title = str(_("办件清单"))
    mark = watermark(actor.name, request.seat.label, now)
    content = export([(key, str(label)) for key, label in EXPORTED], rows_for_export(actor, filters, now), title=title, watermark=mark)
    shown = {name: value for name, value in vars(filters).items() if value and name != "text"}
    record(actor, "cases.export", subject_type="cases.case", subject_id=None, region=range_top(actor), now=now, after=shown | {"text": bool(filters.text)})
    answer = HttpResponse(content, content_type=TYPE)
    answer["Content-Disposition"] = "attachment; filename=cases.xlsx"
    return answer
