"""The figures of `data/reception.yaml`, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from pathlib import Path

from ruamel.yaml import YAML

_data = YAML(typ="safe").load(Path(__file__).with_name("data") / "reception.yaml")


@dataclass(frozen=True)
class Blocking:
    """So many missed bookings within `within_days` close online booking for `for_days` days after the last."""

    missed: int
    within_days: int
    for_days: int


LETTERS: dict[str, str] = dict(_data["letters"])
NOON = time.fromisoformat(_data["noon"])
PRIORITIES: tuple[str, ...] = tuple(_data["queue"]["priorities"])
ELDERLY_AGE: int = _data["queue"]["elderly_age"]
IN_A_ROW: int = _data["queue"]["in_a_row"]
RECALLS: int = _data["queue"]["recalls"]
BEHIND: int = _data["queue"]["behind"]
USUAL_MINUTES: int = _data["queue"]["usual_minutes"]
DAYS_AHEAD: int = _data["booking"]["days_ahead"]
CLOSES_MINUTES: int = _data["booking"]["closes_minutes"]
BLOCKING = Blocking(**_data["booking"]["blocked"])
SWAP_NEEDS_APPROVAL: bool = _data["swap_needs_approval"]
