"""Today's list: who is to be seen, by urgency and place, walked by the index of what is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now

from weimin.actions.registry import get_action
from weimin.flows.listing import in_queue_order
from weimin.health.joining import DOORS
from weimin.health.models import Due, DueKind, DueState, NextFrom, Programme
from weimin.health.queries.due import colour_of, words_of, yellow_days
from weimin.health.wording import source_words
from weimin.regions.narrowing import at_place, place_of
from weimin.regions.queries import names
from weimin.residents.rules_groups import age_on
from weimin.secrets.masking import mask
from weimin.ui.paging import Page, page_of
from weimin.walls.actor import Actor

PLAIN = (NextFrom.PLAN, NextFrom.RULE)  # what everybody is owed needs no words on a list
AHEAD = 14  # what may already be done: as many days before the last day as the calendar allows


def in_place(actor: Actor, chosen: dict[str, str]) -> QuerySet[Any]:
    """What is open in the range, or in a place inside it."""
    return at_place(Due.objects.visible_to(actor).filter(state=DueState.OPEN), actor, place_of(chosen))


def due_today(actor: Actor, chosen: dict[str, str], today: date, size: int = 20) -> Page:
    """Most urgent first: what is late, what ends soon, what may already be done. Filters: lamp, kind, place, one's own."""
    rows = in_place(actor, chosen).filter(due_on__lte=today + timedelta(days=AHEAD)).select_related("record__resident")
    lamp = chosen.get("lamp", "")
    if lamp == "red":
        rows = rows.filter(due_on__lt=today)
    elif lamp == "yellow":
        rows = rows.filter(due_on__gte=today, due_on__lte=today + timedelta(days=yellow_days(today)))
    elif lamp == "green":
        rows = rows.filter(due_on__gt=today + timedelta(days=yellow_days(today)))
    if chosen.get("kind", "") in DueKind.values:
        rows = rows.filter(kind=chosen["kind"])
    if chosen.get("doctor") == "me":
        rows = rows.filter(doctor=actor.person)
    with in_queue_order():
        return page_of(rows, ["due_on", "id"], chosen.get("cursor", ""), size)


def cards(actor: Actor, rows: Iterable[Due], today: date) -> list[dict[str, Any]]:
    """Rows as the list shows them; one query for the names of places."""
    found = list(rows)
    known = names({row.region for row in found})
    return [card(actor, row, known, today) for row in found]


def door(actor: Actor, row: Due, today: date) -> dict[str, Any] | None:
    """Address and words of what is done about it, when a room above has said which action that is and the post may do it."""
    if row.kind == DueKind.REFERRAL:
        return asking(actor, row)
    if row.kind not in DOORS or row.from_on > today:
        return None
    action = get_action(DOORS[row.kind])
    address = f"{reverse('actions:act', args=[action.name, row.record_id])}?next={reverse('health:today')}"
    return {"url": address, "label": action.label} if action.allows(actor) else None


def asking(actor: Actor, row: Due) -> dict[str, Any] | None:
    """What became of somebody sent to the hospital is written down where the care, or the referral, stands on the page of the record."""
    if not get_action("health.screen").allows(actor):
        return None
    part = "care" if row.programmes else "referrals"
    return {"url": f"{reverse('health:record', args=[row.record_id])}#{part}", "label": _now("登记结果")}


def card(actor: Actor, row: Due, known: dict[int, str], today: date) -> dict[str, Any]:
    resident, words = row.record.resident, dict(Programme.choices)
    address = reverse("health:record", args=[row.record_id])
    visits = row.kind == DueKind.VISIT and row.from_on <= today
    return {
        "name": resident.name, "url": address, "gender": resident.get_gender_display(), "age": age_on(resident.birth_on, today), "village": known[row.region],
        "address": mask("address", resident.address, actor.role), "kind": row.get_kind_display(), "urgent": row.urgent,
        "programmes": "、".join(str(words.get(one, one)) for one in row.programmes), "due_on": row.due_on, "from_on": row.from_on,  # text: data
        "lamp": {"colour": colour_of(row.due_on, today), "words": words_of(row.due_on, today)},
        "visit": f"{reverse('actions:act', args=['health.record_visit', row.record_id])}?next={reverse('health:today')}" if visits else "",
        "door": door(actor, row, today), "reason": row.reason, "whence": source_words(row.source, row.due_on) if row.source not in PLAIN else "",
    }  # fmt: skip
