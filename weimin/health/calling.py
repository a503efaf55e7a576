"""The calendar of what is due: one open visit for each record, made by rule and moved by results (A-13, A-17)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from weimin.health.models import Care, CareState, Due, DueKind, DueState, HealthRecord
from weimin.health.rules_calendar import Managed, next_visit, was_on_time
from weimin.health.rules_visit import VISITED
from weimin.health.standards import standard

FIELDS = ["programmes", "from_on", "due_on", "urgent", "doctor", "source"]


def managed(care: Care) -> Managed:
    within = (care.next_on - care.last_on).days if care.next_on and care.last_on else 90
    return Managed(care.programme, care.since_on or date.min, care.last_on, care.next_on, within, care.next_from)


def open_due(record: HealthRecord, kind: str = DueKind.VISIT) -> Due | None:
    """The open row of a kind, locked."""
    return Due.objects.select_for_update().filter(record=record, kind=kind, state=DueState.OPEN).first()


def visited_on(due: Due | None, on: date) -> None:
    """A visit was made on a day: what was due is done, on time when the day was, whenever it is typed."""
    if due is None:
        return
    due.state, due.done_on, due.on_time = DueState.DONE, on, was_on_time(on, due.due_on)
    due.save(update_fields=["state", "done_on", "on_time"])


def made_before(record: HealthRecord, programmes: Collection[str], on: date) -> None:
    """A visit is typed in after a later one that closed what was due: it was done on the day of the earlier one, on time when that day was."""
    done = Due.objects.filter(record=record, kind=DueKind.VISIT, state=DueState.DONE, from_on__lte=on, done_on__gt=on).order_by("from_on", "pk").first()
    if done is not None and set(done.programmes) & set(programmes):
        visited_on(done, on)


def moved_day(record: HealthRecord, old: date, on: date) -> None:
    """The day of a visit was wrong: what it had closed was done on the right one."""
    if old != on:
        for due in Due.objects.filter(record=record, kind=DueKind.VISIT, state=DueState.DONE, done_on=old, from_on__lte=on):
            visited_on(due, on)


def plan(record: HealthRecord, cares: Iterable[Care], due: Due | None, today: date) -> Due | None:
    """Moves the open visit, or opens one, to what follows from all care of the person; nobody under care is waited for no longer."""
    rule = standard("calendar", today)
    rows = [managed(care) for care in cares if care.state == CareState.MANAGED and care.programme in VISITED]
    owed = next_visit(rows, merge_days=rule.days("merge_days"), early_days=rule.days("early_days"))
    if owed is None:
        if due is not None:
            due.state = DueState.CANCELLED
            due.save(update_fields=["state"])
        return None
    facts = {
        "programmes": list(owed.programmes),
        "from_on": owed.from_on,
        "due_on": owed.due_on,
        "urgent": owed.urgent,
        "doctor": record.doctor,
        "source": owed.source,
    }
    if due is None:
        return Due.objects.create(region=record.region, record=record, kind=DueKind.VISIT, **facts)
    for name, value in facts.items():
        setattr(due, name, value)
    due.save(update_fields=FIELDS)
    return due
