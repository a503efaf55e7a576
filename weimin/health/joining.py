"""What rooms above this one add to a record: sections of its page, happenings on its time line, stays in hospital, forms to print, doors of today's list.

They register in `AppConfig.ready()`; nothing here knows who they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from weimin.health.models import HealthRecord
from weimin.papers.content import Block
from weimin.ui.components.status import Event
from weimin.walls.actor import Actor

Read = TypeVar("Read")
Building = Callable[[Actor, HealthRecord, date], "dict[str, Any] | None"]
Happening = Callable[[Actor, HealthRecord], list[Event]]
Staying = Callable[[Actor, HealthRecord], "list[tuple[date, date | None]]"]  # first and last day; None = still there


@dataclass(frozen=True)
class Section:
    """A card on the page of a record: `template` is a fragment shown with what `build` gives; None = nothing to show."""

    name: str
    template: str
    build: Building
    order: int


@dataclass(frozen=True)
class Printed:
    """Whose form is printed: `facts` are those of the register, masked for the post unless a reason was given (`full`).

    visits: those that stand, the oldest first, each with `said`: its outcomes.
    """

    actor: Actor
    record: HealthRecord
    facts: dict[str, str]
    visits: list[Any]
    full: bool = False


@dataclass(frozen=True)
class Form:
    """A form of the standard. `build` gives the blocks of its paper; for None the empty form, to be filled in by hand.

    An empty tuple = nothing to print for this person.
    """

    name: str
    label: Any
    build: Callable[[Printed | None], tuple[Block, ...]]
    order: int


@dataclass(frozen=True)
class Ground:
    """Why somebody ought to be referred, as a room above found it: `reason` is a sentence, `found` the values, a line of the history of the illness."""

    on: date
    reason: str
    found: str
    emergency: bool


FORMS: dict[str, Form] = {}
CARRIED: list[Any] = []
"""Models of rooms above with `record` and `region`, whose rows go where the record goes."""
DOORS: dict[str, str] = {}
"""Kind of `Due` → the action, done on the record, to which today's list leads in one tap."""
SECTIONS: dict[str, Section] = {}
HAPPENINGS: dict[str, Happening] = {}
STAYS: dict[str, Staying] = {}


GROUNDS: dict[str, Callable[[Actor, HealthRecord], list[Ground]]] = {}


def grounds(name: str, found: Callable[[Actor, HealthRecord], list[Ground]]) -> None:
    """What a referral begins with besides the latest visit; asked in Chinese, for it goes to the hospital."""
    GROUNDS[name] = found


def grounds_of(actor: Actor, record: HealthRecord) -> list[Ground]:
    """The serious ones first."""
    return sorted((one for found in GROUNDS.values() for one in found(actor, record)), key=lambda one: not one.emergency)


def once(record: HealthRecord, name: str, read: Callable[[], Read]) -> Read:
    """What several parts of a record's page ask for, read once for this row of this request."""
    kept: dict[str, Any] = record.__dict__.setdefault("_read_once", {})
    if name not in kept:
        kept[name] = read()
    found: Read = kept[name]
    return found


def section(name: str, *, template: str, build: Building, order: int = 50) -> None:
    SECTIONS[name] = Section(name, template, build, order)


def happening(name: str, found: Happening) -> None:
    HAPPENINGS[name] = found


def stays(name: str, found: Staying) -> None:
    STAYS[name] = found


ANSWERING: list[Callable[[Iterable[int]], dict[int, int]]] = []
"""Villages → the site of the institution that answers for each, as a room above decided it; asked before places are looked at."""


def answering(found: Callable[[Iterable[int]], dict[int, int]]) -> None:
    if found not in ANSWERING:
        ANSWERING.append(found)


def carried(model: Any) -> None:
    if model not in CARRIED:
        CARRIED.append(model)


def door(kind: str, action: str) -> None:
    DOORS[kind] = action


def form(name: str, *, label: Any, build: Callable[[Printed | None], tuple[Block, ...]], order: int = 50) -> None:
    FORMS[name] = Form(name, label, build, order)


def forms() -> list[Form]:
    return sorted(FORMS.values(), key=lambda one: (one.order, one.name))


def sections_of(actor: Actor, record: HealthRecord, today: date) -> list[dict[str, Any]]:
    """`template` and `data` of each section that has something to show, in order."""
    built = [(one.template, one.build(actor, record, today)) for one in sorted(SECTIONS.values(), key=lambda one: (one.order, one.name))]
    return [{"template": template, "data": data} for template, data in built if data is not None]


def happenings_of(actor: Actor, record: HealthRecord) -> list[Event]:
    return [event for found in HAPPENINGS.values() for event in found(actor, record)]


def stays_of(actor: Actor, record: HealthRecord) -> list[tuple[date, date | None]]:
    return [stay for found in STAYS.values() for stay in found(actor, record)]
