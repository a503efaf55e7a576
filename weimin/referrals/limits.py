"""The time limits of this room: `data/limits.yaml`, with source, effective date and whether the county has to confirm them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from weimin.calendars.clock import Limit
from weimin.health.parameters import since

TABLE = Path(__file__).parent / "data" / "limits.yaml"
STEM = "referrals.limit"


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


def rule_on(key: str, on: date) -> Rule:
    """What holds on a day: the shipped limit, or what the bureau set since. KeyError for an unknown limit."""
    row = rules()[key]
    found = since(STEM, on, row.effective_from).get(key)
    return row if found is None else replace(row, value=int(found.figure), source=found.source, effective_from=found.effective_from, confirm=False)


def limit(key: str, on: date) -> Limit:
    """For the clock."""
    row = rule_on(key, on)
    return Limit(row.value, row.unit, row.source)


def days(key: str, on: date) -> int:
    """A limit in natural days, whose last day does not move: a date of the standard."""
    return rule_on(key, on).value
