"""Steps of this room: a visit that was not made in time stands on the doctor's desk until it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.flows.registry import Flow, Move, State, register_flow
from weimin.health.models import HealthRecord

MISSED = "health_missed"
STATES = (State("missed", _("超期未随访"), "doctor"), State("done", _("已随访")))
MOVES = (Move("", "health.confirm_care", "missed"), Move("missed", "health.record_visit", "done"))


def record_url(number: int) -> str:
    return reverse("health:record", args=[number])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(MISSED, _("随访超期"), HealthRecord._meta.label_lower, record_url, STATES, MOVES))
