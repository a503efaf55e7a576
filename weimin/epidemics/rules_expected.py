"""On which days a class owes its report. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from weimin.calendars.rules import Calendar

Span = tuple[date | None, date | None]


@dataclass(frozen=True)
class Reporting:
    """When a class reports: from a day on, not in the holidays, not while it is suspended, not after the school was closed."""

    since_on: date
    away: Span = (None, None)
    suspended: Span = (None, None)
    closed_on: date | None = None


def inside(span: Span, on: date) -> bool:
    first, last = span
    return first is not None and last is not None and first <= on <= last


def is_expected(reporting: Reporting, on: date, calendar: Calendar) -> bool:
    """School days are the working days of the place, made-up days included."""
    if on < reporting.since_on or (reporting.closed_on is not None and on >= reporting.closed_on):
        return False
    return calendar.is_working(on) and not inside(reporting.away, on) and not inside(reporting.suspended, on)


def expected_days(reporting: Reporting, first: date, last: date, calendar: Calendar) -> list[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if is_expected(reporting, day, calendar)]
