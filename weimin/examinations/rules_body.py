"""Body mass index and self-care: a figure and the class that the standard gives it. Pure (A-08, A-36)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from weimin.examinations.rules_form import SELF_CARE, items
from weimin.health.standards import Standard

TENTH = Decimal("0.1")
INDEPENDENT, LIGHT, MODERATE, DEPENDENT = "independent", "light", "moderate", "dependent"
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


def self_care_score(found: Mapping[str, Any]) -> int | None:
    """The sum of the five items; None until all five are answered with a code of the form."""
    scores = [str(found.get(name, "")) for name in SELF_CARE]
    if not all(score in items()[name].codes for name, score in zip(SELF_CARE, scores, strict=True)):
        return None
    return sum(int(score) for score in scores)


def self_care_class(score: int, standard: Standard) -> str:
    """`standard`: elderly. ValueError for a score that the five items cannot give."""
    if not 0 <= score <= max_score():
        raise ValueError(f"self-care score {score}")
    if score <= standard.days("independent_up_to"):
        return INDEPENDENT
    if score <= standard.days("light_up_to"):
        return LIGHT
    return MODERATE if score <= standard.days("moderate_up_to") else DEPENDENT


def max_score() -> int:
    return sum(max(int(code) for code in items()[name].codes) for name in SELF_CARE)
