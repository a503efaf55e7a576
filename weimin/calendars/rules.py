"""Working days: a mapping of exceptional days over the plain week, with arithmetic that costs one bisection.

Law: 全国年节及纪念日放假办法 (as revised 2024, in force 2025-01-01), articles 2 and 4; rules H-40 to H-43.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

WORK, REST, HOLIDAY, MAKEUP = "WORK", "REST", "HOLIDAY", "MAKEUP"
KINDS = (WORK, REST, HOLIDAY, MAKEUP)
WORKING_KINDS = frozenset({WORK, MAKEUP})
NATION = 0
PARTS = (10**10, 10**8, 10**6, 10**3, 1)  # province, city, county, township, village within a 12-digit code


@dataclass(frozen=True, slots=True)
class Warning:
    """When a lamp turns yellow: in the last `share` percent of its limit and in its last `least` days (of an hour limit, in its last hour), at most `most`
    days ahead, a plan's fixed date at most `fixed` days ahead. What is shipped: a fifth (C-20)."""

    share: int = 20
    least: int = 1
    most: int = 30
    fixed: int = 7


SHIPPED = Warning()


class Calendar:
    """The working days of one place. Total over every date: an unpublished year follows the law's own days.

    `kinds` maps exceptional days to WORK/REST/HOLIDAY/MAKEUP; all others follow the week (Monday to Friday work).
    `published` are the years whose holiday notice is known; `warnings` what was set here for the lamps, in order of their first days.
    """

    __slots__ = ("_days", "_kinds", "_names", "_shift", "published", "warnings")

    def __init__(
        self, kinds: Mapping[date, str], published: Iterable[int], names: Mapping[date, str] | None = None, warnings: Sequence[tuple[date, Warning]] = ()
    ) -> None:
        shifts = sorted((day.toordinal(), change) for day, kind in kinds.items() if (change := _change(day, kind)))
        self._kinds = dict(kinds)
        self._names = dict(names or {})
        self._days = [ordinal for ordinal, _ in shifts]
        self._shift = list(accumulate((change for _, change in shifts), initial=0))
        self.published = frozenset(published)
        self.warnings = tuple(warnings)

    def warning(self, on: date) -> Warning:
        """What holds for a clock that begins on a day: the last that was set here for that day or before."""
        return next((rule for first, rule in reversed(self.warnings) if first <= on), SHIPPED)

    def kind(self, day: date) -> str:
        return self._kinds.get(day) or (WORK if day.weekday() < 5 else REST)

    def name(self, day: date) -> str:
        """The holiday's name, or the holiday that a make-up day is for; empty on ordinary days."""
        return self._names.get(day, "")

    def is_working(self, day: date) -> bool:
        return self.kind(day) in WORKING_KINDS

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether a year between the two days has no published notice yet."""
        return any(year not in self.published for year in range(first.year, last.year + 1))

    def workdays_between(self, after: date, until: date) -> int:
        """Working days in (after, until]; negative when `until` is earlier."""
        return self._count(until.toordinal()) - self._count(after.toordinal())

    def workday_after(self, day: date, number: int) -> date:
        """The number-th working day after `day`, which itself is not counted (number >= 1)."""
        start = day.toordinal()
        wanted = self._count(start) + number
        high = start + 2 * number + 20
        while self._count(high) < wanted:
            high += number + 20
        return date.fromordinal(bisect_left(range(high + 1), wanted, lo=start, key=self._count))

    def working_on_or_after(self, day: date) -> date:
        return day if self.is_working(day) else self.workday_after(day, 1)

    def exceptions(self, year: int) -> list[tuple[date, str, str]]:
        """(day, kind, name) of the exceptional days of a year, in order."""
        return [(day, kind, self.name(day)) for day, kind in sorted(self._kinds.items()) if day.year == year]

    def _count(self, ordinal: int) -> int:
        """Working days from 0001-01-01 (a Monday) to the ordinal, inclusive."""
        return 5 * (ordinal // 7) + min(ordinal % 7, 5) + self._shift[bisect_right(self._days, ordinal)]


def _change(day: date, kind: str) -> int:
    """+1 when the day works against the week, -1 when it rests against the week, 0 when it follows it."""
    return int(kind in WORKING_KINDS) - int(day.weekday() < 5)


def places_of(region: int) -> tuple[int, ...]:
    """The nation (0) and every division that contains the region, itself included, from wide to narrow."""
    return tuple(dict.fromkeys([NATION, *(region // part * part for part in PARTS)]))


def statutory_days(year: int, festivals: Mapping[str, date]) -> dict[date, str]:
    """The 13 days of article 2 with their names. `festivals`: spring_festival, qingming, dragon_boat, mid_autumn."""
    spring = festivals["spring_festival"]
    days = {date(year, 1, 1): "元旦"}  # text: data
    days |= {spring + timedelta(days=shift): "春节" for shift in range(-1, 3)}  # text: data
    days |= {festivals["qingming"]: "清明节", date(year, 5, 1): "劳动节", date(year, 5, 2): "劳动节"}  # text: data
    days |= {festivals["dragon_boat"]: "端午节", festivals["mid_autumn"]: "中秋节"}  # text: data
    return days | {date(year, 10, day): "国庆节" for day in (1, 2, 3)}  # text: data
