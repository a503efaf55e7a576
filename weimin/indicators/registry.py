"""Every figure the house claims is defined here once: what is counted, of what, in which unit, from which source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

Measured = dict[tuple[str, int], tuple[int, int]]  # (part, region code) → (numerator, denominator)
Compute = Callable[[int, int, date], Measured]


@dataclass(frozen=True)
class Indicator:
    """One definition. `direction` up = more is better; `unit` "%" divides, anything else shows the numerator."""

    code: str
    label: Any
    unit: str
    direction: str
    source: Any
    numerator: Any
    denominator: Any
    compute: Compute


INDICATORS: dict[str, Indicator] = {}


def indicator(
    code: str, *, label: Any, unit: str, direction: str, source: Any, numerator: Any, denominator: Any = ""
) -> Callable[[Compute], Compute]:
    """Registers `(low, high, on) -> Measured`: one grouped query over a range of region codes as of a day."""

    def keep(compute: Compute) -> Compute:
        if code in INDICATORS:
            raise ValueError(f"indicator {code} is registered twice")
        INDICATORS[code] = Indicator(code, label, unit, direction, source, numerator, denominator, compute)
        return compute

    return keep
