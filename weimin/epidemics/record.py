"""What this room adds to a health record: the person's report cards, and the way to a new one with nothing typed twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.epidemics.finding import cards
from weimin.health.joining import section
from weimin.health.models import HealthRecord
from weimin.walls.actor import Actor

SHOWN = 20


def build(actor: Actor, record: HealthRecord, today: date) -> dict[str, Any] | None:
    """The cards of the resident, newest first."""
    rows = list(cards(actor).filter(resident_id=record.resident_id).order_by("-diagnosed_at", "-pk")[:SHOWN])
    return {"cards": rows, "query": f"resident={record.resident_id}"}


section("epidemics", template="epidemics/_record.html", build=build, order=80)
