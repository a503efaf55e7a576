"""Health records, people under care, visits and what is due."""

from weimin.health.models.care import Care, Due
from weimin.health.models.checks import RecordMerge, SelfCare, ValueCheck
from weimin.health.models.parameters import ParameterValue
from weimin.health.models.record import HealthRecord, RecordSerial
from weimin.health.models.states import (
    CARE_MOVES,
    CHECK_MOVES,
    DUE_MOVES,
    CareState,
    CheckState,
    DueKind,
    DueState,
    EndReason,
    InactiveReason,
    LostReason,
    NextFrom,
    OutcomeClass,
    Programme,
    RecordState,
    SelfCareGrade,
    Way,
)
from weimin.health.models.visit import Visit, VisitOutcome

__all__ = [
    "CARE_MOVES", "CHECK_MOVES", "DUE_MOVES", "Care", "CareState", "CheckState", "Due", "DueKind", "DueState", "EndReason", "HealthRecord", "InactiveReason",
    "LostReason", "NextFrom", "OutcomeClass", "ParameterValue", "Programme", "RecordMerge", "RecordSerial", "RecordState", "SelfCare", "SelfCareGrade", "ValueCheck", "Visit", "VisitOutcome",
    "Way",
]  # fmt: skip
