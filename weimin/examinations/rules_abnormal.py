"""What of an examination is out of range, why, and what follows from it. Pure (A-08, A-14, A-15, A-27, A-28)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from weimin.examinations.rules_body import NORMAL, bmi, bmi_class, self_care_score
from weimin.examinations.rules_form import BLOOD, FORM, SHIPPED_FROM, Examined, Range, abnormal_codes, asked_of, form_lists, parameter, range_for
from weimin.health.parameters import listed as listed_on
from weimin.health.rules_self_care import grade_of
from weimin.health.standards import standard

URGENT, RECHECK, WATCH = "urgent", "recheck", "watch"
RANKS = {URGENT: 0, RECHECK: 1, WATCH: 2}
LOW, HIGH = "low", "high"
PRESSURE_HIGH, PRESSURE_CRISIS, PRESSURE_LOW, ARMS = "pressure_high", "pressure_crisis", "pressure_low", "arms"
CODE, SELF_CARE, WAIST = "code", "self_care", "waist"
RANGED = ("temperature", "pulse", "breath", *(key for key in BLOOD if key != "fasting"))
SUSPICIONS = {"hypertension": ("pressure",), "diabetes": ("fasting", "hba1c")}


@dataclass(frozen=True)
class Abnormal:
    """One finding. `item`: field, or pressure, bmi, self_care; `value` as measured; `why` one of the words above; `within`: the reference range."""

    item: str
    value: str
    why: str
    level: str
    within: str = ""


def judge(found: Mapping[str, Any], whom: Examined, on: date) -> list[Abnormal]:
    """Every finding, the urgent ones first."""
    listed = [*pressure(found, whom, on), *body(found, whom, on), *glucose(found, whom, on), *measured(found, whom, on), *coded(found, whom, on)]
    return sorted(listed, key=lambda one: RANKS[one.level])


def pressure(found: Mapping[str, Any], whom: Examined, on: date) -> Iterator[Abnormal]:
    """The higher arm counts; who is under care for hypertension is called by the visits, unless it is a crisis."""
    arms = [(found.get(f"{side}_systolic"), found.get(f"{side}_diastolic")) for side in ("left", "right")]
    taken = [(int(high), int(low)) for high, low in arms if high and low]
    if not taken:
        return
    rule = standard("hypertension", on)
    high, low = max(one[0] for one in taken), max(one[1] for one in taken)
    words = f"{high}/{low}"
    if high >= rule.figure("crisis_systolic") or low >= rule.figure("crisis_diastolic"):
        yield Abnormal("pressure", words, PRESSURE_CRISIS, URGENT)
    elif high >= rule.figure("target_systolic") or low >= rule.figure("target_diastolic"):
        yield Abnormal("pressure", words, PRESSURE_HIGH, WATCH if "hypertension" in whom.programmes else RECHECK)
    elif below(high, "systolic", whom, on) or below(low, "diastolic", whom, on):
        yield Abnormal("pressure", words, PRESSURE_LOW, WATCH)
    if len(taken) == 2 and abs(taken[0][0] - taken[1][0]) > bound("arms", HIGH, whom, on):
        yield Abnormal("pressure", f"{taken[0][0]}／{taken[1][0]}", ARMS, WATCH)  # text: data


def below(value: int, key: str, whom: Examined, on: date) -> bool:
    return value < bound(key, LOW, whom, on)


def bound(key: str, side: str, whom: Examined, on: date) -> Decimal:
    """A bound that every row of `reference.yaml` for this value has."""
    row = range_for(key, whom, on)
    limit = getattr(row, side, None)
    if limit is None:
        raise KeyError(f"{key} has no {side} bound")
    return Decimal(limit)


def body(found: Mapping[str, Any], whom: Examined, on: date) -> Iterator[Abnormal]:
    """Weight, waist and self-care are told and not called back; who cannot look after themselves is."""
    adult = parameter("adult_from", on)
    rule, index = standard("adult_body", on), bmi(found.get("height"), found.get("weight"))
    if index is not None and whom.age >= adult:
        said = bmi_class(index, rule, bound("bmi", LOW, whom, on))
        if said != NORMAL:
            yield Abnormal("bmi", str(index), said, WATCH)
    most = rule.figure("waist_male" if whom.sex == "m" else "waist_female")
    if found.get("waist") and whom.age >= adult and Decimal(found["waist"]) >= most:
        yield Abnormal("waist", str(found["waist"]), WAIST, WATCH)
    score = self_care_score(found)
    if score is not None:
        said = grade_of(score, standard("elderly", on))
        if said in ("moderate", "dependent"):
            yield Abnormal("self_care", str(score), said, RECHECK)


def glucose(found: Mapping[str, Any], whom: Examined, on: date) -> Iterator[Abnormal]:
    """Crisis and diagnosis by the standard; between the reference range and the diagnosis it is told."""
    row, value = range_for("fasting", whom, on), found.get("fasting")
    if row is None or value is None:
        return
    rule = standard("diabetes", on)
    bounds = replace(row, urgent_low=rule.figure("crisis_low"), urgent_high=rule.figure("crisis_high"), recheck_high=rule.figure("target_fasting"))
    one = out_of(bounds, value)
    if one is not None:
        yield known_diabetes(one, whom)


def known_diabetes(one: Abnormal, whom: Examined) -> Abnormal:
    return replace(one, level=WATCH) if one.level == RECHECK and "diabetes" in whom.programmes else one


def measured(found: Mapping[str, Any], whom: Examined, on: date) -> Iterator[Abnormal]:
    for key in (*RANGED, "microalbumin"):
        row, value = range_for(key, whom, on), found.get(key)
        one = None if row is None or value is None else out_of(row, value)
        if one is not None:
            yield known_diabetes(one, whom) if key == "hba1c" else one


def out_of(row: Range, given: Any) -> Abnormal | None:
    """A value against its range; bounds of the range itself are still inside, bounds of recall already outside."""
    value = Decimal(str(given))
    low = level_below(value, row)
    high = level_above(value, row)
    if low or high:
        return Abnormal(row.item, str(given), LOW if low else HIGH, low or high, within(row))
    return None


def level_below(value: Decimal, row: Range) -> str:
    if row.urgent_low is not None and value <= row.urgent_low:
        return URGENT
    if row.recheck_low is not None and value <= row.recheck_low:
        return RECHECK
    return WATCH if row.low is not None and value < row.low else ""


def level_above(value: Decimal, row: Range) -> str:
    if row.urgent_high is not None and value >= row.urgent_high:
        return URGENT
    if row.recheck_high is not None and value >= row.recheck_high:
        return RECHECK
    return WATCH if row.high is not None and value > row.high else ""


def within(row: Range) -> str:
    """3.9—6.0, ≤ 26.0, ≥ 1.0."""
    if row.low is not None and row.high is not None:
        return f"{row.low}—{row.high}"
    return f"≤ {row.high}" if row.high is not None else f"≥ {row.low}"


def coded(found: Mapping[str, Any], whom: Examined, on: date) -> Iterator[Abnormal]:
    recheck = listed_on(FORM, on, SHIPPED_FROM, "recheck", form_lists()["recheck"])
    for one in asked_of(whom, on):
        value = found.get(one.key)
        codes = value if isinstance(value, list) else [value]
        hit = [str(code) for code in codes if str(code) in abnormal_codes(one, on)]
        if hit:
            yield Abnormal(one.key, "、".join(one.codes[code] for code in hit), CODE, RECHECK if one.key in recheck else WATCH)  # text: data


def to_follow(listed: list[Abnormal]) -> list[Abnormal]:
    """What somebody is called back for."""
    return [one for one in listed if one.level != WATCH]


def suspected(listed: list[Abnormal], whom: Examined) -> list[str]:
    """Programmes for which the person is to be screened: high values of somebody who is not under care for them yet."""
    seen = {one.item for one in to_follow(listed) if one.why in (PRESSURE_HIGH, PRESSURE_CRISIS, HIGH)}
    return [programme for programme, causes in SUSPICIONS.items() if programme not in whom.programmes and seen & set(causes)]


def as_data(listed: list[Abnormal]) -> list[dict[str, str]]:
    """As an examination keeps it."""
    return [asdict(one) for one in listed]


def from_data(rows: list[dict[str, str]]) -> list[Abnormal]:
    return [Abnormal(**row) for row in rows]
