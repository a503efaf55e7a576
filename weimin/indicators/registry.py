"""Every indicator of the house, defined once: who wants a figure reads the stored value, nobody computes it a second way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

Key = int | tuple[str, int]
Measured = dict[Any, tuple[int, int]]
"""Key → (numerator, denominator). The key is a region code, or (part, region code) when an indicator is kept for several
parts at once (a plan, a tier). Regions are villages, or the township or county where there is no village."""

Measure = Callable[[int, int, date], Measured]
PartNames = Callable[[Iterable[str]], Mapping[str, Any]]


def same_words(parts: Iterable[str]) -> dict[str, str]:
    """A part whose code is its name."""
    return {part: part for part in parts}


@dataclass(frozen=True)
class Indicator:
    """One definition. `direction`: up (more is better) or down. `unit` % or ‰: a share; anything else: the numerator counts."""

    code: str
    label: Any
    unit: str
    direction: str
    source: Any
    numerator: Any
    denominator: Any
    measure: Measure
    part_names: PartNames


INDICATORS: dict[str, Indicator] = {}
Preparation = Callable[[int, int, date], AbstractContextManager[None]]
PREPARATIONS: list[Preparation] = []


def before_all(preparation: Preparation) -> Preparation:
    """Decorator of fn(low, high, on): stands while all indicators of a day are computed, so that what many of them read is read once.
    Every indicator must also be right without it."""
    PREPARATIONS.append(preparation)
    return preparation


def indicator(
    code: str, *, label: Any, unit: str, direction: str, source: Any, numerator: Any, denominator: Any = "",
    part_names: PartNames = same_words,
) -> Callable[[Measure], Measure]:  # fmt: skip
    """Registers fn(low, high, on) → Measured, which must need a fixed number of queries however many regions there are.

    part_names: words for all parts that a page shows, asked once. ValueError when the code is taken or the direction is odd.
    """
    if direction not in ("up", "down"):
        raise ValueError(f"indicator {code}: direction is up or down, not {direction!r}")

    def remember(measure: Measure) -> Measure:
        if code in INDICATORS:
            raise ValueError(f"indicator {code} is registered twice")
        INDICATORS[code] = Indicator(code, label, unit, direction, source, numerator, denominator, measure, part_names)
        return measure

    return remember
