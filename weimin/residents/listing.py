"""The list of residents: filters from the address, keyset pages, the same rows for the page and for whoever exports them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from weimin.flows.listing import in_queue_order
from weimin.regions.narrowing import place_of
from weimin.regions.queries import names
from weimin.regions.rules import range_of, township_of
from weimin.residents.models import GroupKind, Resident, ResidentStatus
from weimin.residents.queries import DELICATE, groups_of
from weimin.residents.rules_groups import BANDS, age_on, born_by
from weimin.residents.searching import search
from weimin.secrets.masking import mask
from weimin.ui.paging import LARGEST, Page, page_of
from weimin.walls.actor import Actor

FOUND = 30  # a search shows so many and no further page: whoever gets more types more
STATUSES = (ResidentStatus.LIVING, ResidentStatus.MOVED_OUT, ResidentStatus.DEAD)
ALL = "all"
SEALED = ("id_number", "phone")


def narrowed(chosen: dict[str, str], today: date, before: str = "") -> Q:
    """Status (living unless said otherwise), place and age band as conditions on a resident, or on `before`resident."""
    conditions = Q()
    status = chosen.get("status", "") or ResidentStatus.LIVING
    if status in STATUSES:
        conditions &= Q(**{f"{before}status": status})
    if (place := place_of(chosen)) is not None:
        low, high = range_of(place)
        conditions &= Q(place__gte=low, place__lte=high)
    if chosen.get("age", "") in {str(band) for band in BANDS}:
        conditions &= Q(**{f"{before}birth_on__lte": born_by(int(chosen["age"]), today)})
    return conditions


def filtered(actor: Actor, chosen: dict[str, str], today: date) -> tuple[QuerySet[Any], list[str]]:
    """(rows, their order): residents, or memberships of the group with their resident. Walk them inside `in_queue_order`."""
    within = Q(place__gte=actor.low, place__lte=actor.high)
    if chosen.get("group", "") in GroupKind.values:
        rows = groups_of(actor).filter(within, narrowed(chosen, today, "resident__"), kind=chosen["group"], until_on__isnull=True)
        return rows.select_related("resident"), ["place", "resident_id"]
    people = Resident.objects.visible_to(actor).exclude(status=ResidentStatus.MERGED)
    return people.filter(within, narrowed(chosen, today)), ["place"]


def page_for(actor: Actor, chosen: dict[str, str], today: date, size: int = 25, most: int = LARGEST, *, shut: bool = False) -> Page:
    """A page of residents. A text gives what is found, without further pages. shut: identifiers are left sealed, for whoever opens columns at once."""
    if text := chosen.get("text", "").strip():
        group = chosen.get("group", "")
        members = groups_of(actor).filter(kind=group, until_on__isnull=True).values("resident_id")
        only = narrowed(chosen, today) & (Q(pk__in=members) if group in GroupKind.values else Q())
        return Page(search(actor, text, FOUND, only), "", "")
    rows, order = filtered(actor, chosen, today)
    if shut:
        rows = rows.defer(*SEALED) if rows.model is Resident else rows.defer(*(f"resident__{name}" for name in SEALED))
    with in_queue_order():
        page = page_of(rows, order, chosen.get("cursor", ""), size, most)
    return Page([getattr(row, "resident", row) for row in page.rows], page.previous, page.next)


def lines(actor: Actor, residents: Iterable[Resident], today: date) -> list[dict[str, Any]]:
    """Residents as lists show them, identifiers masked, with their groups; two queries whatever the number."""
    people = list(residents)
    held: dict[int, list[str]] = {}
    shown = groups_of(actor).exclude(kind__in=DELICATE).filter(resident__in=people, until_on__isnull=True)
    for row in shown.order_by("pk"):
        held.setdefault(row.resident_id, []).append(str(row))
    known = names({row.region for row in people} | {township_of(row.region) for row in people})
    return [line(actor, row, held.get(row.pk, []), known, today) for row in people]


def line(actor: Actor, row: Resident, groups: list[str], known: dict[int, str], today: date) -> dict[str, Any]:
    living = row.status == ResidentStatus.LIVING
    return {
        "pk": row.pk, "name": row.name, "url": reverse("residents:resident", args=[row.pk]), "gender": row.get_gender_display(),
        "birth_on": row.birth_on, "age": age_on(row.birth_on, today) if living else None,
        "id_number": mask("id_number", row.id_number or "", actor.role), "phone": mask("phone", row.phone or "", actor.role),
        "village": known[row.region], "township": known[township_of(row.region)], "address": mask("address", row.address, actor.role),
        "relation": row.relation, "groups": "、".join(groups), "status": row.get_status_display(),  # text: data
        "tag": (row.get_status_display(), "ok" if living else "off"),
    }  # fmt: skip
