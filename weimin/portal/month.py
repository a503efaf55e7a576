"""The public figures of a place for the last full month, out of what the indicators have stored: nothing is counted a second time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from weimin.cases.rules_rating import GRADES
from weimin.indicators.models import Value
from weimin.portal.rules_figures import STEP, said
from weimin.regions.public_parts import PublicPlace
from weimin.walls.actor import Actor

RECEIVED, DECIDED = "cases.received", "cases.on_time"
GRADED = ("cases.good_grades", "cases.bad_grades")


@dataclass(frozen=True)
class Month:
    """`on`: the day up to which the month was counted. Figures are in words, never the number itself.

    work: (what, number), anything: whether there was any. grades: (grade, number), best first; empty when there are too few ratings to
    tell grades apart.
    """

    on: date
    anything: bool
    work: list[tuple[str, str]]
    grades: list[tuple[Any, str]]

    @property
    def is_whole(self) -> bool:
        return (self.on + timedelta(days=1)).day == 1


def last_month(today: date) -> tuple[date, date]:
    """Its first and its last day."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def month_of(who: Actor, place: PublicPlace, today: date) -> Month | None:
    """None when nothing was stored in the last month. Two questions."""
    first, last = last_month(today)
    days = Value.objects.visible_to(who).filter(on__gte=first, on__lte=last).order_by("-on", "-region").values_list("on", flat=True)
    on = next(iter(days[:1]), None)
    return None if on is None else told(on, stored_on(who, place, on))


def stored_on(who: Actor, place: PublicPlace, on: date) -> dict[tuple[str, str], tuple[int, int]]:
    """(indicator, part) → numerator and denominator, summed over the place."""
    wanted = [(code, "") for code in (RECEIVED, DECIDED)] + [(code, str(grade)) for code in GRADED for grade in GRADES]
    rows = Value.objects.visible_to(who).filter(code__in={code for code, _part in wanted}, part__in={part for _code, part in wanted}, on=on)
    summed = rows.filter(region__gte=place.low, region__lte=place.high).values_list("code", "part").annotate(n=Sum("numerator"), d=Sum("denominator"))
    return {(code, part): (numerator, whole) for code, part, numerator, whole in summed.order_by()}


def told(on: date, stored: dict[tuple[str, str], tuple[int, int]]) -> Month:
    in_time, decided = stored.get((DECIDED, ""), (0, 0))
    given = {int(part): number for (code, part), (number, _whole) in stored.items() if code in GRADED}
    rated = sum(given.values())
    grades = [(words, said(given.get(grade, 0))) for grade, words in GRADES.items()] if rated >= STEP else []
    received = stored.get((RECEIVED, ""), (0, 0))[0]
    work = [(_("收下的办件"), received), (_("办完的"), decided), (_("其中按时办完的"), in_time), (_("居民的评价"), rated)]
    return Month(on, any(number for _words, number in work), [(words, said(number)) for words, number in work], grades)
