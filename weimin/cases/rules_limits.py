"""The limits that no item's list names: kept as dated lines in `data/rules.yaml` (X-01). Pure but for the file."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from weimin.calendars.clock import Limit

FILE = Path(__file__).with_name("data") / "rules.yaml"


@cache
def lines() -> tuple[dict[str, Any], ...]:
    return tuple(YAML(typ="safe").load(FILE))


def line(name: str, on: date) -> dict[str, Any]:
    """The line in force on a day; KeyError when there is none."""
    found = [row for row in lines() if row["name"] == name and row["from"] <= on]
    if not found:
        raise KeyError(f"no rule {name} on {on}")
    return max(found, key=lambda row: row["from"])


def limit(name: str, on: date) -> Limit:
    row = line(name, on)
    return Limit(row["value"], row["unit"], row["basis"])


def remedy(on: date) -> str:
    """What somebody can do against a refusal: review or action in court, with the terms."""
    return str(line("remedy", on)["text"])
