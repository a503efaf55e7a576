"""The time limits of this room: `data/limits.yaml`, with source, effective date and whether the county has to confirm them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from weimin.calendars.clock import Limit

TABLE = Path(__file__).parent / "data" / "limits.yaml"


@dataclass(frozen=True)
class Rule:
    """One limit as it holds from a day on."""

    key: str
    value: int
    unit: str
    effective_from: date
    confirm: bool
    source: str


@cache
def rules() -> dict[str, Rule]:
    rows = [Rule(**row) for row in YAML(typ="safe").load(TABLE.read_text("utf-8"))]
    return {row.key: row for row in rows}


def limit(key: str) -> Limit:
    """For the clock. KeyError for an unknown limit."""
    row = rules()[key]
    return Limit(row.value, row.unit, row.source)


def days(key: str) -> int:
    """A limit in natural days, whose last day does not move: a date of the standard."""
    return rules()[key].value
