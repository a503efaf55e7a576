"""Who lives together: households by shape, and from the head's age everybody's age and sex. Arrays in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

WORDS = Path(__file__).parent.parent / "data" / "invented.yaml"
HEAD, SPOUSE, CHILD, SON, DAUGHTER_IN_LAW, GRANDCHILD, FATHER, MOTHER = range(8)
LETTERS = "HSCADGPM"
OLDEST = 99
# role → years younger (or, negative, older) than the head, from and to
APART = np.array([[0, 0], [-3, 5], [22, 33], [20, 27], [21, 28], [44, 55], [-30, -21], [-29, -20]])
SIBLINGS_APART = 4


@cache
def words() -> dict[str, Any]:
    content: dict[str, Any] = YAML(typ="safe").load(WORDS.read_text("utf-8"))
    return content


@dataclass(frozen=True)
class Households:
    """One entry a person: number of the household (from 0), role, age in years, whether male."""

    number: Any
    role: Any
    age: Any
    male: Any


def compose(count: int, chance: np.random.Generator) -> Households:
    """Exactly `count` people in households of one to six."""
    shapes = words()["households"]
    share = np.array([row[0] for row in shapes], float)
    sizes = np.array([len(row[1]) for row in shapes])
    drawn = chance.choice(len(shapes), size=count, p=share / share.sum())  # a household has one member at least
    needed = int(np.searchsorted(np.cumsum(sizes[drawn]), count)) + 1
    drawn = drawn[:needed]
    number = np.repeat(np.arange(needed), sizes[drawn])[:count]
    starts = np.concatenate(([0], np.cumsum(sizes[drawn])[:-1]))
    place = np.arange(count) - starts[number]
    roles = np.array([[LETTERS.index(letter) for letter in row[1].ljust(6, "H")] for row in shapes])
    role = roles[drawn[number], place]
    span = np.array([row[2] for row in shapes])[drawn]
    age_of_head = chance.integers(span[:, 0], span[:, 1] + 1)[number]
    apart = chance.integers(APART[role, 0], APART[role, 1] + 1)
    younger_sibling = (role == CHILD) & (place == 3) | (role == GRANDCHILD) & (place == 5)
    age = np.clip(age_of_head - apart - younger_sibling * chance.integers(2, 2 + SIBLINGS_APART, count), 0, OLDEST)
    return Households(number, role, age, _sexes(role, drawn[number] < 2, number, chance))


def _sexes(role: Any, alone: Any, number: Any, chance: np.random.Generator) -> Any:
    """Four of five heads are men, of those who live alone fewer; a spouse is of the other sex."""
    count = len(role)
    luck = chance.random(count)
    head = np.where(alone, luck < 0.55, luck < 0.8)
    of_head = np.zeros(int(number[-1]) + 1, bool)
    of_head[number[role == HEAD]] = head[role == HEAD]
    male = np.where(role == HEAD, head, luck < 0.53)
    male = np.where(role == SPOUSE, ~of_head[number], male)
    male = np.where((role == SON) | (role == FATHER), True, male)
    return np.where((role == DAUGHTER_IN_LAW) | (role == MOTHER), False, male)
