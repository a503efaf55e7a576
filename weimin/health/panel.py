"""What health adds to the page of a resident: the way to the record, or to opening one. Only for posts of health."""

from __future__ import annotations

from typing import Any

from weimin.health.models.states import PURPOSE
from weimin.health.queries import record_of
from weimin.residents.models import Resident
from weimin.residents.panels import panel
from weimin.walls.actor import Actor


def build(actor: Actor, resident: Resident) -> dict[str, Any] | None:
    if not actor.has_purpose(PURPOSE):
        return None
    return {"resident": resident, "record": record_of(actor, resident)}


panel("health", template="health/_panel.html", build=build)
