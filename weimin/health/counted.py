"""The figures of health down to the persons: stored values by place, the institutions, and in a village the doctors and the people behind a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from weimin.health.indicators import BEHIND
from weimin.health.queries.institutions import catchments, decided, doctor_names, institution_names
from weimin.indicators.queries import TOWNSHIP, VILLAGE, histories, stored
from weimin.indicators.registry import INDICATORS
from weimin.indicators.rules import figure, rank
from weimin.regions.queries import names
from weimin.regions.rules import range_of
from weimin.residents.models import Resident
from weimin.walls.actor import Actor

AT_ONCE = 50
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class Figure:
    """One indicator, place or doctor with its share; `key` is the code that the next page asks for."""

    key: Any
    name: Any
    numerator: int
    denominator: int
    share: float | None


def share_of(numerator: int, denominator: int) -> float | None:
    return figure("%", numerator, denominator)


def figures(actor: Actor, place: int) -> list[Figure]:
    """Every indicator of health for a place on the last stored day. One query."""
    low, high = range_of(place)
    found = histories(actor, {(code, "") for code in BEHIND}, low, high)
    last = {code: found[code, ""][-1] for code in BEHIND if found[code, ""]}
    return [
        Figure(code, INDICATORS[code].label, row.numerator, row.denominator, share_of(row.numerator, row.denominator)) for code, row in last.items()
    ]  # fmt: skip


def below(actor: Actor, code: str, place: int) -> list[Figure]:
    """The townships of a district or the villages of a township, best first by the sound end of the interval. Three queries."""
    low, high = range_of(place)
    span = TOWNSHIP if high - low >= 10**4 else VILLAGE
    rows = stored(actor, code, low, high, "")
    last = rows.order_by("-on").values_list("on", flat=True).first()
    sums: dict[int, list[int]] = {}
    for region, numerator, denominator in rows.filter(on=last).values_list("region", "numerator", "denominator") if last else ():
        kept = sums.setdefault(region - region % span, [0, 0])
        kept[0], kept[1] = kept[0] + numerator, kept[1] + denominator
    ranked = rank([(region, kept[0], kept[1]) for region, kept in sums.items()], INDICATORS[code].unit, INDICATORS[code].direction)
    known = names(sums)
    return [Figure(row.region, known[row.region], row.numerator, row.denominator, row.figure) for row in ranked]


def grouped(code: str, place: int, on: date, by: str) -> list[tuple[int | None, int, int, int]]:
    """(`by`: doctor or institution, village, reached, all) counted at this moment. One query."""
    asked = BEHIND[code](*range_of(place), on)
    column = "lines.doctor" if by == "doctor" else "h.institution"
    sql = f"""SELECT {column}, lines.region, count(*) FILTER (WHERE lines.reached), count(*) FROM ({asked.sql}) lines
      LEFT JOIN health_healthrecord h ON h.id = lines.record GROUP BY 1, 2 ORDER BY 1, 2"""
    with connection.cursor() as cursor:
        cursor.execute(sql, asked.params)
        return list(cursor.fetchall())


def summed(rows: Iterable[tuple[int | None, int, int]], known: Callable[[Iterable[int]], dict[int, str]]) -> list[Figure]:
    """Sums by key with the names; the largest first, nobody's last."""
    sums: dict[int | None, list[int]] = {}
    for key, reached, whole in rows:
        kept = sums.setdefault(key, [0, 0])
        kept[0], kept[1] = kept[0] + reached, kept[1] + whole
    said = known(key for key in sums if key)
    found = [Figure(key, said.get(key or 0, ""), reached, whole, share_of(reached, whole)) for key, (reached, whole) in sums.items()]
    return sorted(found, key=lambda one: (one.name == "", -one.denominator, str(one.name)))


def doctors(code: str, place: int, on: date) -> list[Figure]:
    """Who answers for the people of a place, counted at this moment. Two queries."""
    return summed([(doctor, reached, whole) for doctor, _region, reached, whole in grouped(code, place, on, "doctor")], doctor_names)


def institutions(actor: Actor, code: str, place: int, on: date) -> list[Figure]:
    """A township by the institution of each record, counted at this moment; who has none, and a whole district, by the institution that
    answers for the village: as decided, so that nobody is judged by villages that are nobody's; where nothing is decided yet, by the nearest.
    Four queries."""
    low, high = range_of(place)
    if high - low >= 10**4:
        rows = stored(actor, code, low, high, "")
        last = rows.order_by("-on").values_list("on", flat=True).first()
        counted: list[Any] = [(None, *row) for row in rows.filter(on=last).values_list("region", "numerator", "denominator")] if last else []
    else:
        counted = grouped(code, place, on, "institution")
    places = [region for _key, region, _reached, _whole in counted]
    answering = decided(places) or catchments(places)
    return summed([(key or answering.get(region), reached, whole) for key, region, reached, whole in counted], institution_names)


def people(code: str, place: int, on: date, *, reached: bool, after: int = 0, limit: int = AT_ONCE) -> list[Resident]:
    """Who reached it, or who did not: the lines of the figure, by number. Two queries; one more than `limit` says that there are others."""
    asked = BEHIND[code](*range_of(place), on)
    sql = f"SELECT DISTINCT resident FROM ({asked.sql}) lines WHERE reached = %(wanted)s AND resident > %(after)s ORDER BY resident LIMIT %(limit)s"
    with connection.cursor() as cursor:
        cursor.execute(sql, asked.params | {"wanted": reached, "after": after, "limit": limit + 1})
        numbers = [row[0] for row in cursor.fetchall()]
    found = Resident.objects.in_bulk(numbers)
    return [found[number] for number in numbers if number in found]
