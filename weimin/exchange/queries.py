"""Every read of exchanges; each starts at what the actor may see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from weimin.exchange.models import Exchange, ExchangeState, FormerNumber
from weimin.health.models import HealthRecord
from weimin.walls.actor import Actor
from weimin.walls.questions import Question

SHOWN = 5
EVER = 200  # more exchanges than a record ever has

EXCHANGES = Question(Exchange, lambda rows, record: rows.filter(record=record).defer("content").order_by("-at", "-pk")[:EVER])
FORMER = Question(FormerNumber, lambda rows, record: rows.filter(record=record).order_by("pk"))
TAGS = {ExchangeState.MADE: "ok", ExchangeState.WAITING: "warn", ExchangeState.APPLIED: "ok", ExchangeState.DROPPED: "off"}


def list_exchanges(actor: Actor) -> QuerySet[Exchange]:
    return Exchange.objects.visible_to(actor).defer("content").select_related("record__resident")


def get_exchange(actor: Actor, pk: int) -> Exchange:
    """Exchange.DoesNotExist when hidden or missing."""
    return Exchange.objects.visible_to(actor).select_related("record__resident").get(pk=pk)


def exchanges_of(actor: Actor, record: HealthRecord) -> list[Exchange]:
    """Those of one record, the latest first."""
    return EXCHANGES(actor, record.pk)


def latest_export(actor: Actor, record: int) -> Exchange | None:
    """What this person exported of a record last and is kept still."""
    rows = Exchange.objects.visible_to(actor).filter(record=record, way="out", person=actor.person or 0, content__isnull=False)
    return rows.order_by("-at", "-pk").first()


def former_numbers(actor: Actor, record: HealthRecord) -> list[FormerNumber]:
    return FORMER(actor, record.pk)


def line(row: Exchange) -> dict[str, Any]:
    """One exchange as lists show it."""
    name = row.record.resident.name if row.record_id and row.record else ""
    return {
        "name": name or row.institution or "—", "url": reverse("exchange:exchange", args=[row.pk]), "way": row.get_way_display(), "at": row.at,
        "person": row.person_name, "institution": row.institution if name else "", "release": row.get_release_display(), "tag": (row.get_state_display(), TAGS[ExchangeState(row.state)]),
    }  # fmt: skip
