"""Figures of the post's own range: all of them, and one with its days and its places."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from weimin.accounts.guard import signed_in
from weimin.indicators.queries import TOWNSHIP, VILLAGE, Reading, by_township, get_indicator, history, overview, part_words
from weimin.indicators.registry import Indicator
from weimin.indicators.rules import SHARES, Standing, figure
from weimin.regions.queries import names
from weimin.ui.components.charts import Series
from weimin.ui.formats import NOTHING, short_day
from weimin.ui.workbook import workbook
from weimin.walls.actor import Actor
from weimin.walls.request import Request

DAYS_SHOWN = 60
PART_LENGTH = 140
UNITS = {
    "件": pgettext_lazy("单位", "件"), "个": pgettext_lazy("单位", "个"), "项": pgettext_lazy("单位", "项"), "人次": pgettext_lazy("单位", "人次"), "类": pgettext_lazy("单位", "类"),  # text: data
    "年": pgettext_lazy("单位", "年"), "天": pgettext_lazy("单位", "天"), "人": pgettext_lazy("单位", "人"), "次": pgettext_lazy("单位", "次"),  # text: data
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A township or village in the order."""

    standing: Standing
    name: str
    figure: str


@require_safe
@signed_in
def list_page(request: Request) -> HttpResponse:
    """Every indicator that has values in the post's range; two tables of the database are read once."""
    lines = overview(request.actor, timezone.localdate())
    return render(request, "indicators/list.html", {"lines": [(line, words(line.indicator.unit, line.figure)) for line in lines]})


@require_safe
@signed_in
def indicator_page(request: Request, code: str) -> HttpResponse:
    """One indicator: its definition, its days, its places in order."""
    actor, known, part = request.actor, get_indicator(code), part_of(request)
    days = history(actor, code, actor.low, actor.high, part=part)[-DAYS_SHOWN:]
    places = in_order(actor, known, part)
    context = {
        "known": known,
        "unit": said_unit(known.unit),
        "part": part,
        "part_name": part_words([(code, part)]).get((code, part), ""),
        "days": days,
        "places": places,
    }
    if days:
        context |= {"last": days[-1], "figure": words(known.unit, figure_of(known, days[-1]))}
        context |= {"labels": [short_day(day.on) for day in days], "series": [Series(str(known.label), [figure_of(known, day) for day in days])]}
    return render(request, "indicators/indicator.html", context)


@require_safe
@signed_in
def export_places(request: Request, code: str) -> HttpResponse:
    """The places in order as Excel."""
    known, part, now = get_indicator(code), part_of(request), timezone.now()
    rows = [
        [place.standing.rank, place.name, place.standing.numerator, place.standing.denominator, place.figure] for place in in_order(request.actor, known, part)
    ]
    columns = [("rank", _("名次")), ("name", _("地点")), ("n", str(known.numerator)), ("d", str(known.denominator) or _("分母")), ("figure", str(known.label))]
    return workbook(columns, rows, title=str(known.label), name=request.actor.name, post=request.seat.label, now=now)


def part_of(request: Request) -> str:
    return request.GET.get("part", "").replace("\x00", "")[:PART_LENGTH]


def in_order(actor: Actor, known: Indicator, part: str) -> list[Place]:
    """Townships of a county post, villages of a township or village post."""
    span = TOWNSHIP if actor.high - actor.low >= TOWNSHIP else VILLAGE
    standings = by_township(actor, known.code, timezone.localdate(), part, span)
    known_names = names(row.region for row in standings)
    return [Place(row, known_names[row.region], words(known.unit, row.figure)) for row in standings]


def figure_of(known: Indicator, day: Reading) -> float | None:
    return figure(known.unit, day.numerator, day.denominator)


def said_unit(unit: str) -> str:
    """A unit in the reader's language; a sign such as % is the same in each."""
    return str(UNITS.get(unit, unit))


def words(unit: str, value: float | None) -> str:
    """The figure with its unit: 35.2%, 20 个."""
    if value is None:
        return NOTHING
    if unit in SHARES:
        return f"{value:.1f}{unit}"
    return f"{value:,.0f} {said_unit(unit)}".strip()
