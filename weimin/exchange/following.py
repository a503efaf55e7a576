"""When somebody moves inside the jurisdiction, what was exchanged goes along with the record."""

from __future__ import annotations

from datetime import date, datetime

from weimin.exchange.models import Elsewhere, Exchange, FormerNumber, Origin
from weimin.residents.life_events import on_life_event
from weimin.residents.models import Resident
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered


def nothing(actor: Actor, resident: Resident, on: date) -> list[str]:
    """Whether there is a record at all is not for every post."""
    return []


def moving(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    with entered(system_actor()):
        for model in (Exchange, Origin, FormerNumber, Elsewhere):
            model.objects.filter(record__resident=resident).exclude(region=resident.region).update(region=resident.region)
    return []


on_life_event("move_home", preview=nothing, apply=moving)
