"""Every minute: what is due for the webhooks of the current jurisdiction goes out; every night what is long past is forgotten."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from weimin.api.models import Delivery, DeliveryAttempt
from weimin.messages.backends import DeliveryFailed, signature
from weimin.messages.posting import SECONDS, post
from weimin.messages.rules import retry_at
from weimin.walls.actor import Actor, system_actor
from weimin.walls.periodic import every
from weimin.walls.session import entered

BATCH = 500
DETAIL_LIMIT = 300
LEASE = timedelta(seconds=6 * SECONDS)  # a process that dies while it calls: the event goes out again after this
ROUND = LEASE.total_seconds() - 2 * SECONDS  # what signs with the time of the round and leans on its lease must end with it
KEPT = timedelta(days=90)
Post = Callable[..., str]


def headers_of(row: Delivery, body: bytes, now: datetime) -> dict[str, str]:
    """What the receiver checks: the signature is over the time, a dot and the body, so that an old call cannot be sent again."""
    moment = str(int(now.timestamp()))
    signed = moment.encode() + b"." + body
    signatures = [f"hmac-{algorithm}={signature(signed, row.webhook.secret, algorithm)}" for algorithm in ("sha256", "sm3")]
    return {
        "Content-Type": "application/json", "User-Agent": "Weimin", "X-Weimin-Event": row.action, "X-Weimin-Delivery": row.event,
        "X-Weimin-Timestamp": moment, "X-Weimin-Signature": ", ".join(signatures),
    }  # fmt: skip


def deliver_due(now: datetime, batch: int = BATCH, send: Post = post) -> dict[str, int]:
    """Delivers up to `batch` events of the current schema: {"sent": …, "retried": …, "failed": …}.

    A row is claimed in one transaction and written down in another; nothing is locked while the other side takes its time.
    A receiver that failed is left alone for the rest of the round, so that it cannot hold up the others; slow ones end it early.
    """
    started = time.monotonic()
    actor, counts, failing = system_actor(name="api.deliver_due"), {"sent": 0, "retried": 0, "failed": 0}, set[int]()
    for _ in range(batch):
        if time.monotonic() - started > ROUND:
            break
        with entered(actor):
            row = claim(actor, failing, now)
        if row is None:
            break
        outcome = deliver(actor, row, now, send)
        counts[outcome] += 1
        if outcome != "sent":
            failing.add(row.webhook.pk)
    return counts


def claim(actor: Actor, failing: set[int], now: datetime) -> Delivery | None:
    """The next event that is due, put off by the lease so that no other process takes it."""
    due = Delivery.objects.visible_to(actor).filter(state=Delivery.State.PENDING, next_at__lte=now, webhook__paused_at=None)
    free = due.exclude(webhook__in=failing).select_for_update(skip_locked=True, of=("self",)).select_related("webhook")
    row = free.order_by("next_at", "pk").first()
    if row is not None:
        row.attempts, row.next_at = row.attempts + 1, now + LEASE
        row.save(update_fields=["attempts", "next_at"])
    return row


def deliver(actor: Actor, row: Delivery, now: datetime, send: Post) -> str:
    """One call, once; what became of it."""
    body = json.dumps(row.body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    try:
        detail, ok, final = send(row.webhook.url, body, headers_of(row, body, now)), True, False
    except DeliveryFailed as failure:
        detail, ok, final = str(failure), False, failure.final
    again = None if ok or final else retry_at(row.attempts, now)
    row.state = Delivery.State.SENT if ok else Delivery.State.PENDING if again else Delivery.State.FAILED
    row.sent_at, row.next_at = now if ok else None, again or row.next_at
    with entered(actor):
        row.save(update_fields=["state", "sent_at", "next_at"])
        DeliveryAttempt.objects.create(region=row.region, delivery=row, at=now, ok=ok, detail=detail[:DETAIL_LIMIT])
    return "sent" if ok else "retried" if again else "failed"


@every("* * * * *", "api.deliver_due", label=gettext_lazy("发送事件通知"), own_transactions=True)
def deliver_each_minute(jurisdiction: Any, now: datetime) -> None:
    deliver_due(now)


@every("40 2 * * *", "api.forget_deliveries", label=gettext_lazy("清理旧的事件通知"))
def forget_deliveries(jurisdiction: Any, now: datetime) -> None:
    """Sent and given-up events go after 90 days; what was done stays on the trail."""
    old = Delivery.objects.visible_to(system_actor()).filter(created_at__lt=now - KEPT)
    old.exclude(state=Delivery.State.PENDING).delete()
