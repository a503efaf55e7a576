"""Body mass index and self-care: a figure and the class that the standard gives it. Pure (A-08, A-36)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from weimin.examinations.rules_form import SELF_CARE, items
from weimin.health.rules_self_care import total_of
from weimin.health.standards import Standard

TENTH = Decimal("0.1")
THIN, NORMAL, OVERWEIGHT, OBESE = "thin", "normal", "overweight", "obese"


def bmi(height: Decimal | None, weight: Decimal | None) -> Decimal | None:
    """kg / m², to a tenth; None without both."""
    if not height or not weight:
        return None
    return (Decimal(weight) / (Decimal(height) / 100) ** 2).quantize(TENTH, ROUND_HALF_UP)


def bmi_class(value: Decimal, standard: Standard, thin_below: Decimal) -> str:
    """`standard`: adult_body."""
    if value >= standard.figure("obese_bmi"):
        return OBESE
    if value >= standard.figure("overweight_bmi"):
        return OVERWEIGHT
    return THIN if value < thin_below else NORMAL


def self_care_scores(found: Mapping[str, Any]) -> dict[str, int] | None:
    """The five items as health keeps them; None until all five are answered with a code of the form."""
    scores = [str(found.get(name, "")) for name in SELF_CARE]
    if not all(score in items()[name].codes for name, score in zip(SELF_CARE, scores, strict=True)):
        return None
    return {name.removeprefix("care_"): int(score) for name, score in zip(SELF_CARE, scores, strict=True)}


def self_care_score(found: Mapping[str, Any]) -> int | None:
    scores = self_care_scores(found)
    return None if scores is None else total_of(scores)
