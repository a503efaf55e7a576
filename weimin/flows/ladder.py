"""Whom an urging reaches: the desk that holds the step, then the desk one level above it. Pure, from data/ladder.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from weimin.accounts.roles import DUTIES
from weimin.regions.rules import Level, level, township_of

LADDER: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("data") / "ladder.yaml")
AFTER_WORKDAYS: int = LADDER["after_workdays"]


def desk_above(role: str) -> str:
    return str(LADDER["up"][role])


def seat_region(role: str, region: int, jurisdiction: int) -> int:
    """The region of the post in `role` that answers for a place: its village, its township, or the whole jurisdiction."""
    scope = DUTIES[role].scope
    if scope == "jurisdiction" or level(region) < Level.TOWNSHIP:
        return jurisdiction
    return township_of(region) if scope == "township" else region


def goes_up(urged_count: int, late_workdays: int) -> bool:
    """The second urging goes one level up, and so does the first once it is late by the ladder's working days."""
    return urged_count >= 1 or late_workdays >= AFTER_WORKDAYS
