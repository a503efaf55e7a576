"""Paired hospitals, referrals up and back, and the summaries of hospitals."""

from weimin.referrals.models.pairing import Pairing, SupportVisit
from weimin.referrals.models.referral import Referral, Summary
from weimin.referrals.models.states import LANES, MOVES, ON_THE_WAY, OVER, Direction, EndReason, FollowResult, Lane, State, Urgency

__all__ = [
    "LANES", "MOVES", "ON_THE_WAY", "OVER", "Direction", "EndReason", "FollowResult", "Lane", "Pairing", "Referral", "State", "Summary", "SupportVisit", "Urgency",
]  # fmt: skip
