"""What this room adds to a health record: the person's report cards, and the way to a new one with nothing typed twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from weimin.epidemics.finding import cards
from weimin.health.joining import section
from weimin.health.models import HealthRecord
from weimin.residents.models import Resident
from weimin.walls.actor import Actor

SHOWN = 20


def build(actor: Actor, record: HealthRecord, today: date) -> dict[str, Any] | None:
    """The cards of the resident, also those that name an entry of the register merged into theirs; newest first."""
    people = Resident.objects.filter(Q(pk=record.resident_id) | Q(merged_into=record.resident_id)).values("pk")
    rows = list(cards(actor).filter(resident__in=people).order_by("-diagnosed_at", "-pk")[:SHOWN])
    return {"cards": rows, "query": f"resident={record.resident_id}"}


section("epidemics", template="epidemics/_record.html", build=build, order=80)
