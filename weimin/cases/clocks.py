"""The two limits of a case, promised and legal: from acceptance, without the pauses, with what was granted. Called by actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from weimin.calendars.clock import ZONE, Due, Lamp, Limit, due, lamp, paused_units
from weimin.calendars.queries import calendar_for
from weimin.calendars.rules import Calendar
from weimin.cases.models import Case, CasePause
from weimin.cases.rules_limits import limit
from weimin.flows.models import Step
from weimin.flows.rules import coloured, turns_yellow

DEADLINE = ["due_on", "due_at", "warn_at", "legal_due_on", "legal_due_at", "provisional"]
TELL = Limit(5, "workday")


def set_limits(case: Case, promised: Limit | None, legal: Limit | None) -> None:
    """The limits that the item's list names; where it promises nothing, the law's is what is promised."""
    chosen = promised or legal
    case.limit_value, case.limit_unit = (chosen.value, chosen.unit) if chosen else (None, "")
    case.legal_value, case.legal_unit = (legal.value, legal.unit) if legal else (None, "")


def counted(limit: Limit, since: datetime, extended: int, pauses: Iterable[CasePause], calendar: Calendar) -> tuple[Due, int]:
    """The end of a limit that runs since a moment, and what the pauses that are over and began after it took out of it."""
    end, paused = due(limit, since, calendar, extended=extended), 0
    for pause in pauses:
        if pause.until and pause.since >= since:
            paused += paused_units(limit.unit, pause.since, pause.until, calendar, end)
            end = due(limit, since, calendar, paused=paused, extended=extended)
    return end, paused


def end_of(value: int | None, unit: str, case: Case, pauses: list[CasePause], calendar: Calendar) -> Due | None:
    if not value or case.accepted_at is None:
        return None
    return counted(Limit(value, unit), case.accepted_at, case.extended, pauses, calendar)[0]


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
    return what_is_left(case, now)


def what_is_left(case: Case, now: datetime) -> Limit | None:
    """The rest of the promise in working days as a limit that begins now and ends on the same day; None when no whole day of it is left, and for
    other units, of which a rest counted anew would end elsewhere after a pause or an extension (`promise`)."""
    if case.due_on is None or case.limit_unit != "workday":
        return None
    left = calendar_for(case.region).workdays_between(now.astimezone(ZONE).date(), case.due_on)
    return Limit(left, "workday") if left > 0 else None


def promise(case: Case, pauses: Iterable[CasePause]) -> Step | None:
    """The promise as the clock that a desk without a share of its own takes over to the hour, also when it is past; None without one."""
    if case.accepted_at is None or not case.limit_value or case.due_at is None:
        return None
    limit = Limit(case.limit_value, case.limit_unit)
    _end, paused = counted(limit, case.accepted_at, case.extended, pauses, calendar_for(case.region))
    return Step(opened_at=case.accepted_at, limit_value=limit.value, limit_unit=limit.unit, extended=case.extended, paused_units=paused, due_on=case.due_on)


def lamp_of(case: Case, now: datetime) -> Lamp | None:
    """Colour and words of the promise; None for a case without a running limit (decided, closed, not accepted yet)."""
    if case.paused_since is not None:
        return lamp(Due(now, now.date()), now, calendar_for(case.region), paused=True)
    if not case.is_open or case.decided_at or case.due_at is None or case.due_on is None:
        return None
    end = Due(case.due_at, case.due_on, case.provisional, case.limit_unit, (case.limit_value or 0) + case.extended)
    return coloured(end, case.warn_at, now, calendar_for(case.region))
