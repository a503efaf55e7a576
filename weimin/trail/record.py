"""The two ways a row gets on the trail: an action was done, or something sensitive was looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from weimin.trail.models import Entry
from weimin.walls.actor import Actor


def record(
    actor: Actor, action: str, *, subject_type: str, subject_id: int | None, region: int, now: datetime,
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None, reason: str = "",
) -> None:  # fmt: skip
    """Adds one entry inside the caller's transaction."""
    Entry.objects.create(
        at=now, person=actor.person, person_name=actor.name, post=actor.post, role=actor.role, ip=actor.ip, channel=actor.channel,
        action=action, subject_type=subject_type, subject_id=subject_id, region=region, before=before or {}, after=after or {}, reason=reason,
    )  # fmt: skip


def record_view(actor: Actor, *, subject_type: str, subject_id: int, region: int, reason: str, now: datetime) -> None:
    """Notes that somebody saw a full value; `reason` is what they gave."""
    record(actor, "trail.view", subject_type=subject_type, subject_id=subject_id, region=region, now=now, reason=reason)
