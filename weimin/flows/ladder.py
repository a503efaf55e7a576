"""Whom an urging reaches: the desk that holds the step, then the desk one level above it. Pure, from data/ladder.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

LADDER: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("data") / "ladder.yaml")
AFTER_WORKDAYS: int = LADDER["after_workdays"]


def desk_above(role: str) -> str:
    return str(LADDER["up"][role])


def goes_up(urged_count: int, late_workdays: int) -> bool:
    """The second urging goes one level up, and so does the first once it is late by the ladder's working days."""
    return urged_count >= 1 or late_workdays >= AFTER_WORKDAYS
