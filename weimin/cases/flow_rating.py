"""The way of a bad rating: contacted, mended, perhaps appealed against, called back (C-33)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.calendars.clock import Limit
from weimin.cases.models import Rating, RatingState
from weimin.cases.rules_rating import TABLE
from weimin.flows.registry import Flow, Move, State, register_flow

RATING = "rating"
LIMITS = {
    "contact": Limit(TABLE["contact_workdays"], "workday", "安阳市政务服务条例第五十二条"),  # text: data
    "mend": Limit(TABLE["mend_workdays"], "workday", "政务服务“好差评”差评整改期限"),  # text: data
    "appeal": Limit(TABLE["appeal_workdays"], "workday"),
    "call_back": Limit(TABLE["call_back_workdays"], "workday"),
}
DESKS = {"contact": "lead_office", "mend": "township", "appeal": "lead_office", "call_back": "lead_office"}
STATES = tuple(
    State(str(state.value), state.label, DESKS.get(str(state.value), ""), LIMITS.get(str(state.value))) for state in RatingState if state != RatingState.KEPT
)
MOVES = (
    Move("", "cases.rate", "contact"),
    Move("contact", "cases.verify_rating", "mend"),
    Move("contact", "cases.verify_rating", "unverified"),
    Move("contact", "cases.verify_rating", "withdrawn"),
    Move("mend", "cases.mend_rating", "call_back"),
    Move("mend", "cases.appeal_rating", "appeal"),
    Move("appeal", "cases.answer_appeal", "mend"),
    Move("appeal", "cases.answer_appeal", "unverified"),
    Move("call_back", "cases.call_back", "closed"),
    Move("call_back", "cases.call_back", "mend"),
)


def rating_url(number: int) -> str:
    return reverse("cases:rating", args=[number])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(RATING, _("差评整改"), Rating._meta.label_lower, rating_url, STATES, MOVES))
