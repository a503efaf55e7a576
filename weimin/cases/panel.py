"""What cases add to the page of a resident: what is on its way, what came of it, who acts for them; and the way to the next application."""

from __future__ import annotations

from typing import Any

from weimin.actions.registry import get_action
from weimin.cases.models import PURPOSE, Case, Mandate, MandateState
from weimin.cases.queries.agency import Client
from weimin.residents.models import Resident, ResidentStatus
from weimin.residents.panels import panel
from weimin.walls.actor import Actor

SHOWN = 6


def build(actor: Actor, resident: Resident) -> dict[str, Any] | None:
    """Two queries; nothing for posts outside this domain."""
    if not actor.has_purpose(PURPOSE):
        return None
    cases = Case.objects.visible_to(actor).filter(applicant=resident.pk).order_by("-received_at", "-pk")
    mandates = Mandate.objects.visible_to(actor).filter(principal=resident.pk, state=MandateState.ACTIVE).order_by("-written_at")
    living = resident.status == ResidentStatus.LIVING
    return {
        "resident": resident, "cases": list(cases[:SHOWN]), "mandates": list(mandates[:SHOWN]), "living": living,
        "may_receive": living and get_action("cases.receive").allows(actor),
        "client": Client(f"r{resident.pk}", resident.name, resident.id_number or "", "", resident.region, resident),
    }  # fmt: skip


panel("cases", template="cases/_panel.html", build=build)
