"""Cases and all that belongs to one."""

from weimin.cases.models.case import PURPOSE, Case
from weimin.cases.models.mandate import (
    MANDATE_MOVES,
    AgentChange,
    AgentChangeLine,
    AgentKind,
    Errand,
    HandOver,
    HeldPaper,
    Mandate,
    MandateCase,
    MandateState,
)
from weimin.cases.models.material import CaseMaterial, CaseNotice, NoticeKind
from weimin.cases.models.paper import IssuedPaper, PaperKind
from weimin.cases.models.rating import RATING_MOVES, STANDING, VERIFIED, Rating, RatingState
from weimin.cases.models.states import BEFORE, CLOSED_STATES, OPEN_STATES, SPECIAL, STAGES, CaseOutcome, CaseState, Channel, MaterialStatus, PauseKind
from weimin.cases.models.working import CasePause, Delivery, Extension, JointReview, PublicNotice, SiteCheck

__all__ = [
    "AgentChange",
    "AgentChangeLine",
    "AgentKind",
    "Errand",
    "HandOver",
    "HeldPaper",
    "IssuedPaper",
    "MANDATE_MOVES",
    "Mandate",
    "MandateCase",
    "MandateState",
    "PaperKind",
    "RATING_MOVES",
    "Rating",
    "RatingState",
    "STANDING",
    "VERIFIED",
    "BEFORE",
    "CLOSED_STATES",
    "OPEN_STATES",
    "PURPOSE",
    "SPECIAL",
    "STAGES",
    "Case",
    "CaseMaterial",
    "CaseNotice",
    "CaseOutcome",
    "CasePause",
    "CaseState",
    "Channel",
    "Delivery",
    "Extension",
    "JointReview",
    "MaterialStatus",
    "NoticeKind",
    "PauseKind",
    "PublicNotice",
    "SiteCheck",
]
