"""Candidates are called for; a nomination's way: nominated, examined by the township, chosen or refused."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.flows.registry import Flow, Move, State, register_flow
from weimin.sites.models import Site
from weimin.staffing.models import Nomination, NominationState

NOMINATION, CALL = "nomination", "call_for_people"
DESKS = {"nominated": "township", "examined": "township"}
MOVES = (
    Move("", "staffing.nominate", "nominated"),
    Move("nominated", "staffing.examine", "examined"),
    Move("nominated", "staffing.refuse", "refused"),
    Move("nominated", "staffing.choose", "refused"),
    Move("nominated", "staffing.withdraw", "withdrawn"),
    Move("examined", "staffing.choose", "chosen"),
    Move("examined", "staffing.choose", "refused"),
    Move("examined", "staffing.refuse", "refused"),
    Move("examined", "staffing.withdraw", "withdrawn"),
    Move("chosen", "staffing.end_appointment", "withdrawn"),
)
STATES = tuple(State(str(state.value), state.label, DESKS.get(str(state.value), "")) for state in NominationState)


CALL_STATES = (State("wanted", _("待推荐人选"), "partner"), State("enough", _("已推荐")))
CALL_MOVES = (Move("", "buildout.propose_site", "wanted"), Move("wanted", "staffing.nominate", "enough"), Move("enough", "staffing.withdraw", "wanted"))


def nomination_url(number: int) -> str:
    return reverse("staffing:nomination", args=[number])


def site_url(site: int) -> str:
    return reverse("staffing:site", args=[site])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(CALL, _("推荐人选"), Site._meta.label_lower, site_url, CALL_STATES, CALL_MOVES, elsewhere=("staffing.withdraw",)))
    register_flow(Flow(NOMINATION, _("人选推荐"), Nomination._meta.label_lower, nomination_url, STATES, MOVES, elsewhere=("staffing.end_appointment",)))
