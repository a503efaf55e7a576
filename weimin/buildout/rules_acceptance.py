"""What a checklist with scores leads to under a plan's way of acceptance (N7, G-04). Pure: no query, clock or request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from weimin.buildout.plan.schema import Acceptance, CheckItem, Outcome

PASSED, RECTIFY, FAILED = "passed", "rectify", "failed"
STATE_AFTER = {PASSED: "accepted", RECTIFY: "rectifying", FAILED: "failed"}
DEFAULT_DAYS = 15  # where a plan lets rectify without a number of days


@dataclass(frozen=True)
class Verdict:
    """The outcome with its score (0–100), the plan's words for it, the days to rectify and the required items not met."""

    result: str
    score: Decimal
    text: str
    rectify_days: int | None
    unmet: tuple[str, ...]


def is_met(item: CheckItem, score: Decimal, pass_mark: Decimal) -> bool:
    """An item is met when it reaches the pass mark of its own weight (80 of 100: 8 of 10)."""
    return score * 100 >= item.weight * pass_mark


def judge(way: Acceptance, scores: Mapping[str, Decimal]) -> Verdict:
    """The plan's outcome for the scores by item key; an unmet required item never passes, whatever the sum."""
    total = sum((scores.get(item.key, Decimal(0)) for item in way.checklist), Decimal(0))
    mark = Decimal(str(way.pass_mark))
    unmet = tuple(item.label for item in way.checklist if item.required and not is_met(item, scores.get(item.key, Decimal(0)), mark))
    passes = total >= mark and not unmet
    rule = rule_for(way, total, passes)
    if rule is None:
        return Verdict(PASSED if passes else FAILED, total, _("合格") if passes else _("不合格"), None, unmet)
    return Verdict(rule.result, total, rule.text, (rule.rectify_days or DEFAULT_DAYS) if rule.result == RECTIFY else None, unmet)


def rule_for(way: Acceptance, total: Decimal, passes: bool) -> Outcome | None:
    """The first rule, from the highest score down, that the sum reaches and that may be."""
    ordered = sorted(way.outcomes, key=lambda rule: rule.min_score, reverse=True)
    reached = [rule for rule in ordered if total >= Decimal(str(rule.min_score)) and (passes or rule.result != PASSED)]
    return reached[0] if reached else ordered[-1] if ordered and ordered[-1].result != PASSED else None


def rectify_day(verdict: Verdict, wanted: date | None, today: date) -> date | None:
    """The last day to rectify: as the inspector set it, else the plan's number of days from the inspection."""
    if verdict.result != RECTIFY:
        return None
    return wanted or today + timedelta(days=verdict.rectify_days or DEFAULT_DAYS)


def check_lines(way: Acceptance, scores: Mapping[str, Decimal], remarks: Mapping[str, str], photos: Mapping[str, list[int]]) -> list[dict[str, Any]]:
    """The checklist as the record keeps it; scores as text, so that 7.5 stays 7.5."""
    mark = Decimal(str(way.pass_mark))
    return [
        {
            "key": item.key, "label": item.label, "weight": item.weight, "required": item.required, "score": f"{scores[item.key].normalize():f}",
            "met": is_met(item, scores[item.key], mark), "remark": remarks.get(item.key, ""), "photos": photos.get(item.key, []),
        }
        for item in way.checklist
    ]  # fmt: skip


def missing_dossier(way: Acceptance, evidence: Mapping[str, list[int]]) -> list[str]:
    """Keys of the required papers of the dossier that are not uploaded yet."""
    return [item.key for item in way.dossier if item.required and not evidence.get(item.key)]
