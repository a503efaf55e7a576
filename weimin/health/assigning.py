"""Who answers for a record, in all places where that is written."""

from __future__ import annotations

from weimin.health.models import Care, CareState, Due, DueState, HealthRecord


def answer_for(record: HealthRecord, doctor: int | None) -> None:
    """The doctor of the record, of open care and of what is owed."""
    record.doctor = doctor
    record.save(update_fields=["doctor"])
    Care.objects.filter(record=record).exclude(state=CareState.ENDED).update(doctor=doctor)
    Due.objects.filter(record=record, state=DueState.OPEN).update(doctor=doctor)
