"""The two ways a row gets on the trail: an action was done, or something sensitive was looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from weimin.trail.models import Entry
from weimin.walls.actor import Actor
from weimin.walls.prepared import prepared

# By hand: every write of the house passes here, and building the statement anew took longer than the database needs for it.
ADD = f"""INSERT INTO {Entry._meta.db_table}
(at, person, person_name, post, role, ip, channel, action, subject_type, subject_id, region, before, after, reason)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


def record(
    actor: Actor, action: str, *, subject_type: str, subject_id: int | None, region: int, now: datetime,
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None, reason: str = "",
) -> None:  # fmt: skip
    """Adds one entry inside the caller's transaction."""
    values: list[Any] = [
        now, actor.person, str(actor.name), actor.post, actor.role, actor.ip, actor.channel,
        action, subject_type, subject_id, region, Jsonb(before or {}), Jsonb(after or {}), str(reason),
    ]  # fmt: skip
    with prepared() as cursor:
        cursor.execute(ADD, values)


def record_view(actor: Actor, *, subject_type: str, subject_id: int, region: int, reason: str, now: datetime) -> None:
    """Notes that somebody saw a full value; `reason` is what they gave."""
    record(actor, "trail.view", subject_type=subject_type, subject_id=subject_id, region=region, now=now, reason=reason)
