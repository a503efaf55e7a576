"""Arithmetic of figures: shares, and an order that is fair to small places. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

SHARES = {"%": 100, "‰": 1000}
CONFIDENCE = 1.959964  # two-sided 95 %


def figure(unit: str, numerator: int, denominator: int) -> float | None:
    """The figure that people read: a share of the denominator, or the numerator itself; None when there is nothing to share.

    Shares are cut to one decimal, not rounded up: 99.96 % never reads 100, wherever it is shown."""
    scale = SHARES.get(unit)
    if scale is None:
        return float(numerator)
    return numerator * scale * 10 // denominator / 10 if denominator else None


def interval(numerator: int, denominator: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (0..1): what the share may well be, given how few there are. Nothing known = (0, 1)."""
    if denominator <= 0:
        return 0.0, 1.0
    share, z2 = min(max(numerator / denominator, 0.0), 1.0), CONFIDENCE**2
    middle = share + z2 / (2 * denominator)
    spread = CONFIDENCE * sqrt(share * (1 - share) / denominator + z2 / (4 * denominator**2))
    whole = 1 + z2 / denominator
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


@dataclass(frozen=True)
class Standing:
    """A region's figure and its place; equal places share a rank."""

    region: int
    numerator: int
    denominator: int
    figure: float | None
    rank: int


def rank(rows: Iterable[tuple[int, int, int]], unit: str, direction: str) -> list[Standing]:
    """(region, numerator, denominator) in order, best first.

    Shares are ordered by the cautious end of Wilson's interval, so that 1 of 1 does not beat 38 of 39; counts by the count.
    """
    scored = sorted(((_score(row, unit, direction), row) for row in rows), key=lambda pair: (-pair[0], pair[1][0]))
    found: list[Standing] = []
    for place, (score, (region, numerator, denominator)) in enumerate(scored):
        tied = place > 0 and scored[place - 1][0] == score
        found.append(Standing(region, numerator, denominator, figure(unit, numerator, denominator), found[-1].rank if tied else place + 1))
    return found


def _score(row: tuple[int, int, int], unit: str, direction: str) -> float:
    _region, numerator, denominator = row
    if unit not in SHARES:
        return float(numerator if direction == "up" else -numerator)
    low, high = interval(numerator, denominator)
    return low if direction == "up" else -high
