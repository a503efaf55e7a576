"""A standard held against what a site has: there, missing, or served by a shared room (N8). Pure: no query, clock or request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from weimin.buildout.plan.schema import Equipment, Fitting, Room, Standard

THERE, SHARED, MISSING = "there", "shared", "missing"
TEAM = "serving_team"  # the sixth 一: people and not a thing, so the people who serve answer it


@dataclass(frozen=True)
class Held:
    """Something a site has of a kind, in a room ("" = in none); broken things do not count."""

    kind: str
    quantity: int = 1
    room: str = ""
    working: bool = True


@dataclass(frozen=True)
class RealRoom:
    """A room as it is: its name, everything it is used as, what hangs on its walls."""

    name: str
    uses: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()

    @property
    def words(self) -> set[str]:
        return {self.name, *self.uses}


@dataclass(frozen=True)
class Having:
    """A site as the comparison sees it; `people` is how many serve there, `area` in square metres."""

    rooms: Sequence[RealRoom] = ()
    equipment: Sequence[Held] = ()
    signs: Sequence[str] = ()
    people: int = 0
    area: float | None = None


@dataclass(frozen=True)
class FitLine:
    """One room or fitting of the standard. `where` names what serves it; the lists say what that still lacks."""

    key: str
    label: str
    kind: str
    state: str
    where: str = ""
    equipment: list[str] = field(default_factory=list)
    boards: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return self.state != MISSING and not self.equipment and not self.boards


def compare(standard: Standard, having: Having) -> list[FitLine]:
    """Every basic and further room, then every fitting, in the order of the standard."""
    sharing = standard.sharing is None or standard.sharing.allowed
    lines = [room_line(room, standard.rooms, having, sharing) for room in standard.rooms]
    return lines + [fitting_line(fitting, having) for fitting in [*standard.fittings, *standard.unified]]


def names_of(room: Room) -> set[str]:
    return {room.label, *room.also}


def serving_room(room: Room, having: Having) -> RealRoom | None:
    """The real room of that name, else the first one used as it."""
    named = next((real for real in having.rooms if real.name in names_of(room)), None)
    return named or next((real for real in having.rooms if real.words & names_of(room)), None)


def room_line(room: Room, every: Sequence[Room], having: Having, sharing: bool) -> FitLine:
    real = serving_room(room, having)
    if real is None:
        return FitLine(room.key, room.label, room.kind, MISSING, "", needed(room.equipment), [*room.boards])
    served = [other for other in every if serving_room(other, having) == real]
    own = real.name in names_of(room) or served == [room]
    if len(served) > 1 and not sharing and not own:
        return FitLine(room.key, room.label, room.kind, MISSING, real.name, needed(room.equipment), [*room.boards])
    lacking = missing_equipment(room.equipment, having.equipment, real.name)
    boards = [board for board in room.boards if board not in real.boards]
    return FitLine(room.key, room.label, room.kind, THERE if own else SHARED, real.name, lacking, boards)


def fitting_line(fitting: Fitting, having: Having) -> FitLine:
    if fitting.key == TEAM:
        found = having.people
    else:
        found = sum(sign == fitting.label for sign in having.signs) + sum(fitting.label in room.words for room in having.rooms)
        found += sum(held.quantity for held in having.equipment if held.kind == fitting.label and held.working)
    state = THERE if found >= fitting.count else MISSING
    return FitLine(fitting.key, fitting.label, "fitting", state, "", missing_equipment(fitting.equipment, having.equipment, None))


def needed(wanted: Iterable[Equipment]) -> list[str]:
    return [item.name for item in wanted if item.required]


def missing_equipment(wanted: Iterable[Equipment], held: Iterable[Held], room: str | None) -> list[str]:
    """Required things that are not there in the standard's number; `room`: those in the room or in none count, None: all count."""
    lacking = []
    for item in wanted:
        near = sum(row.quantity for row in held if row.kind == item.name and row.working and (room is None or row.room in (room, "")))
        if item.required and near < (item.quantity or 1):
            lacking.append(item.name)
    return lacking


@dataclass(frozen=True)
class FitScore:
    """Marks that an inspection gave to the items of the standard: `points` of `weight`."""

    points: float
    weight: int

    @property
    def percent(self) -> float:
        return round(self.points * 100 / self.weight, 1) if self.weight else 0.0


def fit_score(items: Iterable[dict[str, object]], standard_items: dict[str, str | None]) -> FitScore | None:
    """The score of the checklist lines that look at a room or fitting; None when no line does."""
    counted = [item for item in items if standard_items.get(str(item["key"])) and item.get("score") is not None]
    if not counted:
        return None
    return FitScore(sum(float(str(item["score"])) for item in counted), sum(int(str(item["weight"])) for item in counted))
