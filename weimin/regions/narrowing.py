"""A list narrowed to a place that the address names. Odd values count as not chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import QuerySet

from weimin.regions.rules import Level, level, range_of
from weimin.walls.actor import Actor

Rows = TypeVar("Rows", bound=QuerySet[Any])
LOWEST = "11"  # the first two digits of the first province


def typed_code(text: str) -> int | None:
    """The twelve digits that somebody typed, as a code; None for anything else."""
    return int(text) if len(text) == 12 and text.isascii() and text.isdigit() and text[:2] >= LOWEST else None


def place_of(chosen: Mapping[str, str]) -> int | None:
    """The village, else the township that the address names."""
    codes = (typed_code(chosen.get(name, "")) for name in ("village", "township"))
    return next((code for code in codes if code is not None and level(code) >= Level.COUNTY), None)


def in_region(rows: Rows, text: str) -> Rows:
    """The rows whose `region` lies in the place whose code is given; all of them when it is none."""
    code = typed_code(text)
    if code is None:
        return rows
    low, high = range_of(code)
    return rows.filter(region__gte=low, region__lte=high)


def at_place(rows: Rows, actor: Actor, code: int | None) -> Rows:
    """The rows of a place, else of the actor's own village or township, by an equality that an index begins with (`place`, `township`)."""
    code = code or (actor.low if actor.high - actor.low in (0, 999) else None)
    if code is None:
        return rows
    if level(code) == Level.VILLAGE:
        return rows.filter(place=code)
    if level(code) == Level.TOWNSHIP:
        return rows.filter(township=code // 1000)
    return in_region(rows, str(code))
