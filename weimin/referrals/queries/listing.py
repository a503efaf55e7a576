"""Lists of referrals by what is to be done, walked by an index in the order of their deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from weimin.calendars.queries import calendar_for
from weimin.flows.listing import COUNTED, bounded_counts, in_queue_order
from weimin.flows.models import OPEN, Step
from weimin.flows.rules import lamp_of
from weimin.referrals.desks import seen_by
from weimin.referrals.following import SUBJECT
from weimin.referrals.models import Direction, Lane, Referral, State, Urgency
from weimin.regions.narrowing import at_place, place_of
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.residents.rules_groups import age_on
from weimin.ui.paging import Page, page_of
from weimin.walls.actor import Actor

KINDS = {
    "sent": "warn", "accepted": "info", "declined": "bad", "missed": "bad", "arrived": "info", "returned": "warn", "received": "ok", "closed": "off", "cancelled": "off",
}  # fmt: skip


def narrowed(actor: Actor, chosen: dict[str, str]) -> QuerySet[Any]:
    """The range, or a place inside it, by what the address names."""
    rows = at_place(seen_by(actor), actor, place_of(chosen))
    if chosen.get("direction") in Direction.values:
        rows = rows.filter(direction=chosen["direction"])
    if chosen.get("urgency") in Urgency.values:
        rows = rows.filter(urgency=chosen["urgency"])
    if chosen.get("doctor") == "me":
        rows = rows.filter(doctor=actor.person)
    return rows


def lanes(actor: Actor, chosen: dict[str, str]) -> dict[str, str]:
    """How many wait in each lane, 99+ where there are more. One query."""
    rows = narrowed(actor, chosen)
    parts = {str(lane.value): [rows.filter(lane=lane).order_by("wait_until", "id")] for lane in Lane if lane != Lane.OVER}
    return {lane: f"{COUNTED - 1}+" if count >= COUNTED else str(count) for lane, count in bounded_counts(parts).items()}


def lane_of(chosen: dict[str, str], first: str) -> str:
    return chosen["lane"] if chosen.get("lane") in Lane.values else first


def list_referrals(actor: Actor, chosen: dict[str, str], lane: str, size: int = 20) -> Page:
    """The most urgent first; of what is over the latest first."""
    rows = narrowed(actor, chosen).filter(lane=lane).select_related("resident")
    order = ["-wait_until", "-id"] if lane == Lane.OVER else ["wait_until", "id"]
    with in_queue_order():
        return page_of(rows, order, chosen.get("cursor", ""), size)


def lamps_of(rows: Iterable[Referral], now: datetime) -> dict[int, Any]:
    """Referral → the lamp of its open step. One query."""
    steps = Step.objects.filter(OPEN, subject_type=SUBJECT, subject_id__in=[row.pk for row in rows])
    return {step.subject_id: lamp_of(step, now, calendar_for(step.region)) for step in steps}


def cards(rows: Iterable[Referral], now: datetime) -> list[dict[str, Any]]:
    """Rows as the list shows them; two queries."""
    found = list(rows)
    known = names({row.region for row in found} | {township_of(row.region) for row in found})
    lamps = lamps_of(found, now)
    return [card(row, known, lamps.get(row.pk), now) for row in found]


def card(row: Referral, known: dict[int, str], lamp: Any, now: datetime) -> dict[str, Any]:
    resident = row.resident
    return {
        "name": resident.name, "url": reverse("referrals:referral", args=[row.pk]), "gender": resident.get_gender_display(), "age": age_on(resident.birth_on, timezone.localdate(now)),
        "village": known[row.region], "township": known[township_of(row.region)], "direction": row.get_direction_display(), "hospital": row.hospital,
        "department": row.department, "urgent": row.urgency == Urgency.EMERGENCY, "state": row.get_state_display(), "kind": KINDS[row.state], "lamp": lamp,
        "day": day_of(row), "impression": row.impression, "unit": row.unit,
    }  # fmt: skip


def day_of(row: Referral) -> Any:
    """The day that matters in its state."""
    days = {
        State.ACCEPTED: row.appointment_on,
        State.ARRIVED: row.admitted_on or row.arrived_on,
        State.RETURNED: row.returned_on,
        State.RECEIVED: row.returned_on,
    }
    return days.get(State(row.state)) or row.closed_on or row.sent_at


def exported(actor: Actor, chosen: dict[str, str], lane: str, most: int) -> list[dict[str, Any]]:
    """Rows of a lane as a workbook has them, in the order of the list; two queries."""
    found = list(narrowed(actor, chosen).filter(lane=lane).select_related("resident", "summary").order_by("wait_until", "id")[:most])
    known = names({row.region for row in found} | {township_of(row.region) for row in found})
    return [row_for_export(row, known) for row in found]


def row_for_export(row: Referral, known: dict[int, str]) -> dict[str, Any]:
    summary = getattr(row, "summary", None)
    return {
        "name": row.resident.name, "gender": str(row.resident.get_gender_display()), "township": known[township_of(row.region)], "village": known[row.region],
        "direction": str(row.get_direction_display()), "urgency": str(row.get_urgency_display()), "hospital": row.hospital, "department": row.department,
        "doctor": row.doctor_name, "state": str(row.get_state_display()), "reason": row.reason, "impression": row.impression, "appointment_on": row.appointment_on,
        "arrived_on": row.arrived_on, "returned_on": row.returned_on, "diagnosis": summary.diagnosis if summary else "", "visit_by": summary.visit_by if summary else None,
    }  # fmt: skip
