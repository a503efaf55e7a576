"""Yearly plans, batches and invitations, examinations, and abnormal results that are followed."""

from weimin.examinations.models.examination import AbnormalFollowUp, Examination
from weimin.examinations.models.plan import Batch, ExaminationPlan, Invitation
from weimin.examinations.models.states import (
    BATCH_MOVES,
    FOLLOW_MOVES,
    INVITATION_MOVES,
    PLAN_MOVES,
    WAITING,
    BatchState,
    Closing,
    FollowState,
    InvitationState,
    PlanState,
    Recheck,
    Refusal,
)

__all__ = [
    "BATCH_MOVES", "FOLLOW_MOVES", "INVITATION_MOVES", "PLAN_MOVES", "WAITING", "AbnormalFollowUp", "Batch", "BatchState", "Closing", "Examination",
    "ExaminationPlan", "FollowState", "Invitation", "InvitationState", "PlanState", "Recheck", "Refusal",
]  # fmt: skip
