"""What this room adds to a health record: a card, days on the time line, stays in hospital."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from weimin.health.joining import grounds_of, happening, section, stays
from weimin.health.models import HealthRecord
from weimin.health.wording import sentences
from weimin.referrals.limits import days as days_of
from weimin.referrals.models import OVER, Referral
from weimin.referrals.queries.listing import KINDS
from weimin.referrals.queries.one import happenings, of_record
from weimin.referrals.rules import followed_in_time, refers, stay_of
from weimin.ui.components.status import Event
from weimin.walls.actor import Actor


def card(actor: Actor, record: HealthRecord, today: date) -> dict[str, Any] | None:
    """`referrals/_record.html`: the referrals that are open and the latest that ended, and the button to refer."""
    rows = of_record(actor, record)
    record.resident.file = record  # type: ignore[attr-defined]  # what the button asks about
    shown = [row for row in rows if row.state not in OVER] or rows[:1]
    lines = [{"row": row, "kind": KINDS[row.state], "late": followed_in_time(row.follow_by, row.followed_on, today) is False} for row in shown]
    return {"resident": record.resident, "lines": lines, "wanted": wanted(actor, record, rows, today)}


def wanted(actor: Actor, record: HealthRecord, rows: list[Referral], today: date) -> dict[str, Any] | None:
    """Why somebody ought to be referred and has not been since: the latest visit said so, or an examination found what cannot wait."""
    visit = getattr(record, "last_visit", None)
    asked = [one for one in visit.said if refers(one.emergency, one.refer, one.on, today, days_of("fresh_visit", today))] if visit else []
    found = [one for one in grounds_of(actor, record) if one.emergency]
    days = [*(one.on for one in asked), *(one.on for one in found)]
    if not days or any(timezone.localdate(row.sent_at) >= max(days) for row in rows):
        return None
    reasons = [*(one.reason for one in found), *(words for one in asked for words in sentences(one.reasons))]
    return {"emergency": bool(found) or any(one.emergency for one in asked), "reasons": list(dict.fromkeys(reasons))}


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
