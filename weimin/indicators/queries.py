"""Every read of stored values; figures of a range are sums of numerators over sums of denominators, never means of shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Max, QuerySet, Sum
from django.db.models.functions import Mod

from weimin.indicators.models import Value
from weimin.indicators.registry import INDICATORS, Indicator, PartNames
from weimin.indicators.rules import Standing, figure, rank
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible

TOWNSHIP, VILLAGE = 1000, 1
SPARK_DAYS = 30
SUMS = {"sum_n": Sum("numerator"), "sum_d": Sum("denominator"), "computed": Max("computed_at")}


@dataclass(frozen=True)
class Reading:
    """The sum of an indicator over a range on a day."""

    on: date
    numerator: int
    denominator: int
    computed_at: datetime


@dataclass(frozen=True)
class Line:
    """One indicator (and part) as the list shows it: the last reading and the figures of the days before."""

    indicator: Indicator
    part: str
    part_name: str
    last: Reading
    figure: float | None
    spark: list[float | None]


def get_indicator(code: str) -> Indicator:
    try:
        return INDICATORS[code]
    except KeyError:
        raise NotVisible() from None


def stored(actor: Actor, code: str, low: int, high: int, part: str) -> QuerySet[Value]:
    return Value.objects.visible_to(actor).filter(code=code, part=part, region__gte=low, region__lte=high)


def value(actor: Actor, code: str, low: int, high: int, on: date, part: str = "") -> Reading | None:
    """The last stored day up to `on`, summed over low..high; None when nothing was stored. One query."""
    rows = stored(actor, code, low, high, part).filter(on__lte=on).values("on").annotate(**SUMS).order_by("-on")
    return next((reading(row) for row in rows[:1]), None)


def history(actor: Actor, code: str, low: int, high: int, since: date | None = None, part: str = "") -> list[Reading]:
    """One reading for each stored day from `since` on, oldest first. One query."""
    rows = stored(actor, code, low, high, part)
    rows = rows.filter(on__gte=since) if since else rows
    return [reading(row) for row in rows.values("on").annotate(**SUMS).order_by("on")]


def histories(actor: Actor, wanted: Collection[tuple[str, str]], low: int, high: int) -> dict[tuple[str, str], list[Reading]]:
    """(indicator, part) → one reading for each stored day, oldest first, for several figures of one page. One query."""
    rows = Value.objects.visible_to(actor).filter(region__gte=low, region__lte=high)
    rows = rows.filter(code__in={code for code, _part in wanted}, part__in={part for _code, part in wanted})
    found: dict[tuple[str, str], list[Reading]] = {key: [] for key in wanted}
    for row in rows.values("code", "part", "on").annotate(**SUMS).order_by("on"):
        found.setdefault((row["code"], row["part"]), []).append(reading(row))
    return found


def reading(row: Any) -> Reading:
    return Reading(row["on"], row["sum_n"], row["sum_d"], row["computed"])


def by_township(actor: Actor, code: str, on: date, part: str = "", span: int = TOWNSHIP) -> list[Standing]:
    """Every township (span=VILLAGE: village) of the actor's range on the last stored day up to `on`, best first. Two queries."""
    rows = stored(actor, code, actor.low, actor.high, part)
    last = rows.filter(on__lte=on).aggregate(last=Max("on"))["last"]
    if last is None:
        return []
    grouped = rows.filter(on=last).values(place=F("region") - Mod("region", span)).annotate(n=Sum("numerator"), d=Sum("denominator"))
    known = get_indicator(code)
    found = ((int(place), numerator, denominator) for place, numerator, denominator in grouped.values_list("place", "n", "d"))  # PostgreSQL's mod() is numeric
    return rank(found, known.unit, known.direction)


def overview(actor: Actor, on: date) -> list[Line]:
    """Every indicator and part with values in the actor's range within the last 30 days. One query."""
    rows = Value.objects.visible_to(actor).filter(on__lte=on, on__gt=on - timedelta(days=SPARK_DAYS), code__in=list(INDICATORS))
    found: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for row in rows.values("code", "part", "on").annotate(**SUMS).order_by("on"):
        found[row["code"], row["part"]].append(reading(row))
    order = {code: place for place, code in enumerate(INDICATORS)}
    keys = sorted(found, key=lambda key: (order[key[0]], key[1]))
    words = part_words(keys)
    return [line(code, part, words.get((code, part), ""), found[code, part]) for code, part in keys]


def part_words(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(indicator, part) → the part in words; who names parts is asked once for all of them."""
    asked: dict[PartNames, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for code, part in keys:
        if part:
            asked[INDICATORS[code].part_names][part].append(code)
    return {(code, part): str(words) for names, parts in asked.items() for part, words in names(parts).items() for code in parts[part]}


def line(code: str, part: str, words: str, readings: list[Reading]) -> Line:
    known = INDICATORS[code]
    figures = [figure(known.unit, each.numerator, each.denominator) for each in readings]
    return Line(known, part, words, readings[-1], figures[-1], figures)
