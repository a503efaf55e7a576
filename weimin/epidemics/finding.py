"""What a post sees of this room: its range and purpose, and a school only its own."""

from __future__ import annotations

from typing import Any

from weimin.epidemics.flow import CHAIN
from weimin.epidemics.models import Alert, CaseReport, Contact, DailyReport, Group, Measure, Outbreak, OutbreakState, Place
from weimin.flows.models import OPEN, Step
from weimin.walls.actor import Actor

SCHOOL = "school"


def own(actor: Actor, rows: Any, path: str = "") -> Any:
    """Of the rows visible to a post those of its own school, for whoever reports for one; `path` leads from a row to its school."""
    return rows.filter(**{f"{path}reporter": actor.person}) if actor.role == SCHOOL else rows


def places(actor: Actor) -> Any:
    return own(actor, Place.objects.visible_to(actor))


def groups(actor: Actor) -> Any:
    return own(actor, Group.objects.visible_to(actor), "place__")


def reports(actor: Actor) -> Any:
    return own(actor, DailyReport.objects.visible_to(actor), "place__")


def alerts(actor: Actor) -> Any:
    return own(actor, Alert.objects.visible_to(actor), "place__")


def outbreaks(actor: Actor) -> Any:
    return own(actor, Outbreak.objects.visible_to(actor), "place__")


def measures(actor: Actor) -> Any:
    return own(actor, Measure.objects.visible_to(actor), "outbreak__place__")


def cards(actor: Actor) -> Any:
    return CaseReport.objects.visible_to(actor)


def contacts(actor: Actor) -> Any:
    return Contact.objects.visible_to(actor)


def with_outbreaks(actor: Actor, card: CaseReport) -> CaseReport:
    """The card with `open_outbreaks` of its disease that the post sees: what its button asks about."""
    card.open_outbreaks = list(outbreaks(actor).filter(state=OutbreakState.OPEN, disease=card.disease).order_by("-pk")[:50])  # type: ignore[attr-defined]
    return card


def with_chain(outbreak: Outbreak) -> Outbreak:
    """The outbreak with `chain_since`: when the open hop of the chain began."""
    step = Step.objects.filter(OPEN, subject_type=Outbreak._meta.label_lower, subject_id=outbreak.pk, flow=CHAIN).first()
    outbreak.chain_since = step.opened_at if step else None  # type: ignore[attr-defined]
    return outbreak
