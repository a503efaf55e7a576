"""Institutions held against each other without being unfair to small ones. Pure: no query, clock or request.

A share of few people says little: below `small` it is neither ranked nor judged. Two institutions are ranked apart only where their
95 % intervals (Wilson) do not overlap; an institution is ahead or behind only where its interval lies off the share of all together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from weimin.indicators.rules import figure, interval

AHEAD, SAME, BEHIND, SMALL, UNKNOWN = "ahead", "same", "behind", "small", "unknown"


@dataclass(frozen=True)
class Share:
    """Somebody's share (percent, cut to one decimal) with the ends of its interval (percent) and how it stands.

    best to worst: the places it may hold among those that can be ranked; 0 when it is not ranked.
    """

    key: Any
    numerator: int
    denominator: int
    percent: float | None
    low: float
    high: float
    standing: str
    best: int = 0
    worst: int = 0

    @property
    def is_small(self) -> bool:
        return self.standing in (SMALL, UNKNOWN)

    @property
    def is_certain(self) -> bool:
        return self.best > 0 and self.best == self.worst


def off(numerator: int, denominator: int, whole: tuple[int, int], up: bool, small: int) -> str:
    """ahead, same or behind of all together; small or unknown where nothing can be said."""
    if denominator <= 0:
        return UNKNOWN
    if denominator < small or whole[1] <= 0:
        return SMALL
    low, high = interval(numerator, denominator)
    mean = whole[0] / whole[1]
    if low <= mean <= high:
        return SAME
    return AHEAD if (low > mean) == up else BEHIND


def compare(rows: Mapping[Any, tuple[int, int]], whole: tuple[int, int], *, up: bool, small: int) -> list[Share]:
    """Everybody's share, the best first; small and unknown ones at the end. `whole`: all together, also those not among the rows."""
    ends = {key: interval(n, d) for key, (n, d) in rows.items()}
    standing = {key: off(n, d, whole, up, small) for key, (n, d) in rows.items()}
    ranked = [key for key in rows if standing[key] not in (SMALL, UNKNOWN)]
    found = [share(key, rows[key], ends, standing[key], ranked, up) for key in rows]
    return sorted(found, key=lambda one: (one.is_small, -(one.percent or 0) if up else (one.percent or 0), str(one.key)))


def share(key: Any, row: tuple[int, int], ends: Mapping[Any, tuple[float, float]], standing: str, ranked: Sequence[Any], up: bool) -> Share:
    low, high = ends[key]
    best = worst = 0
    if key in ranked:
        above = sum(ends[other][0] > high for other in ranked)
        below = sum(ends[other][1] < low for other in ranked)
        better, worse = (above, below) if up else (below, above)
        best, worst = 1 + better, len(ranked) - worse
    return Share(key, *row, figure("%", *row), round(low * 100, 1), round(high * 100, 1), standing, best, worst)


@dataclass(frozen=True)
class Reason:
    """One component in which somebody is clearly behind: how far (percentage points) and how heavily it weighs."""

    code: str
    gap: float
    weight: int

    @property
    def burden(self) -> float:
        return self.gap * self.weight


def reasons(own: Mapping[str, Share], whole: Mapping[str, tuple[int, int]], weights: Iterable[tuple[str, int]], most: int = 3) -> list[Reason]:
    """Why somebody is behind: the components that weigh most. Only what is clearly behind counts."""
    found = []
    for code, weight in weights:
        one = own.get(code)
        if one is not None and one.standing == BEHIND and one.percent is not None:
            mean = whole[code][0] * 100 / whole[code][1]
            found.append(Reason(code, round(abs(mean - one.percent), 1), weight))
    return sorted(found, key=lambda reason: (-reason.burden, reason.code))[:most]


def per_ten_thousand(people: int, residents: int) -> float | None:
    """So many of 10,000 residents, to one decimal; None where nobody lives."""
    return people * 100_000 // residents / 10 if residents else None
