"""The figures of the standard that holds on a day: `data/standards.yaml` with source and effective date (X-01), and what the bureau set since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from weimin.health.parameters import Version, since

TABLE = Path(__file__).parent / "data" / "standards.yaml"


@dataclass(frozen=True)
class Standard:
    """One version of a part of the standard. `figure("target_systolic")` is a Decimal, so that 16.7 is 16.7; unsure: figures still to be confirmed."""

    key: str
    effective_from: date
    source: str
    values: tuple[tuple[str, Decimal], ...]
    unsure: frozenset[str] = frozenset()

    def figure(self, name: str) -> Decimal:
        """KeyError when the standard has no such figure."""
        return dict(self.values)[name]

    @property
    def sure(self) -> bool:
        """Read in a source or confirmed here; otherwise to be confirmed before a county relies on it."""
        return not self.unsure

    @property
    def share(self) -> Decimal:
        """The single figure of a row that was narrowed to one."""
        return self.figure("share")

    def days(self, name: str) -> int:
        return int(self.figure(name))


@cache
def versions() -> tuple[Standard, ...]:
    rows: list[dict[str, Any]] = YAML(typ="safe").load(TABLE.read_text("utf-8"))
    return tuple(sorted((standard_of(row) for row in rows), key=lambda one: (one.key, one.effective_from)))


def standard_of(row: dict[str, Any]) -> Standard:
    values = tuple((name, Decimal(str(value))) for name, value in row["values"].items())
    unsure = frozenset(row.get("unsure", ()) if row["confidence"] == "high" else row["values"])
    return Standard(row["key"], row["effective_from"], row["source"], values, unsure)


def standard(key: str, on: date) -> Standard:
    """What holds on a day: the version in force with what the bureau set since (`parameters`). KeyError for an unknown key."""
    found = shipped(key, on)
    changed = since(f"health.{key}", on, found.effective_from)
    return overlaid(found, changed) if changed else found


def overlaid(found: Standard, changed: dict[str, Version]) -> Standard:
    """The figures set here in the place of the shipped ones; sure when every one of them was set or confirmed."""
    values = tuple((name, changed[name].figure if name in changed else value) for name, value in found.values)
    latest = max(found.effective_from, *(one.effective_from for one in changed.values()))
    return replace(found, values=values, effective_from=latest, unsure=found.unsure - set(changed))


def shipped(key: str, on: date) -> Standard:
    """The version of `data/standards.yaml`; before the first one, the first."""
    rows = [one for one in versions() if one.key == key]
    if not rows:
        raise KeyError(key)
    return next((one for one in reversed(rows) if one.effective_from <= on), rows[0])
