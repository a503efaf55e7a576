"""What a post without the purpose may know of somebody's step: that there is one, of which kind, where, at which desk, until when.

Who leads or watches a place sees what is late there whatever it is about; whom it is about, and for what they asked, stays behind
the wall of purpose: no title, no way to the record, no hit in the search.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from weimin.accounts.roles import DUTIES
from weimin.flows.models import Step
from weimin.flows.registry import FLOWS
from weimin.walls.actor import Actor


@lru_cache
def purpose_of(subject: str) -> str:
    """The purpose of the records that a flow is about ("cases.case" → "cases"); "" when every post in range may read them."""
    return str(getattr(apps.get_model(subject), "purpose", ""))


def behind_the_wall(actor: Actor) -> Q:
    """Steps of other desks about records that the post may not read."""
    names = [name for name, flow in FLOWS.items() if not actor.has_purpose(purpose_of(flow.subject))]
    return Q(flow__in=names) & ~Q(role=actor.role) if names else Q(pk__in=[])


def veil(actor: Actor, step: Any) -> Any:
    """The step, which then says of itself no more than the post may know."""
    flow = FLOWS.get(step.flow)
    if flow is not None and step.role != actor.role and not actor.has_purpose(purpose_of(flow.subject)):
        step.veil = kind_of(step)
    return step


def kind_of(step: Step) -> str:
    """办件：审核中"""
    flow = FLOWS[step.flow]
    state = next((item.label for item in flow.states if item.key == step.state), step.state)
    return _("%(flow)s：%(state)s") % {"flow": flow.label, "state": state}


def may_know(role: str, step: Step) -> bool:
    """Whether a desk may be told whom a step is about."""
    flow = FLOWS.get(step.flow)
    purposes = DUTIES[role].purposes
    return flow is None or role == step.role or purpose_of(flow.subject) in {"", *purposes} or "*" in purposes


def veiled(actor: Actor, steps: Iterable[Step]) -> list[Step]:
    return [veil(actor, step) for step in steps]
