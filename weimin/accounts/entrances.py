"""Ways to know who sends a request besides the session. A higher room registers one in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from weimin.accounts.models import Person
from weimin.accounts.queries import Seat
from weimin.walls.actor import Actor
from weimin.walls.request import Request


@dataclass(frozen=True)
class Caller:
    """Who came in by an entrance; without an actor: nobody, and the session is not asked either."""

    person: Person | None = None
    seats: list[Seat] = field(default_factory=list)
    actor: Actor | None = None


Entrance = Callable[[Request], "Caller | None"]
ENTRANCES: list[Entrance] = []


def entrance(way: Entrance) -> Entrance:
    """Registers `way(request)`: the caller, or None when the request is not for this entrance."""
    ENTRANCES.append(way)
    return way
