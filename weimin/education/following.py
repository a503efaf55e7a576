"""A household that moves to another village takes its kit along: there it is read whether it has one."""

from __future__ import annotations

from datetime import date, datetime

from weimin.education.models import KitHandout
from weimin.residents.life_events import on_life_event
from weimin.residents.models import Resident
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered


def nothing(actor: Actor, resident: Resident, on: date) -> list[str]:
    """Not worth a line of its own."""
    return []


def moving(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    """Whoever moves alone founds another household; the kit stays with the one that it was given to."""
    household = resident.household
    if household is not None:
        with entered(system_actor()):
            KitHandout.objects.filter(household=household).exclude(region=household.region).update(region=household.region)
    return []


on_life_event("move_home", preview=nothing, apply=moving)
