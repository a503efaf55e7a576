"""When somebody is owed a visit or an examination, and whether a year was regular. Pure; rules A-13, A-17, A-18, A-26, A-35, A-41.

The calendar is made by rule and moved by results: the next visit follows from what the last one found. Several diseases of one
person are one visit. A visit counts on the day it was made, however late it was typed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from weimin.health.standards import Standard

PLAN = "plan"  # the first visit, from the day of coming under care
LATE_IN_YEAR = (10, 1)  # who comes under care from October on is examined in the next year


@dataclass(frozen=True)
class Managed:
    """One programme of a person: since when, when last visited, and the next date that was given then (None before the first visit) with its source."""

    programme: str
    since_on: date
    last_on: date | None = None
    next_on: date | None = None
    within_days: int = 90
    source: str = ""


@dataclass(frozen=True)
class Owed:
    """What is owed next: for which programmes, from which day, until which day; urgent when a result ordered it within two weeks; where the day is from."""

    programmes: tuple[str, ...]
    from_on: date
    due_on: date
    urgent: bool
    source: str = PLAN


def due_of(one: Managed, first_days: int) -> date:
    """The last day for the next visit of one programme."""
    return one.next_on or one.since_on + timedelta(days=first_days)


def next_visit(managed: Iterable[Managed], soon_days: int = 14, first_days: int = 90, merge_days: int = 30, early_days: int = 14) -> Owed | None:
    """The next visit of a person over all programmes; None for somebody who is owed no visits. What falls due within `merge_days` of the earliest
    is done on the same visit (慢病“一张表”, A-66); `early_days` before its last day a visit may already be made and counts as this one."""
    rows = sorted(managed, key=lambda one: (due_of(one, first_days), one.programme))
    if not rows:
        return None
    first = rows[0]
    due_on = due_of(first, first_days)
    together = [one.programme for one in rows if due_of(one, first_days) <= due_on + timedelta(days=merge_days)]
    urgent = first.next_on is not None and first.within_days <= soon_days
    earliest = (first.last_on or first.since_on) + timedelta(days=1)
    from_on = earliest if urgent else max(earliest, due_on - timedelta(days=early_days))
    return Owed(tuple(sorted(together)), min(from_on, due_on), due_on, urgent, first.source if first.next_on is not None else PLAN)


def next_examination(since_on: date, last_on: date | None, today: date) -> tuple[date, date]:
    """(from, until) of the next yearly examination: the rest of this year, or the next one when this year's is done or it is late in the year."""
    year = today.year
    done_this_year = last_on is not None and last_on.year >= year
    came_late = since_on.year == year and (since_on.month, since_on.day) >= LATE_IN_YEAR
    if done_this_year or came_late:
        year += 1
    return max(date(year, 1, 1), min(since_on, date(year, 12, 31))), date(year, 12, 31)


def was_on_time(made_on: date, due_on: date) -> bool:
    """By the day of the visit; when it was typed in does not matter."""
    return made_on <= due_on


def quarter(on: date) -> int:
    """1 to 4."""
    return (on.month + 2) // 3


def quarters_managed(year: int, since_on: date, ended_on: date | None) -> set[int]:
    """The quarters of a year that somebody was under care from their first day on, and until their last."""
    first = [date(year, 3 * number - 2, 1) for number in range(1, 5)]
    last = [date(year, 4, 1), date(year, 7, 1), date(year, 10, 1), date(year + 1, 1, 1)]
    inside = range(4)
    return {number + 1 for number in inside if since_on <= first[number] and (ended_on is None or ended_on >= last[number] - timedelta(days=1))}


def is_regular(visits: Iterable[date], examined: bool, year: int, since_on: date, ended_on: date | None, standard: Standard) -> bool:
    """规范管理 (A-19, A-29): as many visits as the standard wants, spread over the quarters, and the yearly examination.

    Who was under care for part of the year owes a visit for each whole quarter, and the examination only for a whole year.
    """
    days = {day for day in visits if day.year == year}
    owed_quarters = quarters_managed(year, since_on, ended_on)
    wanted = standard.days("visits_a_year") * len(owed_quarters) // 4
    spread = owed_quarters <= {quarter(day) for day in days}
    return bool(owed_quarters) and len(days) >= wanted and spread and (examined or len(owed_quarters) < 4)
