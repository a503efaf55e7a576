"""What life events touch inside this room; the actions do it, so that nothing is left to apply here."""

from __future__ import annotations

from datetime import date, datetime

from weimin.residents.consequences import death_touches, move_touches
from weimin.residents.life_events import on_life_event
from weimin.residents.models import Resident
from weimin.walls.actor import Actor


def nothing_more(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    return []


on_life_event("death", preview=death_touches, apply=nothing_more)
on_life_event("move_out", preview=move_touches, apply=nothing_more)
