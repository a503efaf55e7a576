"""What a measured value can be at all: `data/bounds.yaml`, and what the bureau set since. Beyond it is a slip of the pen.

Every way in reads the same: the form of a visit, of an examination, a file of results, a bundle of another institution. What counts is the day of entry,
so that a bound set for tomorrow holds from tomorrow on. No query: what was set is known to the process (`parameters`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from weimin.health.parameters import since

TABLE = Path(__file__).parent / "data" / "bounds.yaml"
STEM = "health.bounds."
SHIPPED_FROM = date(2017, 2, 28)


@dataclass(frozen=True)
class Bound:
    """The bounds of one value as shipped; least and most: how far they may be set (None: that one is not set at all)."""

    key: str
    label: str
    low: Decimal
    high: Decimal
    least: Decimal | None = None
    most: Decimal | None = None
    unit: str = ""
    places: int = 0
    stem: str = STEM

    @property
    def row(self) -> str:
        """Among the parameters."""
        return f"{self.stem}{self.key}"

    def on(self, day: date) -> tuple[Decimal, Decimal]:
        """As they hold for what is entered on a day."""
        said = since(self.row, day, SHIPPED_FROM)
        return (said["low"].figure if "low" in said else self.low), (said["high"].figure if "high" in said else self.high)


def bound_of(row: dict[str, Any], stem: str = STEM) -> Bound:
    figures: dict[str, Decimal] = {name: Decimal(str(row[name])) for name in ("low", "high", "least", "most") if name in row}
    facts: dict[str, Any] = {**row, **figures, "stem": stem}
    return Bound(**facts)


@cache
def every_bound() -> dict[str, Bound]:
    return {row["key"]: bound_of(row) for row in YAML(typ="safe").load(TABLE.read_text("utf-8"))}


def bounds(key: str, on: date) -> tuple[Decimal, Decimal]:
    """(low, high) of a value for what is entered on a day. KeyError for an unknown one."""
    return every_bound()[key].on(on)
