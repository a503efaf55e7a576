"""The way of a referral: whose turn it is, and which action takes it on."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.flows.registry import Flow, Move, register_flow
from weimin.flows.registry import State as Place
from weimin.referrals.models import Referral, State

REFERRAL = "referral"
DESKS = {
    State.SENT: "hospital", State.ACCEPTED: "hospital", State.DECLINED: "doctor", State.MISSED: "doctor", State.ARRIVED: "hospital",
    State.RETURNED: "doctor", State.RECEIVED: "doctor",
}  # fmt: skip
PLACES = tuple(Place(str(state.value), state.label, DESKS.get(state, "")) for state in State)
MOVES = (
    Move("", "referrals.refer_up", "sent"),
    Move("", "referrals.refer_down", "returned"),
    Move("sent", "referrals.accept", "accepted"),
    Move("sent", "referrals.decline", "declined"),
    Move("sent", "referrals.arrive", "arrived"),
    Move("sent", "referrals.cancel", "cancelled"),
    Move("accepted", "referrals.arrive", "arrived"),
    Move("accepted", "referrals.miss", "missed"),
    Move("accepted", "referrals.cancel", "cancelled"),
    Move("declined", "referrals.send_again", "sent"),
    Move("declined", "referrals.cancel", "cancelled"),
    Move("missed", "referrals.send_again", "sent"),
    Move("missed", "referrals.arrive", "arrived"),
    Move("missed", "referrals.close", "closed"),
    Move("arrived", "referrals.send_back", "returned"),
    Move("arrived", "referrals.close", "closed"),
    Move("returned", "referrals.receive", "received"),
    Move("returned", "referrals.close", "closed"),
    Move("received", "referrals.close", "closed"),
)


def referral_url(number: int) -> str:
    return reverse("referrals:referral", args=[number])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(REFERRAL, _("双向转诊"), Referral._meta.label_lower, referral_url, PLACES, MOVES))
