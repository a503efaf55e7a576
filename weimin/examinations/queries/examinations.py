"""Examinations of a person, and what of them is followed."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.examinations.models import AbnormalFollowUp, Batch, Examination, FollowState, Invitation, InvitationState
from weimin.examinations.rules_abnormal import from_data
from weimin.examinations.wording import short
from weimin.flows.listing import in_queue_order
from weimin.health.models import HealthRecord
from weimin.health.queries.due import colour_of, words_of
from weimin.regions.narrowing import at_place, place_of
from weimin.regions.queries import names
from weimin.residents.rules_groups import age_on
from weimin.secrets.masking import mask
from weimin.ui.paging import Page, page_of
from weimin.walls.actor import Actor
from weimin.walls.questions import Question

SHOWN = 10

EXAMINATIONS = Question(Examination, lambda rows, record: rows.filter(record=record).order_by("-on", "-pk")[:SHOWN])
FOLLOW_UPS = Question(AbnormalFollowUp, lambda rows, record: rows.filter(record=record))
INVITATION = Question(Invitation, lambda rows, record, year: rows.filter(record=record, year=year).select_related("batch", "plan").order_by("pk")[:1])
REFUSALS = Question(Invitation, lambda rows, record: rows.filter(record=record, state=InvitationState.REFUSED).order_by("year"))


def get_examination(actor: Actor, pk: int) -> Examination:
    """Examination.DoesNotExist when hidden or missing."""
    return Examination.objects.visible_to(actor).select_related("record__resident", "invitation__plan").get(pk=pk)


def examinations_of(actor: Actor, record: HealthRecord) -> list[Examination]:
    """The latest, newest first; those corrected since carry `corrected`."""
    rows = EXAMINATIONS(actor, record.pk)
    replaced = {row.corrects_id for row in rows}
    for row in rows:
        row.corrected, row.record = row.pk in replaced, record  # type: ignore[attr-defined]
    return rows


def standing_of(actor: Actor, batch: Batch) -> list[Examination]:
    """The examinations of a batch's people in the year, those that stand; for the sheets that they are handed."""
    rows = Examination.objects.visible_to(actor).filter(invitation__batch=batch, corrections__isnull=True)
    return list(rows.select_related("record__resident", "invitation").order_by("region", "record", "on"))


def follow_ups_of(actor: Actor, record: HealthRecord) -> list[AbnormalFollowUp]:
    """Open ones first."""
    return sorted(FOLLOW_UPS(actor, record.pk), key=lambda row: (row.state == FollowState.CLOSED, row.rank, row.pk))


def get_follow_up(actor: Actor, pk: int) -> AbnormalFollowUp:
    """AbnormalFollowUp.DoesNotExist when hidden or missing."""
    return AbnormalFollowUp.objects.visible_to(actor).select_related("record__resident", "examination").get(pk=pk)


def invitation_of(actor: Actor, record: HealthRecord, year: int) -> Invitation | None:
    return next(iter(INVITATION(actor, record.pk, year)), None)


def refusals_of(actor: Actor, record: HealthRecord) -> list[Invitation]:
    return REFUSALS(actor, record.pk)


def list_abnormal(actor: Actor, chosen: dict[str, str], size: int = 25) -> Page:
    """What is open, urgent first, then by the last day; walked by an index whatever the range."""
    rows = AbnormalFollowUp.objects.visible_to(actor).exclude(state=FollowState.CLOSED).select_related("record__resident")
    rows = at_place(rows, actor, place_of(chosen))
    if chosen.get("rank", "") in ("0", "1"):
        rows = rows.filter(rank=int(chosen["rank"]))
    if chosen.get("state", "") in (FollowState.RECALL, FollowState.RECHECK):
        rows = rows.filter(state=chosen["state"])
    with in_queue_order():
        return page_of(rows, ["rank", "due_on", "id"], chosen.get("cursor", ""), size)


def cards(actor: Actor, rows: Any, today: date) -> list[dict[str, Any]]:
    """Rows as the list shows them; one query for the names of places."""
    found = list(rows)
    known = names({row.region for row in found})
    return [card(actor, row, known, today) for row in found]


def card(actor: Actor, row: AbnormalFollowUp, known: dict[int, str], today: date) -> dict[str, Any]:
    resident = row.record.resident
    return {
        "pk": row.pk, "name": resident.name, "gender": resident.get_gender_display(), "age": age_on(resident.birth_on, today), "village": known[row.region],
        "phone": mask("phone", resident.phone or "", actor.role), "items": short(from_data(row.items)), "urgent": row.rank == 0, "refer": row.refer,
        "state": row.get_state_display(), "found_on": row.found_on, "due_on": row.due_on,
        "lamp": {"colour": colour_of(row.due_on, today), "words": words_of(row.due_on, today)},
    }  # fmt: skip
