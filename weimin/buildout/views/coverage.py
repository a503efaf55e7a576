"""Coverage and gaps of a plan: shares per township and in total, and what is still missing where."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.buildout.models import Plan, ProjectState
from weimin.buildout.queries import coverage as queries
from weimin.buildout.queries.plans import get_plan
from weimin.buildout.rules_coverage import level_of, share_words
from weimin.sheets.export import export, watermark
from weimin.sites.importing import workbook
from weimin.ui.components.maps import Tile
from weimin.ui.tables import Column
from weimin.walls.request import Request

LEGEND = [(5, _("全部覆盖")), (4, _("85% 以上")), (3, _("50%—85%")), (2, _("不到 50%")), (1, _("还没有覆盖")), (0, _("没有行政村"))]
GAPS = [("kind", _("缺口")), ("township", _("乡镇")), ("place", _("地点")), ("poverty", _("贫困村")), ("state", _("目前状态"))]
SMALL = [
    Column(_("站点"), "name", url="url", hint="place", main=True), Column(_("面积（㎡）"), "area", kind="number"), Column(_("标准（㎡）"), "least", kind="number"),
]  # fmt: skip
STATES = dict(ProjectState.choices)
LARGEST_AREA = 100_000


def asked_area(text: str) -> int | None:
    """The floor area typed in the address; None when it is no sensible number."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 6 and 0 < int(text) <= LARGEST_AREA else None


def columns_of(shares: list[queries.Share]) -> list[Column]:
    found = [Column(_("乡镇"), "name", url="url", main=True)]
    for number, share in enumerate(shares):
        found.append(Column(share.label, f"words{number}", hint=f"hint{number}"))
    return found


def line(plan: Plan, row: queries.Township) -> dict[str, Any]:
    cells: dict[str, Any] = {"name": row.name, "url": reverse("buildout:township", args=[plan.pk, row.code])}
    for number, (numerator, denominator) in enumerate(row.figures):
        cells |= {f"words{number}": share_words(numerator, denominator), f"hint{number}": f"{numerator}/{denominator}"}
    return cells


def tiles_of(plan: Plan, lines: list[queries.Township], number: int) -> list[Tile]:
    found = []
    for row in lines:
        numerator, denominator = row.figures[number]
        address = reverse("buildout:township", args=[plan.pk, row.code])
        found.append(Tile(row.name, share_words(numerator, denominator), level_of(numerator, denominator), f"{numerator}/{denominator}", address))
    return found


@require_GET
@signed_in
def coverage_page(request: Request, number: int) -> HttpResponse:
    """?excel=coverage and ?excel=gaps give what is shown as workbooks; ?area= asks for sites under another floor area."""
    actor, now = request.actor, timezone.now()
    plan = get_plan(actor, number)
    places, shares = queries.geography_of(plan), queries.shares(actor, plan, now)
    lines = queries.township_lines(shares, queries.own(actor, places.townships)) if shares else []
    area = asked_area(request.GET.get("area", ""))
    gaps, communities = queries.gaps(actor, plan, places), queries.communities_without(actor, places)
    small, unmeasured = queries.small_sites(actor, plan, area)
    wanted = request.GET.get("excel")
    if wanted == "coverage":
        return book(request, coverage_columns(shares), queries.coverage_rows(lines), _now("覆盖率"), "coverage")
    if wanted == "gaps":
        return book(request, GAPS, queries.gap_rows(gaps, communities, small, STATES), _now("缺口清单"), "gaps")
    context = {
        "plan": plan, "shares": shares, "columns": columns_of(shares), "rows": [line(plan, row) for row in lines], "legend": LEGEND,
        "maps": [(share, tiles_of(plan, lines, place)) for place, share in enumerate(shares)] if lines else [], "gaps": gaps, "communities": communities,
        "small": [small_line(row) for row in small], "small_columns": SMALL, "unmeasured": unmeasured, "area": area, "whole": actor.covers(plan.region),
    }  # fmt: skip
    return render(request, "buildout/coverage.html", context)


def small_line(row: queries.Small) -> dict[str, Any]:
    return {"name": row.project.name, "url": reverse("buildout:project", args=[row.project.pk]), "place": row.place, "area": row.area, "least": row.least}


def coverage_columns(shares: list[queries.Share]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [("township", _("乡镇"))]
    for number, share in enumerate(shares):
        names = {"n": _now("%(label)s：已覆盖") % {"label": share.label}, "d": _now("%(label)s：行政村") % {"label": share.label}, "s": share.label}
        found += [(f"{key}{number}", words) for key, words in names.items()]
    return found


def book(request: Request, columns: list[tuple[str, Any]], rows: list[dict[str, Any]], title: str, name: str) -> HttpResponse:
    mark = watermark(request.actor.name, request.seat.label, timezone.now())
    return workbook(export(columns, rows, title=title, watermark=mark), name)
