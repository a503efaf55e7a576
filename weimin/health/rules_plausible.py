"""What looks odd in the visits of one person. A hint to look, not a fault: people are asked, nobody is fined. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from weimin.health.standards import Standard

Stay = tuple[date, date | None]


@dataclass(frozen=True)
class Measured:
    """The values of one visit."""

    on: date
    systolic: int | None = None
    diastolic: int | None = None
    fasting: Decimal | None = None
    weight: Decimal | None = None

    @property
    def values(self) -> tuple[object, ...]:
        return self.systolic, self.diastolic, self.fasting


@dataclass(frozen=True)
class Life:
    """What else is known of the person: the day of death, since when the record rests, stays in hospital (None = still there)."""

    dead_on: date | None = None
    resting_on: date | None = None
    stays: Sequence[Stay] = field(default=())


def hints_of(visit: Measured, before: Sequence[Measured], life: Life, rule: Standard) -> list[str]:
    """Keys of `wording.HINTS` for one visit. before: the visits before it, the oldest first."""
    checks = {
        "repeated": repeated([*before, visit], rule.days("repeated")),
        "after_death": life.dead_on is not None and visit.on > life.dead_on,
        "while_resting": life.dead_on is None and life.resting_on is not None and visit.on > life.resting_on,
        "in_hospital": any(first < visit.on and (last is None or visit.on < last) for first, last in life.stays),
        "jump": bool(before) and jumped(before[-1], visit, rule),
    }
    return [key for key, holds in checks.items() if holds]


def repeated(rows: Sequence[Measured], times: int) -> bool:
    """The very same values on so many visits in a row, up to the last one."""
    last = rows[-times:]
    return len(last) == times and last[0].systolic is not None and len({one.values for one in last}) == 1


def jumped(before: Measured, now: Measured, rule: Standard) -> bool:
    """Further than a body goes between two visits that are not far apart."""
    if (now.on - before.on).days > rule.days("jump_days"):
        return False
    heavier = before.weight is not None and now.weight is not None and abs(now.weight - before.weight) * 100 > before.weight * rule.figure("weight_percent")
    higher = before.systolic is not None and now.systolic is not None and abs(now.systolic - before.systolic) > rule.figure("systolic")
    return heavier or higher
