"""Whether a row of theirs can be a row here, beyond what each column says by itself. Pure; answers sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from weimin.exchange.codes import measure
from weimin.exchange.rules_lines import Item, compact
from weimin.exchange.rules_mapping_visit import TENTHS, WHOLES, is_medicine
from weimin.health.bounds import bounds
from weimin.health.models.states import CareState, DueState, Programme

LONGEST_FORM, MOST_MEDICINES = 20_000, 50
SCORES = 37


def care_faults(item: Item, today: date) -> list[str]:
    state, since, ended = item["state"], item["since_on"], item["ended_on"]
    found = []
    if state in (CareState.MANAGED, CareState.LOST) and since is None:
        found.append(_("在管的没有纳入管理日期"))
    if state == CareState.LOST and not (item["lost_on"] and item["lost_reason"]):
        found.append(_("失访的没有失访日期或原因"))
    if (state == CareState.ENDED) != (ended is not None) or (state == CareState.ENDED and not item["end_reason"]):
        found.append(_("结案的日期、原因和状态对不上"))
    if ended and since and ended < since:
        found.append(_("结案早于纳入管理"))
    if len({item[name] in (None, "") for name in ("ordered_on", "ordered_since", "ordered_from")}) > 1:
        found.append(_("要求随访的日期、起算和来源不全"))
    return found + ([] if is_target(item["target"], today) else [_("个体目标读不懂")])


def is_target(target: Any, today: date) -> bool:
    """As the rules take it: whole mmHg, glucose as text."""
    if not isinstance(target, dict) or set(target) - {"systolic", "diastolic", "fasting"}:
        return False
    whole = [target[name] for name in ("systolic", "diastolic") if name in target]
    return all(isinstance(value, int) and 30 <= value <= 300 for value in whole) and ("fasting" not in target or is_glucose(target["fasting"], today))


def is_glucose(text: Any, today: date) -> bool:
    low, high = bounds("fasting", today)
    try:
        return isinstance(text, str) and low <= Decimal(text) <= high
    except InvalidOperation:
        return False


def visit_faults(item: Item, today: date) -> list[str]:
    found = [_("随访日期晚于今天")] if item["on"] and item["on"] > today else []
    for name in (*WHOLES, *TENTHS):
        low, high = bounds(name, item["on"] or today)  # as they held when it was entered
        if item[name] is not None and not low <= item[name] <= high:
            found.append(
                _("“%(name)s”是 %(value)s，应在 %(low)s 到 %(high)s 之间") % {"name": measure(name)["words"], "value": item[name], "low": low, "high": high}
            )
    if not (isinstance(item["findings"], dict) and len(compact(item["findings"])) <= LONGEST_FORM):
        found.append(_("随访内容读不懂"))
    if len(item["medication"]) > MOST_MEDICINES or not all(is_medicine(row) and len(compact(row)) < 500 for row in item["medication"]):
        found.append(_("用药读不懂"))
    return found + programme_faults(item["programmes"]) + [words for one in item["outcomes"] for words in outcome_faults(one)]


def outcome_faults(item: Item) -> list[str]:
    known = all(item[name] not in (None, "") for name in ("programme", "outcome", "on", "next_on", "standard_from", "refer", "emergency", "care"))
    return [] if known and all(len(reason) <= 60 for reason in item["reasons"]) else [_("随访分类不完整")]


def programme_faults(programmes: list[str]) -> list[str]:
    return [_("没有“%(name)s”这一管理类别") % {"name": name[:20]} for name in programmes if name not in Programme.values]


def due_faults(item: Item, today: date) -> list[str]:
    found = [_("止期早于起期")] if item["from_on"] and item["due_on"] and item["due_on"] < item["from_on"] else []
    if (item["state"] == DueState.DONE) != (item["done_on"] is not None):
        found.append(_("完成日期和状态对不上"))
    return found + programme_faults(item["programmes"])


def self_care_faults(item: Item, today: date) -> list[str]:
    found = [_("评估日期晚于今天")] if item["on"] and item["on"] > today else []
    scores = isinstance(item["scores"], dict) and len(compact(item["scores"])) < 1000
    return found + ([] if scores and 0 <= (item["total"] or 0) <= SCORES else [_("自理能力评分读不懂")])
