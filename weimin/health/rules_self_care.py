"""How far an elderly person manages alone: five items, their sum and the result (A-36). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from weimin.health.standards import Standard

TABLE = Path(__file__).parent / "data" / "self_care.yaml"


@dataclass(frozen=True)
class Item:
    """One item of the form; `levels`: score → words, 0 is independent."""

    key: str
    label: str
    about: str
    levels: dict[int, str]


@cache
def items() -> tuple[Item, ...]:
    return tuple(Item(**row) for row in YAML(typ="safe").load(TABLE.read_text("utf-8")))


def total_of(scores: Mapping[str, int]) -> int:
    """The sum of the five; ValueError for a score that the form does not have."""
    for item in items():
        if scores[item.key] not in item.levels:
            raise ValueError(f"{item.key} has no score {scores[item.key]}")
    return sum(scores[item.key] for item in items())


def grade_of(total: int, standard: Standard) -> str:
    """A value of `SelfCareGrade`."""
    for grade, line in (("independent", "independent_up_to"), ("light", "light_up_to"), ("moderate", "moderate_up_to")):
        if total <= standard.figure(line):
            return grade
    return "dependent"
