"""The two limits of a case, promised and legal: from acceptance, without the pauses, with what was granted. Called by actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from weimin.calendars.clock import ZONE, Due, Lamp, Limit, due, lamp, paused_units
from weimin.calendars.queries import calendar_for
from weimin.calendars.rules import Calendar
from weimin.cases.models import Case, CasePause
from weimin.cases.rules_limits import limit
from weimin.flows.rules import turns_yellow

DEADLINE = ["due_on", "due_at", "warn_at", "legal_due_on", "legal_due_at", "provisional"]
TELL = Limit(5, "workday")


def set_limits(case: Case, promised: Limit | None, legal: Limit | None) -> None:
    """The limits that the item's list names; where it promises nothing, the law's is what is promised."""
    chosen = promised or legal
    case.limit_value, case.limit_unit = (chosen.value, chosen.unit) if chosen else (None, "")
    case.legal_value, case.legal_unit = (legal.value, legal.unit) if legal else (None, "")


def stopped(unit: str, since: datetime, pauses: Iterable[CasePause], calendar: Calendar) -> int:
    """What the pauses that are over and began after `since` take out of a limit of this unit."""
    return sum(paused_units(unit, pause.since, pause.until, calendar) for pause in pauses if pause.until and pause.since >= since)


def end_of(value: int | None, unit: str, case: Case, pauses: list[CasePause], calendar: Calendar) -> Due | None:
    if not value or case.accepted_at is None:
        return None
    return due(Limit(value, unit), case.accepted_at, calendar, paused=stopped(unit, case.accepted_at, pauses, calendar), extended=case.extended)


def recompute(case: Case, pauses: Iterable[CasePause] = ()) -> None:
    """Both ends anew from acceptance, pauses and extensions; nothing is saved."""
    calendar, stops = calendar_for(case.region), list(pauses)
    promised = end_of(case.limit_value, case.limit_unit, case, stops, calendar)
    legal = end_of(case.legal_value, case.legal_unit, case, stops, calendar)
    case.due_on, case.due_at = (promised.on, promised.at) if promised else (None, None)
    case.warn_at = turns_yellow(promised, case.accepted_at, calendar) if promised and case.accepted_at else None
    case.legal_due_on, case.legal_due_at = (legal.on, legal.at) if legal else (None, None)
    case.provisional = any(end.provisional for end in (promised, legal) if end)


def tell_by(case: Case) -> Due:
    """Until when the applicant must be told what is missing (Administrative Licensing Law 32)."""
    return due(TELL, case.received_at, calendar_for(case.region))


def remaining_limit(case: Case, own: Limit | None, now: datetime) -> Limit | None:
    """What a desk has: its own share of the list, else all that is left of the promise; after the decision, the law's days for delivery."""
    if own is not None:
        return own
    if case.decided_at is not None:
        return limit("deliver", now.astimezone(ZONE).date())
    return what_is_left(case.due_on, case.due_at, case.limit_unit, case.region, now)


def what_is_left(due_on: date | None, due_at: datetime | None, unit: str, region: int, now: datetime) -> Limit | None:
    """The rest of a running limit as a limit that begins now and ends on the same day; None when there is none or nothing is left."""
    if due_on is None or due_at is None or now >= due_at:
        return None
    if unit == "hour":
        return Limit(hours, "hour") if (hours := (due_at - now) // timedelta(hours=1)) else None
    today = now.astimezone(ZONE).date()
    left = calendar_for(region).workdays_between(today, due_on) if unit == "workday" else (due_on - today).days
    return Limit(left, "workday" if unit == "workday" else "day") if left > 0 else None


def lamp_of(case: Case, now: datetime) -> Lamp | None:
    """Colour and words of the promise; None for a case without a running limit (decided, closed, not accepted yet)."""
    if case.paused_since is not None:
        return lamp(Due(now, now.date()), now, calendar_for(case.region), paused=True)
    if not case.is_open or case.decided_at or case.due_at is None or case.due_on is None:
        return None
    end = Due(case.due_at, case.due_on, case.provisional, case.limit_unit, (case.limit_value or 0) + case.extended)
    return lamp(end, now, calendar_for(case.region))
