"""From an action that was done to the webhooks that want to hear of it, in the same transaction (scale.md, rule 9)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django_tenants.utils import get_public_schema_name

from weimin.actions.models import Receipt
from weimin.api.models import Delivery, Webhook
from weimin.api.scopes import ALL_OF_A_ROOM, room_of
from weimin.regions.rules import range_of
from weimin.walls.actor import Actor
from weimin.walls.prepared import prepared
from weimin.walls.tenancy import here, tenancy

LISTENING = f"SELECT id, region, events FROM {Webhook._meta.db_table} WHERE paused_at IS NULL"


def wants(events: Iterable[str], action: str) -> bool:
    """Whether a list of events names the action or its whole room."""
    return bool({action, room_of(action) + ALL_OF_A_ROOM} & set(events))


def covers(place: int, region: int) -> bool:
    low, high = range_of(place)
    return low <= region <= high


def body_of(receipt: Receipt, event: str, now: datetime) -> dict[str, Any]:
    """What the receiver reads: numbers and names of things, nothing of a person. Details are read with a token."""
    subject = {"type": receipt.subject_type, "id": receipt.subject_id}
    return {
        "id": event, "event": receipt.action, "at": now.isoformat(), "jurisdiction": here().code, "region": receipt.region,
        "subject": subject, "receipt": receipt.pk,
    }  # fmt: skip


def listening() -> list[tuple[int, int, list[str]]]:
    """Number, place and events of every webhook that is not paused. By hand: asked with every action, and mostly there is none."""
    with prepared() as cursor:
        cursor.execute(LISTENING)
        rows = cursor.fetchall()
    return [(number, place, json.loads(events) if isinstance(events, str) else events) for number, place, events in rows]


def note(actor: Actor, receipt: Receipt, now: datetime) -> None:
    """Puts the event into the outbox of every webhook that wants it; one query when there is none.

    The level above the jurisdictions has no webhooks.
    """
    if tenancy.schema_name == get_public_schema_name():
        return
    wanted = [number for number, place, events in listening() if covers(place, receipt.region or 0) and wants(events, receipt.action)]
    if not wanted:
        return
    event = uuid.uuid4().hex
    facts: dict[str, Any] = {"region": receipt.region, "event": event, "action": receipt.action, "next_at": now, "created_at": now}
    Delivery.objects.bulk_create(Delivery(webhook_id=number, body=body_of(receipt, event, now), **facts) for number in wanted)
