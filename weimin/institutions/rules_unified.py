"""What a checklist of the unified standard leads to (plan 3 二（三）). Pure: no query, clock or request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

PASSED, RECTIFY, FAILED = "passed", "rectify", "failed"
STATE_AFTER = {PASSED: "passed", RECTIFY: "rectifying", FAILED: "failed"}


@dataclass(frozen=True)
class Item:
    """One of the things that must be the same everywhere. `photo`: a picture belongs to it."""

    key: str
    label: str
    short: str
    weight: int
    photo: bool = False


@dataclass(frozen=True)
class Outcome:
    result: str
    min_score: Decimal
    text: str
    rectify_days: int | None = None


@dataclass(frozen=True)
class Standard:
    """One version of the standard with its way of inspecting."""

    effective_from: date
    source: str
    confirm: bool
    pass_mark: Decimal
    recheck_days: int
    items: tuple[Item, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Verdict:
    """What came of an inspection: result, sum (0–100), the standard's words, days to mend."""

    result: str
    score: Decimal
    text: str
    rectify_days: int | None


def is_met(standard: Standard, item: Item, score: Decimal) -> bool:
    """An item is met when it reaches the pass mark of its own weight (80 of 100: 12 of 15)."""
    return score * 100 >= item.weight * standard.pass_mark


def judge(standard: Standard, scores: Mapping[str, Decimal]) -> Verdict:
    """The outcome for the scores by item key: the highest one whose mark the sum reaches."""
    total = sum((scores.get(item.key, Decimal(0)) for item in standard.items), Decimal(0))
    ordered = sorted(standard.outcomes, key=lambda one: one.min_score, reverse=True)
    found = next(one for one in (*ordered, ordered[-1]) if total >= one.min_score or one is ordered[-1])
    return Verdict(found.result, total, found.text, found.rectify_days if found.result == RECTIFY else None)


def rectify_day(verdict: Verdict, wanted: date | None, today: date) -> date | None:
    """The last day to mend: as the inspectors set it, else the standard's days from the inspection. None when nothing is to be mended."""
    if verdict.result != RECTIFY:
        return None
    return wanted or today + timedelta(days=verdict.rectify_days or 0)


def check_lines(standard: Standard, scores: Mapping[str, Decimal], remarks: Mapping[str, str]) -> list[dict[str, Any]]:
    """The checklist as the record keeps it, photos still to come; scores as text, so that 7.5 stays 7.5."""
    return [
        {
            "key": item.key, "label": item.label, "short": item.short, "weight": item.weight, "score": f"{scores[item.key].normalize():f}",
            "met": is_met(standard, item, scores[item.key]), "remark": remarks.get(item.key, ""), "photos": [],
        }
        for item in standard.items
    ]  # fmt: skip


def met_of(lines: Iterable[Mapping[str, Any]]) -> set[str]:
    """Keys of the items that a kept checklist says are met."""
    return {str(line["key"]) for line in lines if line["met"]}


def unified_everywhere(keys: Iterable[str], met: Iterable[set[str]]) -> int:
    """How many items every institution meets; who was not inspected (an empty set) meets none. No institutions: none."""
    rounds = list(met)
    return sum(all(key in one for one in rounds) for key in keys) if rounds else 0
