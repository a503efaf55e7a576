"""What a resident is told to do after an examination: keys of `wording.ADVICE`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from weimin.examinations.rules_abnormal import RECHECK, URGENT, Abnormal

BY_ITEM = {
    "pressure": "pressure", "fasting": "glucose", "hba1c": "glucose", "urine_glucose": "glucose", "cholesterol": "lipids", "triglyceride": "lipids",
    "ldl": "lipids", "hdl": "lipids", "waist": "weight", "alt": "liver", "ast": "liver", "bilirubin": "liver", "creatinine": "kidney", "urea": "kidney",
    "urine_protein": "kidney", "self_care": "family", "cognition": "family", "mood": "family",
}  # fmt: skip
BY_WHY = {"overweight": "weight", "obese": "weight", "thin": "thin"}
RARELY = ("3", "4")  # exercise: now and then, never
SMOKES, DRINKS = "3", ("3", "4")


def advice(listed: Iterable[Abnormal], found: Mapping[str, Any]) -> list[str]:
    """Danger first, then coming back, then what each finding asks for, then habits, then the next examination."""
    rows, said = list(listed), list[str]()
    levels = {one.level for one in rows}
    if URGENT in levels:
        said.append("hospital_now")
    if RECHECK in levels:
        said.append("come_back")
    said += [key for one in rows if (key := BY_WHY.get(one.why) or BY_ITEM.get(one.item))]
    if not rows:
        said.append("good")
    said += habits(found)
    return list(dict.fromkeys([*said, "next_year"]))


def habits(found: Mapping[str, Any]) -> list[str]:
    said = ["smoking"] if str(found.get("smoking", "")) == SMOKES else []
    said += ["drinking"] if str(found.get("drinking", "")) in DRINKS else []
    return said + (["exercise"] if str(found.get("exercise", "")) in RARELY else [])
