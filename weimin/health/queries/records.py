"""One record, the record of a resident, lists of records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now

from weimin.flows.listing import in_queue_order
from weimin.health.models import Care, CareState, HealthRecord, Programme, RecordMerge, RecordState
from weimin.health.rules_number import asked_number
from weimin.regions.narrowing import place_of
from weimin.regions.queries import names
from weimin.regions.rules import range_of, township_of
from weimin.residents.models import Resident
from weimin.residents.searching import search
from weimin.ui.paging import Page, page_of
from weimin.walls.actor import Actor
from weimin.walls.questions import Question

FOUND = 100  # a search shows so many and no further page

RECORD = Question(HealthRecord, lambda rows, pk: rows.filter(pk=pk).select_related("resident"))
MERGES = Question(
    RecordMerge,
    lambda rows, record, same: rows.filter(Q(into=record) | Q(record=same), undone_at=None, into__isnull=False).select_related("record", "into").order_by("pk"),
)


def get_record(actor: Actor, pk: int) -> HealthRecord:
    """HealthRecord.DoesNotExist when hidden or missing."""
    found = RECORD(actor, pk)
    if not found:
        raise HealthRecord.DoesNotExist
    return found[0]


def record_of(actor: Actor, resident: Resident) -> HealthRecord | None:
    return HealthRecord.objects.visible_to(actor).filter(resident=resident).first()


def merges_of(actor: Actor, record: HealthRecord) -> list[tuple[HealthRecord, bool]]:
    """(the other record, whether this one went into it) for records of one person that were brought together."""
    rows = MERGES(actor, record.pk, record.pk)
    return [(row.into, True) if row.record_id == record.pk else (row.record, False) for row in rows]  # type: ignore[misc]


def within(actor: Actor, chosen: dict[str, str]) -> Q:
    """The range, or a place inside it, by the copy of the region that the indexes hold."""
    low, high = actor.low, actor.high
    if (place := place_of(chosen)) is not None:
        low, high = max(low, range_of(place)[0]), min(high, range_of(place)[1])
    return Q(place=low) if low == high else Q(place__gte=low, place__lte=high)


def narrowed(actor: Actor, chosen: dict[str, str], before: str = "") -> Q:
    """Doctor and state as conditions on a record, or on `before`record."""
    conditions = Q()
    state = chosen.get("state") or RecordState.ACTIVE
    if state in RecordState.values:
        conditions &= Q(**{f"{before}state": state})
    if chosen.get("doctor") == "me":
        conditions &= Q(**{f"{before}doctor": actor.person})
    return conditions


def list_records(actor: Actor, chosen: dict[str, str], size: int = 25) -> Page:
    """A page by keyset. A text gives the records of the residents it names, without further pages; a programme is walked by its own index."""
    programme = chosen.get("programme", "")
    if text := chosen.get("text", "").strip():
        if found := numbered(actor, text):
            return Page(found, "", "")
        people = search(actor, text, FOUND)
        rows = HealthRecord.objects.visible_to(actor).filter(narrowed(actor, chosen), within(actor, chosen), resident__in=people).select_related("resident")
        if programme in Programme.values:
            rows = rows.filter(pk__in=under_care(actor, programme).values("record_id"))
        return Page(list(rows.order_by("pk")), "", "")
    if programme in Programme.values:
        cares = under_care(actor, programme).filter(within(actor, chosen), narrowed(actor, chosen, "record__"))
        with in_queue_order():
            page = page_of(cares.select_related("record__resident"), ["place"], chosen.get("cursor", ""), size)
        return Page([care.record for care in page.rows], page.previous, page.next)
    rows = HealthRecord.objects.visible_to(actor).filter(within(actor, chosen), narrowed(actor, chosen)).select_related("resident")
    with in_queue_order():
        return page_of(rows, ["place"], chosen.get("cursor", ""), size)


def numbered(actor: Actor, text: str) -> list[HealthRecord]:
    """The record with the number that was typed, in whatever state."""
    number = asked_number(text, actor.low, actor.high)
    return list(HealthRecord.objects.visible_to(actor).filter(number=number).select_related("resident")) if number else []


def under_care(actor: Actor, programme: str) -> QuerySet[Any]:
    return Care.objects.visible_to(actor).filter(programme=programme).exclude(state=CareState.ENDED)


def lines(actor: Actor, records: Iterable[HealthRecord]) -> list[dict[str, Any]]:
    """Records as lists show them with what they are under care for; two queries whatever the number."""
    rows = list(records)
    held: dict[int, list[str]] = {}
    for care in Care.objects.visible_to(actor).filter(record__in=rows).exclude(state=CareState.ENDED).order_by("pk"):
        held.setdefault(care.record_id, []).append(str(care.get_programme_display()))
    known = names({row.region for row in rows} | {township_of(row.region) for row in rows})
    return [line(row, held.get(row.pk, []), known) for row in rows]


def line(row: HealthRecord, cares: list[str], known: dict[int, str]) -> dict[str, Any]:
    active = row.state == RecordState.ACTIVE
    return {
        "name": row.resident.name, "url": reverse("health:record", args=[row.pk]), "number": row.number, "gender": row.resident.get_gender_display(),
        "birth_on": row.resident.birth_on, "village": known[row.region], "township": known[township_of(row.region)], "cares": "、".join(cares),  # text: data
        "opened_on": row.opened_on, "touched_on": row.touched_on,
        "tag": (_now("活动档案") if active else row.get_inactive_reason_display(), "ok" if active else "off"),
    }  # fmt: skip
