"""Opening, moving, pausing and closing steps. Called by actions, inside their transaction; `now` is passed in."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from weimin.calendars.clock import Due, Limit, due, paused_units
from weimin.calendars.queries import calendar_for
from weimin.calendars.rules import Calendar
from weimin.flows.models import Step
from weimin.flows.registry import FLOWS
from weimin.flows.rules import end_of, fixed_end, rule_of, turns_yellow, working_time
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken
from weimin.walls.prepared import insert

DEADLINE = ["due_on", "due_at", "warn_at", "provisional"]
CARRIED = ["limit_value", "limit_unit", "legal_basis", "extended", "extended_reason", "paused_units", "due_on", "due_at", "warn_at"]


def deadline(limit: Limit | None, due_on: date | None, region: int, now: datetime) -> Due | None:
    """A fixed last day (a plan's date) wins over a limit that runs from now; None when there is neither."""
    if due_on is not None:
        return fixed_end(due_on, now, rule_of(now, calendar_for(region)))
    return due(limit, now, calendar_for(region)) if limit else None


def new_step(
    flow: str, state: str, subject: Model, *, title: str, region: int, now: datetime,
    due_on: date | None = None, limit: Limit | None = None, role: str = "", holder: int | None = None, basis: str = "",
) -> Step:  # fmt: skip
    """An unsaved step, for bulk_create when a plan opens hundreds at once."""
    declared = FLOWS[flow].state(state)
    chosen = limit or declared.limit
    end = deadline(chosen, due_on, region, now)
    warn_at = turns_yellow(end, now, calendar_for(region)) if end else None
    return Step(
        subject_type=subject._meta.label_lower, subject_id=subject.pk, flow=flow, state=state, title=title[:120], region=region,
        role=role or declared.role, holder=holder, opened_at=now, due_on=end.on if end else None, due_at=end.at if end else None,
        warn_at=warn_at, provisional=bool(end and end.provisional), limit_value=chosen.value if chosen and not due_on else None,
        limit_unit=chosen.unit if chosen and not due_on else "", legal_basis=basis or (chosen.basis if chosen else ""),
    )  # fmt: skip


def open_step(flow: str, state: str, subject: Model, *, after: Step | None = None, **given: object) -> Step:
    """after: the closed step whose clock this one takes over as it stands."""
    step = new_step(flow, state, subject, **given)  # type: ignore[arg-type]
    if after is not None:
        carry(step, after, calendar_for(step.region))
    insert(step)
    return step


def carry(step: Step, before: Step, calendar: Calendar) -> None:
    """The clock of a step goes on where that of the one before it stood when it was closed, with what was left or as late as it was;
    the time between the two does not count. Not saved."""
    for name in CARRIED:
        setattr(step, name, getattr(before, name))
    step.runs_from, shift = before.runs_from or before.opened_at, 0
    if before.closed_at is not None:
        shift = paused_units(before.limit_unit or "day", before.closed_at, step.opened_at, calendar, end_of(before, calendar))
        step.paused_units += shift
    set_end(step, end_of(step, calendar, shift), calendar)


def current_step(subject: Model, flow: str) -> Step | None:
    """The open step of a record, locked."""
    found = Step.objects.select_for_update().filter(subject_type=subject._meta.label_lower, subject_id=subject.pk, flow=flow, closed_at__isnull=True)
    return found.first()


def close_step(step: Step, by: Actor, now: datetime, outcome: str) -> None:
    """Ends a step; the working time since it was opened, without pauses, is booked to the desk that held it."""
    if step.paused_since is not None:
        resume_step(step, now)
    step.closed_at, step.closed_by, step.closed_name, step.outcome = now, by.person, by.name or by.role, outcome
    step.on_time = None if step.due_at is None else now < step.due_at
    step.held_for = working_time(step.opened_at, now, calendar_for(step.region)) - step.paused_for
    step.save(update_fields=["closed_at", "closed_by", "closed_name", "outcome", "on_time", "held_for"])


def move(
    subject: Model, flow: str, action: str, start: str, end: str, by: Actor, now: datetime, *,
    title: str, region: int, due_on: date | None = None, limit: Limit | None = None, role: str = "", holder: int | None = None, basis: str = "",
    outcome: str = "", after: Step | None = None,
) -> Step | None:  # fmt: skip
    """Closes the open step of a record and opens the next one; returns it, or None at an end. RuleBroken on a foreign move.
    after: as for `open_step`."""
    declared = FLOWS[flow]
    if end not in declared.ends(start, action):
        raise RuleBroken(_("当前环节是“%(state)s”，不能办理这一步。") % {"state": declared.state(start).label if start else ""})
    held = current_step(subject, flow)
    if held is not None:
        close_step(held, by, now, outcome or action)
    if declared.state(end).is_end:
        return None
    return open_step(flow, end, subject, after=after, title=title, region=region, now=now, due_on=due_on, limit=limit, role=role, holder=holder, basis=basis)


def pause_step(step: Step, now: datetime, reason: str) -> None:
    """Stops the clock (supplement, hearing, public notice); RuleBroken when it is stopped already."""
    if step.paused_since is not None:
        raise RuleBroken(_("计时已经暂停。"))
    step.paused_since, step.paused_reason = now, reason
    step.save(update_fields=["paused_since", "paused_reason"])


def resume_step(step: Step, now: datetime) -> None:
    """Starts the clock again with the paused time added to the end."""
    if step.paused_since is None:
        raise RuleBroken(_("计时没有暂停。"))
    calendar = calendar_for(step.region)
    stopped = paused_units(step.limit_unit or "day", step.paused_since, now, calendar, end_of(step, calendar))
    step.paused_for += working_time(step.paused_since, now, calendar)
    step.paused_units, step.paused_since = step.paused_units + stopped, None
    recompute(step, stopped)
    step.save(update_fields=["paused_since", "paused_units", "paused_for", *DEADLINE])


def extend_step(step: Step, value: int, reason: str) -> None:
    """Adds to the limit in its own unit; the reason is kept and shown."""
    step.extended, step.extended_reason = step.extended + value, reason
    recompute(step, value)
    step.save(update_fields=["extended", "extended_reason", *DEADLINE])


def recompute(step: Step, days: int = 0) -> None:
    """The end of a step from its limit, pauses and extensions; a plan's fixed date moves by `days` natural days."""
    calendar = calendar_for(step.region)
    set_end(step, end_of(step, calendar, days), calendar)


def set_end(step: Step, end: Due | None, calendar: Calendar) -> None:
    if end is not None:
        step.due_on, step.due_at, step.provisional = end.on, end.at, end.provisional
        step.warn_at = turns_yellow(end, step.opened_at, calendar)
