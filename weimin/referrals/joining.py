"""What this room adds to a health record: a card, days on the time line, stays in hospital."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.health.joining import happening, section, stays
from weimin.health.models import HealthRecord
from weimin.referrals.models import OVER
from weimin.referrals.queries.listing import KINDS
from weimin.referrals.queries.one import happenings, of_record
from weimin.referrals.rules import followed_in_time, stay_of
from weimin.ui.components.status import Event
from weimin.walls.actor import Actor


def card(actor: Actor, record: HealthRecord, today: date) -> dict[str, Any] | None:
    """`referrals/_record.html`: the referrals that are open and the latest that ended, and the button to refer."""
    rows = of_record(actor, record)
    record.resident.file = record  # type: ignore[attr-defined]  # what the button asks about
    shown = [row for row in rows if row.state not in OVER] or rows[:1]
    lines = [{"row": row, "kind": KINDS[row.state], "late": followed_in_time(row.follow_by, row.followed_on, today) is False} for row in shown]
    return {"resident": record.resident, "lines": lines}


def events(actor: Actor, record: HealthRecord) -> list[Event]:
    return [event for row in of_record(actor, record) for event in happenings(row)]


def stays_of(actor: Actor, record: HealthRecord) -> list[tuple[date, date | None]]:
    """From the arrival, or the admission, to the return or the end."""
    found = (stay_of(row.arrived_on, row.admitted_on, row.returned_on, row.closed_on) for row in of_record(actor, record))
    return [stay for stay in found if stay is not None]


def register() -> None:
    """Called once by AppConfig.ready()."""
    section("referrals", template="referrals/_record.html", build=card, order=30)
    happening("referrals", events)
    stays("referrals", stays_of)
