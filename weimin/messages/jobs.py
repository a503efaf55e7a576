"""Every minute: what is due in the outbox of the current jurisdiction goes out, one transaction each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from weimin.messages.backends import DeliveryFailed, backend_for
from weimin.messages.models import Attempt, Outbox
from weimin.messages.rules import allowed_at, retry_at
from weimin.walls.actor import Actor, system_actor
from weimin.walls.periodic import every
from weimin.walls.session import entered

BATCH = 200
DETAIL_LIMIT = 300


def deliver_due(now: datetime, batch: int = BATCH) -> dict[str, int]:
    """Delivers up to `batch` rows of the current schema: {"sent": …, "retried": …, "failed": …, "postponed": …}.

    Rows are locked with SKIP LOCKED, so that several workers share the work. A process that dies between delivery and
    commit delivers again; back ends tell the same message by its number.
    """
    actor, counts = system_actor(name="messages.deliver_due"), {"sent": 0, "retried": 0, "failed": 0, "postponed": 0}
    for _ in range(batch):
        with entered(actor):
            row = next_due(actor, now)
            if row is None:
                break
            counts[deliver(row, now)] += 1
    return counts


def next_due(actor: Actor, now: datetime) -> Outbox | None:
    due = Outbox.objects.visible_to(actor).filter(state=Outbox.State.PENDING, next_at__lte=now)
    return due.select_for_update(skip_locked=True, of=("self",)).select_related("message").order_by("next_at").first()


def deliver(row: Outbox, now: datetime) -> str:
    """One row, once; what became of it."""
    start = allowed_at(row.channel, now, urgent=row.urgent)
    if start > now:
        row.next_at = start
        row.save(update_fields=["next_at"])
        return "postponed"
    row.attempts += 1
    try:
        detail = backend_for(row.channel).deliver(row.pk, row.address, row.message.text, row.message.url, now)
    except DeliveryFailed as failure:
        return put_off(row, failure, now)
    row.state, row.sent_at = Outbox.State.SENT, now
    row.save(update_fields=["state", "sent_at", "attempts"])
    Attempt.objects.create(region=row.region, outbox=row, at=now, ok=True, detail=detail[:DETAIL_LIMIT])
    return "sent"


def put_off(row: Outbox, failure: DeliveryFailed, now: datetime) -> str:
    """Later again, or given up when it failed for good or too often."""
    again = None if failure.final else retry_at(row.attempts, now)
    if again:
        row.next_at = again
    else:
        row.state = Outbox.State.FAILED
    row.save(update_fields=["state", "next_at", "attempts"])
    Attempt.objects.create(region=row.region, outbox=row, at=now, ok=False, detail=str(failure)[:DETAIL_LIMIT])
    return "retried" if again else "failed"


@every("* * * * *", "messages.deliver_due", label=gettext_lazy("发送消息"), own_transactions=True)
def deliver_each_minute(jurisdiction: Any, now: datetime) -> None:
    deliver_due(now)
