"""Schools with their classes and reports, alerts, report cards, outbreaks with measures and contacts."""

from weimin.epidemics.models.alerts import ALERT_MOVES, Alert, AlertState
from weimin.epidemics.models.cards import CARD_MOVES, CaseReport, CaseState, CaseType, Crowd
from weimin.epidemics.models.contacts import CONTACT_MOVES, Condition, Contact, ContactDay, ContactState
from weimin.epidemics.models.outbreaks import CHAIN_MOVES, MEASURE_MOVES, OUTBREAK_MOVES, ChainState, Hop, Measure, MeasureState, Outbreak, OutbreakState, Party
from weimin.epidemics.models.places import HEALTH, PURPOSE, DailyReport, FamilyReport, Group, Place, PlaceKind, Symptom

__all__ = [
    "ALERT_MOVES", "CARD_MOVES", "CHAIN_MOVES", "CONTACT_MOVES", "HEALTH", "MEASURE_MOVES", "OUTBREAK_MOVES", "PURPOSE", "Alert", "AlertState", "CaseReport",
    "CaseState", "CaseType", "ChainState", "Condition", "Contact", "ContactDay", "ContactState", "Crowd", "DailyReport", "FamilyReport", "Group", "Hop",
    "Measure", "MeasureState", "Outbreak", "OutbreakState", "Party", "Place", "PlaceKind", "Symptom",
]  # fmt: skip
