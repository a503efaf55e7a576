"""What rooms show on the public page of a township or village: its station being built, its clinic, what is on there.

Everybody reads that page without sign-in. A part is filled as a visitor who has no purpose, so that the second wall itself keeps
residents, cases and health out of it; it names nobody but those who serve, needs a fixed number of questions, and says in its
registration what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from weimin.regions.rules import Level, level, range_of, township_of
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class PublicPlace:
    """A township or village as its public page is about it; `name` is what it is called today."""

    code: int
    name: str

    @property
    def is_village(self) -> bool:
        return level(self.code) == Level.VILLAGE

    @property
    def township(self) -> int:
        """The township it is or lies in."""
        return township_of(self.code)

    @property
    def low(self) -> int:
        return range_of(self.code)[0]

    @property
    def high(self) -> int:
        return range_of(self.code)[1]


Fill = Callable[[Actor, PublicPlace, datetime], dict[str, Any] | None]


@dataclass(frozen=True)
class Part:
    """A fragment of the page with its context."""

    template: str
    context: dict[str, Any]


_fillers: list[tuple[int, str, Fill]] = []


def public_part(template: str, *, order: int) -> Callable[[Fill], Fill]:
    """Decorator of `(visitor, place, now) -> context of the fragment (as `part`), or None` to leave it out."""

    def keep(fill: Fill) -> Fill:
        _fillers.append((order, template, fill))
        return fill

    return keep


def public_parts_of(who: Actor, place: PublicPlace, now: datetime) -> list[Part]:
    filled = [(template, fill(who, place, now)) for _order, template, fill in sorted(_fillers, key=lambda kept: kept[:2])]
    return [Part(template, context) for template, context in filled if context is not None]
