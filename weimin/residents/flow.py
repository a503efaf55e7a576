"""Steps of this room: a visit that is due, and a record that waits to be received."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.flows.registry import Flow, Move, State, register_flow
from weimin.residents.models import Resident, Transfer

VISIT, TRANSFER = "caring_visit", "transfer"
VISIT_STATES = (State("due", _("待走访"), "village"), State("done", _("已走访")))
VISIT_MOVES = (Move("", "residents.add_group", "due"), Move("due", "residents.record_visit", "done"))
TRANSFER_STATES = (State("sent", _("待接收"), "township"), State("accepted", _("已接收")), State("returned", _("已退回")))
TRANSFER_MOVES = (
    Move("", "residents.send_transfer", "sent"),
    Move("sent", "residents.accept_transfer", "accepted"),
    Move("sent", "residents.return_transfer", "returned"),
)


def resident_url(number: int) -> str:
    return reverse("residents:resident", args=[number])


def transfer_url(number: int) -> str:
    return reverse("residents:transfer", args=[number])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(VISIT, _("走访关爱"), Resident._meta.label_lower, resident_url, VISIT_STATES, VISIT_MOVES))
    register_flow(Flow(TRANSFER, _("档案交接"), Transfer._meta.label_lower, transfer_url, TRANSFER_STATES, TRANSFER_MOVES))
