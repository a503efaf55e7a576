"""A record rests or comes back, with everything that hangs on it: care and what is owed (A-04)."""

from __future__ import annotations

from datetime import date

from weimin.health.models import Care, CareState, Due, DueState, EndReason, HealthRecord, InactiveReason, RecordState
from weimin.walls.actor import Actor

REASONS = {InactiveReason.DEAD: EndReason.DEAD, InactiveReason.MOVED: EndReason.MOVED}
STATE = ["state", "inactive_reason", "inactive_on", "inactive_note"]


def rest(by: Actor, record: HealthRecord, reason: str, on: date, note: str = "") -> int:
    """The record becomes inactive. Who died or moved away leaves all care; what is owed is no longer waited for. Answers how many cares ended."""
    record.state, record.inactive_reason, record.inactive_on, record.inactive_note = RecordState.INACTIVE, reason, on, note
    record.save(update_fields=STATE)
    Due.objects.visible_to(by).filter(record=record, state=DueState.OPEN).update(state=DueState.CANCELLED)
    why = REASONS.get(InactiveReason(reason))
    if why is None:
        return 0
    ended = 0
    for care in Care.objects.visible_to(by).filter(record=record).exclude(state=CareState.ENDED):
        care.state, care.ended_on, care.end_reason, care.next_on = CareState.ENDED, max(on, care.since_on or on), why, None
        care.save(update_fields=["state", "ended_on", "end_reason", "next_on"])
        ended += 1
    return ended


def wake(record: HealthRecord) -> None:
    """The record is active again; who is to be under care again is decided by the doctor."""
    record.state, record.inactive_reason, record.inactive_on, record.inactive_note = RecordState.ACTIVE, "", None, ""
    record.save(update_fields=STATE)
