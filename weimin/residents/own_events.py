"""What life events touch inside this room; the actions do it, so that nothing is left to apply here."""

from __future__ import annotations

from datetime import date, datetime

from weimin.residents.consequences import (
    death_touches,
    divorce_touches,
    group_touches,
    home_touches,
    join_touches,
    marriage_touches,
    move_touches,
    split_touches,
)
from weimin.residents.life_events import on_life_event
from weimin.residents.models import Resident
from weimin.walls.actor import Actor


def nothing_more(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    return []


PREVIEWS = {
    "death": death_touches, "move_out": move_touches, "move_home": home_touches, "marriage": marriage_touches, "divorce": divorce_touches,
    "split": split_touches, "joined": join_touches, "group": group_touches,
}  # fmt: skip
for kind, preview in PREVIEWS.items():
    on_life_event(kind, preview=preview, apply=nothing_more)
