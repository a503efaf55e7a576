"""The figures of the standard that holds on a day: `data/standards.yaml`, with source and effective date (X-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

TABLE = Path(__file__).parent / "data" / "standards.yaml"


@dataclass(frozen=True)
class Standard:
    """One version of a part of the standard. `figure("target_systolic")` is a Decimal, so that 16.7 is 16.7."""

    key: str
    effective_from: date
    source: str
    confidence: str
    values: tuple[tuple[str, Decimal], ...]

    def figure(self, name: str) -> Decimal:
        """KeyError when the standard has no such figure."""
        return dict(self.values)[name]

    @property
    def sure(self) -> bool:
        """Read in a source; otherwise to be confirmed before a county relies on it."""
        return self.confidence == "high"

    @property
    def share(self) -> Decimal:
        """The single figure of a row that was narrowed to one."""
        return self.figure("share")

    def days(self, name: str) -> int:
        return int(self.figure(name))


@cache
def versions() -> tuple[Standard, ...]:
    rows: list[dict[str, Any]] = YAML(typ="safe").load(TABLE.read_text("utf-8"))
    made = [
        Standard(
            row["key"], row["effective_from"], row["source"], row["confidence"], tuple((name, Decimal(str(value))) for name, value in row["values"].items())
        )
        for row in rows
    ]
    return tuple(sorted(made, key=lambda one: (one.key, one.effective_from)))


def standard(key: str, on: date) -> Standard:
    """The version in force on a day; before the first one, the first. KeyError for an unknown key."""
    rows = [one for one in versions() if one.key == key]
    if not rows:
        raise KeyError(key)
    return next((one for one in reversed(rows) if one.effective_from <= on), rows[0])
