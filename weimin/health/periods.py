"""The year that the figures of a day judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from weimin.residents.rules_groups import born_by


@dataclass(frozen=True)
class Period:
    """The year an indicator judges: from January to a day. Before the first quarter is over that is the whole year before."""

    first: date
    until: date

    @property
    def quarters(self) -> list[tuple[int, date, date]]:
        """(bit, first day, last day) of each quarter that is over."""
        year, closing = self.first.year, [(3, 31), (6, 30), (9, 30), (12, 31)]
        spans = [(1 << number, date(year, 3 * number + 1, 1), date(year, *last)) for number, last in enumerate(closing)]
        return [span for span in spans if span[2] <= self.until]


def years_before(on: date, years: int) -> date:
    """Who was born on this day or earlier is so many years old; the 29th of February becomes the 28th where that year has none."""
    return born_by(years, on)


def period_of(on: date) -> Period:
    year = on.year if on >= date(on.year, 3, 31) else on.year - 1
    return Period(date(year, 1, 1), min(on, date(year, 12, 31)))


def at(low: int, high: int, on: date, **more: Any) -> dict[str, Any]:
    """The parameters that every SELECT of figures knows: the range, the day, and the year it judges."""
    period = period_of(on)
    return {"low": low, "high": high, "on": on, "first": period.first, "until": period.until} | more
