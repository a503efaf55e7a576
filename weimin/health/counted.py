"""The figures of health down to the persons: stored values by place, and in a village the doctors and the people behind a figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from weimin.accounts.models import Post
from weimin.health.indicators import BEHIND
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


def doctors(code: str, place: int, on: date) -> list[Figure]:
    """Who answers for the people of a place, counted at this moment. Two queries."""
    asked = BEHIND[code](*range_of(place), on)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT doctor, count(*) FILTER (WHERE reached), count(*) FROM ({asked.sql}) lines GROUP BY doctor ORDER BY doctor", asked.params)
        rows = cursor.fetchall()
    people = {post.pk: post.person.name for post in Post.objects.filter(pk__in=[row[0] for row in rows if row[0]]).select_related("person")}
    return [Figure(doctor, people.get(doctor, ""), reached, whole, share_of(reached, whole)) for doctor, reached, whole in rows]


def people(code: str, place: int, on: date, *, reached: bool, after: int = 0, limit: int = AT_ONCE) -> list[Resident]:
    """Who reached it, or who did not: the lines of the figure, by number. Two queries; one more than `limit` says that there are others."""
    asked = BEHIND[code](*range_of(place), on)
    sql = f"SELECT DISTINCT resident FROM ({asked.sql}) lines WHERE reached = %(wanted)s AND resident > %(after)s ORDER BY resident LIMIT %(limit)s"
    with connection.cursor() as cursor:
        cursor.execute(sql, asked.params | {"wanted": reached, "after": after, "limit": limit + 1})
        numbers = [row[0] for row in cursor.fetchall()]
    found = Resident.objects.in_bulk(numbers)
    return [found[number] for number in numbers if number in found]
