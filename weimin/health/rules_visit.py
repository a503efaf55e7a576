"""From what a visit found to what the standard says of it, programme by programme. Pure; rules A-14 to A-17, A-27, A-28, A-42."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from weimin.health.rules_outcome import (
    DiabetesVisit,
    HypertensionVisit,
    MentalVisit,
    Outcome,
    Pressure,
    Target,
    Verdict,
    judge_diabetes,
    judge_general,
    judge_hypertension,
    judge_mental,
)
from weimin.health.rules_personal import Asked, read_form
from weimin.health.standards import standard

TABLE = Path(__file__).parent / "data" / "visit.yaml"
GENERAL = ("elderly", "disabled")  # key groups of plan 3 二（四）: visited by the quarter, without a class
VISITED = ("hypertension", "diabetes", "mental", *GENERAL)  # programmes that owe visits
SIGNS = {
    "hypertension": ("consciousness", "headache", "vomiting", "blurred", "eye_pain", "palpitation", "chest", "breath"),
    "diabetes": ("consciousness", "acetone", "palpitation", "sweating", "vomiting", "thirst", "abdominal_pain", "deep_breath", "flushed", "sight_loss"),
}
SOCIAL = ("social_self_care", "social_housework", "social_work", "social_learning", "social_contact")


@cache
def visit_form() -> tuple[Asked, ...]:
    return read_form(TABLE)


def asked_for(programmes: Mapping[str, Any] | tuple[str, ...]) -> list[Asked]:
    """The fields that the programmes of a person ask for, each once."""
    return [one for one in visit_form() if set(one.programmes) & set(programmes)]


def signs_for(programmes: tuple[str, ...]) -> list[str]:
    """The danger signs that are asked about, each once."""
    return list(dict.fromkeys(sign for programme in programmes for sign in SIGNS.get(programme, ())))


@dataclass(frozen=True)
class Person:
    """Whom the visit was to: full years on the day, and for one programme the outcome before, the individual target, and
    whether high pressure is cared for already."""

    age: int
    previous: str = ""
    target: Mapping[str, Any] | None = None
    hypertensive: bool = False


def judged(programme: str, found: Mapping[str, Any], person: Person, on: date) -> Verdict | None:
    """What the standard in force on the day says; None while what it asks is not known yet, and for unknown programmes."""
    if programme == "hypertension":
        return hypertension(found, person, on)
    if programme == "diabetes":
        return diabetes(found, person, on)
    if programme == "mental":
        return mental(found, person, on)
    if programme in GENERAL:
        return judge_general(on, pressure_of(found), person.hypertensive, standard("key_groups", on), standard("hypertension", on))
    return None


def pressure_of(found: Mapping[str, Any]) -> Pressure | None:
    if not found.get("systolic") or not found.get("diastolic"):
        return None
    return Pressure(int(found["systolic"]), int(found["diastolic"]))


def before(person: Person) -> Outcome | None:
    return Outcome(person.previous) if person.previous else None


def of_signs(programme: str, found: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(found.get("signs") or ()) & frozenset(SIGNS[programme])


def hypertension(found: Mapping[str, Any], person: Person, on: date) -> Verdict | None:
    pressure = pressure_of(found)
    if pressure is None:
        return None
    target = person.target or {}
    own = Target(int(target["systolic"]), int(target["diastolic"])) if target.get("systolic") and target.get("diastolic") else None
    visit = HypertensionVisit(
        on, person.age, pressure, of_signs("hypertension", found), bool(found.get("pregnant")), bool(found.get("adverse")), bool(found.get("complication")),
        before(person), own,
    )  # fmt: skip
    return judge_hypertension(visit, standard("hypertension", on))


def diabetes(found: Mapping[str, Any], person: Person, on: date) -> Verdict | None:
    pressure = pressure_of(found)
    if pressure is None or found.get("fasting") is None:
        return None
    own = Decimal(str(person.target["fasting"])) if person.target and person.target.get("fasting") else None
    visit = DiabetesVisit(
        on, Decimal(found["fasting"]), pressure, found.get("pulse"), found.get("temperature"), of_signs("diabetes", found), bool(found.get("pregnant")),
        bool(found.get("adverse")), bool(found.get("complication")), before(person), own,
    )  # fmt: skip
    return judge_diabetes(visit, standard("diabetes", on))


def mental(found: Mapping[str, Any], person: Person, on: date) -> Verdict | None:
    if found.get("risk") in (None, "") or not found.get("insight"):
        return None
    social = [int(found[name]) for name in SOCIAL if found.get(name) in ("1", "2", "3")]
    visit = MentalVisit(
        on, int(found["risk"]), bool(found.get("symptoms_marked")), int(found["insight"]), max(social, default=1), bool(found.get("adverse")),
        bool(found.get("severe_illness")), found.get("hospital") == "1", before(person),
    )  # fmt: skip
    return judge_mental(visit, standard("mental", on))
