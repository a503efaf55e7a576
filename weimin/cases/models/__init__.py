"""Cases and all that belongs to one."""

from weimin.cases.models.case import PURPOSE, Case
from weimin.cases.models.material import CaseMaterial, CaseNotice, NoticeKind
from weimin.cases.models.states import BEFORE, CLOSED_STATES, OPEN_STATES, STAGES, CaseOutcome, CaseState, Channel, MaterialStatus, PauseKind
from weimin.cases.models.working import CasePause, Delivery, Extension, JointReview, PublicNotice, SiteCheck

__all__ = [
    "BEFORE",
    "CLOSED_STATES",
    "OPEN_STATES",
    "PURPOSE",
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
