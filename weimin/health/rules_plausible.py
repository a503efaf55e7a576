"""What looks odd in the visits of one person. A hint to look, not a fault: people are asked, nobody is fined. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

REPEATED = 3  # the very same values on so many visits in a row


@dataclass(frozen=True)
class Measured:
    """The values of one visit."""

    on: date
    systolic: int | None = None
    diastolic: int | None = None
    fasting: Decimal | None = None

    @property
    def values(self) -> tuple[object, ...]:
        return self.systolic, self.diastolic, self.fasting


def hints(visits: Sequence[Measured], dead_on: date | None = None, resting_on: date | None = None) -> list[str]:
    """Keys of `wording.HINTS`: same values again and again, a visit after the death, a visit while the record rests."""
    rows = sorted(visits, key=lambda one: one.on)
    found = []
    if any(repeated(rows[start : start + REPEATED]) for start in range(len(rows) - REPEATED + 1)):
        found.append("repeated")
    if dead_on is not None and any(one.on > dead_on for one in rows):
        found.append("after_death")
    elif resting_on is not None and any(one.on > resting_on for one in rows):
        found.append("while_resting")
    return found


def repeated(rows: Sequence[Measured]) -> bool:
    return rows[0].systolic is not None and len({one.values for one in rows}) == 1
