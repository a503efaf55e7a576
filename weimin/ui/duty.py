"""The registry of who sits where today. Rooms with a roster register in `AppConfig.ready()`; the workbench asks them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from weimin.ui.navigation import Who, Words

SHOWN = 8


@dataclass(frozen=True)
class OnDuty:
    """One place and the person there: `place` ("2 号窗口"), `who`, `detail` ("上午"), `url` of the roster or the place."""

    place: str
    who: str
    detail: str = ""
    url: str = ""


Roster = Callable[[Any, date], list[OnDuty]]  # the actor: a class of a room on the same floor
_rosters: dict[str, tuple[Words, int, Roster]] = {}


def roster(name: str, *, label: Words, order: int = 100) -> Callable[[Roster], Roster]:
    """Decorator of `(actor, day) -> [OnDuty]`: at most one query, begun at `visible_to(actor)`. `label` heads its group."""

    def keep(function: Roster) -> Roster:
        _rosters[name] = (label, order, function)
        return function

    return keep


def duties_of(actor: Who, day: date) -> list[tuple[Words, list[OnDuty]]]:
    """(label, lines) of each roster that has somebody on that day, at most SHOWN lines each."""
    groups = []
    for label, _order, function in sorted(_rosters.values(), key=lambda kept: (kept[1], str(kept[0]))):
        if lines := function(actor, day)[:SHOWN]:
            groups.append((label, lines))
    return groups
