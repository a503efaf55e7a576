"""What this room adds to a health record: the person's report cards, and the way to a new one with nothing typed twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from weimin.epidemics.models import CaseReport
from weimin.health.joining import section
from weimin.health.models import HealthRecord
from weimin.residents.models import Resident
from weimin.walls.actor import Actor
from weimin.walls.questions import Question

SHOWN = 20


def people(resident: Any, same: Any) -> Any:
    """The resident, and entries of the register merged into this one."""
    return Resident.objects.filter(Q(pk=resident) | Q(merged_into=same)).values("pk")


CARDS = Question(CaseReport, lambda rows, resident, same: rows.filter(resident__in=people(resident, same)).order_by("-diagnosed_at", "-pk")[:SHOWN])


def build(actor: Actor, record: HealthRecord, today: date) -> dict[str, Any] | None:
    """The cards of the resident, also those that name an entry of the register merged into theirs; newest first."""
    rows = CARDS(actor, record.resident_id, record.resident_id)
    return {"cards": rows, "query": f"resident={record.resident_id}"}


section("epidemics", template="epidemics/_record.html", build=build, order=80)
