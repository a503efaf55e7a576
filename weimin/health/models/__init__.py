"""Health records, people under care, visits and what is due."""

from weimin.health.models.care import Care, Due
from weimin.health.models.record import HealthRecord, RecordSerial
from weimin.health.models.states import (
    CARE_MOVES,
    DUE_MOVES,
    CareState,
    DueKind,
    DueState,
    EndReason,
    InactiveReason,
    OutcomeClass,
    Programme,
    RecordState,
    Way,
)
from weimin.health.models.visit import Visit, VisitOutcome

__all__ = [
    "CARE_MOVES", "DUE_MOVES", "Care", "CareState", "Due", "DueKind", "DueState", "EndReason", "HealthRecord", "InactiveReason", "OutcomeClass", "Programme",
    "RecordSerial", "RecordState", "Visit", "VisitOutcome", "Way",
]  # fmt: skip
