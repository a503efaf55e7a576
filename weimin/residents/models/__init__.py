"""Residents and households: who lives where, with whom, in which groups they are counted, and what changed when."""

from weimin.residents.models.changes import Duplicate, EventKind, LifeEvent, Merge, Transfer, TransferState
from weimin.residents.models.groups import GroupKind, GroupMembership, Visit, VisitWay
from weimin.residents.models.households import Household, HouseholdStatus, Membership
from weimin.residents.models.imports import Import, ImportFile, ImportMode, ImportPart, ImportState
from weimin.residents.models.people import PURPOSE, STATUS_MOVES, Gender, IdKind, Marital, Resident, ResidentStatus

__all__ = [
    "PURPOSE",
    "STATUS_MOVES",
    "Duplicate",
    "EventKind",
    "Gender",
    "GroupKind",
    "GroupMembership",
    "Household",
    "HouseholdStatus",
    "IdKind",
    "Import",
    "ImportFile",
    "ImportMode",
    "ImportPart",
    "ImportState",
    "LifeEvent",
    "Marital",
    "Membership",
    "Merge",
    "Resident",
    "ResidentStatus",
    "Transfer",
    "TransferState",
    "Visit",
    "VisitWay",
]
