"""Who belongs to a yearly plan and who comes to which batch. Pure (A-18, A-35, A-43)."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from weimin.regions.rules import range_of

ELDERLY = "elderly"


def groups_of(age: int, programmes: Collection[str], wanted: Collection[str], from_age: int) -> list[str]:
    """The groups of a plan that somebody belongs to; the elderly by age, the others by what they are under care for."""
    found = [one for one in wanted if one != ELDERLY and one in programmes]
    return [ELDERLY, *found] if ELDERLY in wanted and age >= from_age else found


@dataclass(frozen=True)
class Place:
    """A batch: its number, day, the place it is held for (a village, or a township for all of its villages) and the seats that are free."""

    number: int
    on: date
    region: int
    free: int


def distribute(people: Iterable[tuple[int, int]], places: Iterable[Place]) -> dict[int, int]:
    """(person, village) → batch. A batch of the own village comes before one of the township, the earlier day first; nobody is
    put where no seat is free. People keep their order, so that households listed together go together."""
    offered = list(places)
    free = {one.number: one.free for one in offered}
    by_village: dict[int, deque[Place]] = {}
    found: dict[int, int] = {}
    for person, village in people:
        if village not in by_village:
            by_village[village] = deque(sorted((one for one in offered if holds(one, village)), key=lambda one: (one.region != village, one.on, one.number)))
        queue = by_village[village]
        while queue and free[queue[0].number] <= 0:
            queue.popleft()
        if queue:
            found[person] = queue[0].number
            free[queue[0].number] -= 1
    return found


def holds(place: Place, village: int) -> bool:
    low, high = range_of(place.region)
    return low <= village <= high
