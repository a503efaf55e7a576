"""People of a plan are put into its batches and taken out again; the calendar of health goes along."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q

from weimin.examinations.calling import call, call_to
from weimin.examinations.models import Batch, BatchState, ExaminationPlan, Invitation, InvitationState
from weimin.examinations.rules_plan import Place, distribute
from weimin.walls.actor import Actor

AT_ONCE = 2000
SEATED = ~Q(invitations__state=InvitationState.REFUSED)  # who refused leaves a seat


def places_of(by: Actor, plan: ExaminationPlan, today: date) -> tuple[list[Place], dict[int, Batch]]:
    """The batches to come with their free seats."""
    rows = Batch.objects.visible_to(by).filter(plan=plan, state=BatchState.OPEN, on__gte=today).annotate(taken=Count("invitations", filter=SEATED))
    batches: dict[int, Any] = {row.pk: row for row in rows}
    for row in batches.values():
        row.plan = plan
    return [Place(row.pk, row.on, row.region, row.capacity - row.taken) for row in batches.values()], batches


def place_waiting(by: Actor, plan: ExaminationPlan, today: date) -> tuple[int, int]:
    """(placed, left without a seat); two queries for each batch that takes people in, and a few for all."""
    places, batches = places_of(by, plan, today)
    waiting = Invitation.objects.visible_to(by).select_for_update(of=("self",)).filter(plan=plan, state=InvitationState.LISTED)
    rows = {row.pk: row for row in waiting.order_by("place", "record__resident__household_id", "pk")}
    found = distribute(((pk, row.region) for pk, row in rows.items()), places)
    by_batch: dict[int, list[Invitation]] = {}
    for person, number in found.items():
        by_batch.setdefault(number, []).append(rows[person])
    for number, people in by_batch.items():
        invite(batches[number], people)
    return len(found), len(rows) - len(found)


def invite(batch: Batch, people: list[Invitation]) -> None:
    for row in people:
        row.batch, row.state, row.settled_on, row.refusal, row.refusal_note = batch, InvitationState.INVITED, None, "", ""
    Invitation.objects.bulk_update(people, ["batch", "state", "settled_on", "refusal", "refusal_note"], batch_size=500)
    call_to(batch, people)


def release(batch: Batch, people: list[Invitation]) -> None:
    """Out of the batch; they wait for another until the end of the plan."""
    for row in people:
        row.batch, row.state = None, InvitationState.LISTED
    Invitation.objects.bulk_update(people, ["batch", "state"], batch_size=AT_ONCE)
    call(people, batch.plan.starts_on, batch.plan.ends_on)
