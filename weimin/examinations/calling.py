"""An examination that is owed, in the calendar of health: there it is seen in today's list, and by it health counts who was examined."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from weimin.examinations.models import Batch, Invitation
from weimin.examinations.rules_form import parameter
from weimin.health.calling import open_due
from weimin.health.models import Due, DueKind, DueState, HealthRecord

FIELDS = ["programmes", "from_on", "due_on", "reason", "doctor"]


def call(rows: list[Invitation], from_on: date, due_on: date, reason: str = "") -> None:
    """Each of these people is owed an examination between two days. Three queries, whatever the number."""
    found = {due.record_id: due for due in waiting([row.record_id for row in rows])}
    doctors = dict(HealthRecord.objects.filter(pk__in=[row.record_id for row in rows]).values_list("pk", "doctor"))
    for row in rows:
        due = found.setdefault(row.record_id, Due(region=row.region, record_id=row.record_id, kind=DueKind.EXAMINATION))
        due.programmes, due.from_on, due.due_on, due.reason, due.doctor = row.groups, from_on, due_on, reason[:100], doctors.get(row.record_id)
    Due.objects.bulk_create([due for due in found.values() if due.pk is None], batch_size=2000)
    Due.objects.bulk_update([due for due in found.values() if due.pk is not None], FIELDS, batch_size=500)


def call_to(batch: Batch, rows: list[Invitation]) -> None:
    """The day of the batch is the last day; two weeks before it is in today's list."""
    first = max(batch.plan.starts_on, batch.on - timedelta(days=parameter("notice_days", batch.on)))
    call(rows, min(first, batch.on), batch.on, f"{batch.hours} {batch.place}".strip())


def call_again(rows: list[Invitation]) -> None:
    """Health has cancelled what these records were owed; read with `batch__plan` and `plan`."""
    for row in rows:
        if row.batch is not None:
            call_to(row.batch, [row])
        else:
            call([row], row.plan.starts_on, row.plan.ends_on)


def uncall(records: Iterable[int]) -> None:
    """Nothing is owed any more."""
    waiting(records).update(state=DueState.CANCELLED)


def waiting(records: Iterable[int]) -> QuerySet[Due]:
    return Due.objects.filter(record__in=list(records), kind=DueKind.EXAMINATION, state=DueState.OPEN)


def examined(record: HealthRecord, on: date, until: date) -> Due:
    """What was owed is done on the day of the examination, on time until the last day of the plan, whenever it is typed in.

    Who was owed nothing, or only something of a later year, has a row that was done at once: health counts examinations by these rows.
    """
    due = open_due(record, DueKind.EXAMINATION)
    if due is None or due.from_on.year > on.year:
        return Due.objects.create(
            region=record.region, record=record, kind=DueKind.EXAMINATION, from_on=on, due_on=on, doctor=record.doctor, state=DueState.DONE, done_on=on, on_time=True
        )  # fmt: skip
    due.state, due.done_on, due.on_time = DueState.DONE, on, on <= max(due.due_on, until)
    due.save(update_fields=["state", "done_on", "on_time"])
    return due


def moved_to(due: Due | None, on: date, until: date) -> None:
    """A correction changed the day."""
    if due is not None and due.done_on != on:
        due.done_on, due.on_time = on, on <= max(due.due_on, until)
        due.save(update_fields=["done_on", "on_time"])
