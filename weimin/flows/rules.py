"""What a step's deadline means: its end, the moment its lamp turns yellow, and the working time a desk had it. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol

from weimin.calendars.clock import ZONE, Due, Lamp, Limit, due, lamp
from weimin.calendars.rules import SHIPPED, Calendar, Warning

YELLOW_AT_MOST = timedelta(days=30)  # no rule warns earlier (`LampWarning`): it bounds the search for yellow steps
MINUTE = timedelta(minutes=1)


class Clocked(Protocol):
    """What the rules read of a step."""

    opened_at: datetime
    runs_from: datetime | None
    due_on: date | None
    due_at: datetime | None
    warn_at: datetime | None
    provisional: bool
    limit_value: int | None
    limit_unit: str
    legal_basis: str
    extended: int
    paused_units: int
    paused_since: datetime | None


def end_of(step: Clocked, calendar: Calendar, shift: int = 0) -> Due | None:
    """The end from the limit, pauses and extensions; a fixed date moves by `shift` natural days; None without a deadline."""
    if step.limit_value:
        limit = Limit(step.limit_value, step.limit_unit, step.legal_basis)
        return due(limit, step.runs_from or step.opened_at, calendar, paused=step.paused_units, extended=step.extended)
    if step.due_on is None:
        return None
    return fixed_end(step.due_on + timedelta(days=shift), step.opened_at, rule_of(step.opened_at, calendar))


def rule_of(opened_at: datetime, calendar: Calendar) -> Warning:
    """What holds for a clock: the rule of the day on which it began."""
    return calendar.warning(opened_at.astimezone(ZONE).date())


def fixed_end(on: date, opened_at: datetime, rule: Warning = SHIPPED) -> Due:
    """The end of a plan's fixed last day, with the span in which it warns."""
    span = max((on - opened_at.astimezone(ZONE).date()).days, 0)
    return Due.ending(on, unit="day", total=min(span, rule.fixed * 100 // rule.share))


def stored_end(step: Clocked) -> Due | None:
    """The end as it is written on the step; nothing is computed anew."""
    if step.due_at is None or step.due_on is None:
        return None
    if not step.limit_value:
        return fixed_end(step.due_on, step.opened_at)
    return Due(step.due_at, step.due_on, step.provisional, step.limit_unit, step.limit_value + step.extended)


def lamp_of(step: Clocked, now: datetime, calendar: Calendar) -> Lamp:
    """Colour and words of an open step. Words come from the clock, yellow begins at the stored `warn_at`."""
    if step.paused_since is not None:
        return lamp(Due(now, now.date()), now, calendar, paused=True)
    end = stored_end(step)
    return coloured(end, step.warn_at, now, calendar) if end else Lamp("none", "")


def coloured(end: Due, warn_at: datetime | None, now: datetime, calendar: Calendar) -> Lamp:
    """The clock's words; yellow from the moment that was written when the clock began."""
    shown = lamp(end, now, calendar)
    if shown.colour == "red" or warn_at is None:
        return shown
    return Lamp("yellow" if now >= warn_at else "green", shown.words)


@lru_cache(maxsize=4096)
def turns_yellow(end: Due, opened_at: datetime, calendar: Calendar) -> datetime:
    """The first minute in which the clock's lamp is not green, found by bisection; not earlier than the rule of the day on which it began allows."""
    rule = rule_of(opened_at, calendar)
    start = max(opened_at, end.at - timedelta(days=rule.most))
    low, high = 0, max((end.at - start) // MINUTE, 0)
    while low < high:
        middle = (low + high) // 2
        if lamp(end, start + middle * MINUTE, calendar, rule=rule).colour == "green":
            low = middle + 1
        else:
            high = middle
    return min(start + low * MINUTE, end.at)


def working_time(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Time between two moments that lies on working days; a working day counts 24 hours, a rest day none."""
    if end <= start:
        return timedelta()
    first, last = start.astimezone(ZONE), end.astimezone(ZONE)
    days = calendar.workdays_between(first.date(), last.date())
    total = timedelta(days=days)
    if calendar.is_working(last.date()):
        total -= midnight_after(last) - last
    if calendar.is_working(first.date()):
        total += midnight_after(first) - first
    return total


def midnight_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=1), time(), ZONE)


def month_start(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(ZONE).date().replace(day=1), time(), ZONE)
