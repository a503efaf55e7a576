"""From figures to stars, with the reason for each point that is missing. Pure: no query, clock or request.

Points of a criterion run in a straight line from `zero` to `full` and are cut to one decimal, never rounded up; so is the sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

TENTH, WHOLE = Decimal("0.1"), Decimal(100)


@dataclass(frozen=True)
class Criterion:
    """What is counted. `full` may lie below `zero` where less is better. `indicator` or `own` says where the figure comes from;
    at_site: it is kept at the institution's own place, not at the villages it serves."""

    key: str
    label: str
    indicator: str
    own: str
    unit: str
    zero: Decimal
    full: Decimal
    weight: Decimal
    needed: bool = False
    at_site: bool = False


@dataclass(frozen=True)
class Level:
    """So many stars from so many points on; `needs` are conditions without which they are not given."""

    stars: int
    points: Decimal
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """One version; `levels` from the highest down."""

    effective_from: date
    source: str
    confirm: bool
    criteria: tuple[Criterion, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Judged:
    """One criterion with its figure. points None: left out, nobody measures it. lost: of 100, after counting up."""

    criterion: Criterion
    value: Decimal | None
    points: Decimal | None
    lost: Decimal


@dataclass(frozen=True)
class Rated:
    """The stars and why. missing: points up to the next star (0 when only `unmet` stands against it); next None: nothing higher."""

    stars: int
    points: Decimal
    lines: tuple[Judged, ...]
    next: int | None
    missing: Decimal
    unmet: tuple[str, ...]


def cut(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_DOWN)


def earned(criterion: Criterion, value: Decimal) -> Decimal:
    """Points for a value; nothing beyond either end."""
    share = (value - criterion.zero) / (criterion.full - criterion.zero)
    return cut(min(max(share, Decimal(0)), Decimal(1)) * criterion.weight)


def rate(scheme: Scheme, values: Mapping[str, Decimal | None], holds: Set[str]) -> Rated:
    """values: criterion → its figure, None or absent = not known; holds: the conditions (`needs`) that are fulfilled."""
    counted = [one for one in scheme.criteria if one.needed or values.get(one.key) is not None]
    scale = WHOLE / sum((one.weight for one in counted), Decimal(0)) if counted else Decimal(0)
    lines = tuple(judged(one, values.get(one.key), one in counted, scale) for one in scheme.criteria)
    points = cut(sum((line.points for line in lines if line.points is not None), Decimal(0)) * scale)
    given = next((level for level in scheme.levels if level.points <= points and set(level.needs) <= holds), None)
    stars = given.stars if given else 0
    above = min((level for level in scheme.levels if level.stars > stars), key=lambda level: level.stars, default=None)
    if above is None:
        return Rated(stars, points, lines, None, Decimal(0), ())
    return Rated(stars, points, lines, above.stars, max(above.points - points, Decimal(0)), tuple(need for need in above.needs if need not in holds))


def judged(criterion: Criterion, value: Decimal | None, counted: bool, scale: Decimal) -> Judged:
    if not counted:
        return Judged(criterion, None, None, Decimal(0))
    points = earned(criterion, value) if value is not None else Decimal(0)
    return Judged(criterion, value, points, cut((criterion.weight - points) * scale))


def heaviest(rated: Rated, most: int = 3) -> list[Judged]:
    """Where most points are lost, the most first; nothing lost is not among them."""
    ordered = sorted((line for line in rated.lines if line.lost > 0), key=lambda line: (-line.lost, line.criterion.key))
    return ordered[:most]
