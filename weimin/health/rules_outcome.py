"""What a follow-up visit means: outcome class, when to come again, referral, emergency. Pure; rules A-14 to A-18, A-27, A-28, A-41, A-42.

The doctor types what was seen and measured; nothing here is ticked by hand. Two unsatisfactory visits in a row are derived from
the visit before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from weimin.health.standards import Standard


class Outcome(StrEnum):
    """此次随访分类 (A-16); stable, fairly stable and unstable of mental disorders (A-42); seen: elderly and disabled people, who have no class."""

    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    ADVERSE = "adverse"
    COMPLICATION = "complication"
    STABLE = "stable"
    FAIRLY_STABLE = "fairly_stable"
    UNSTABLE = "unstable"
    SEEN = "seen"


BAD = frozenset({Outcome.UNSATISFIED, Outcome.ADVERSE, Outcome.COMPLICATION})
SECOND = "second_time"


@dataclass(frozen=True)
class Verdict:
    """What the standard says of a visit. `reasons` are keys of `wording.REASONS`, most serious first.

    emergency: refer at once after first aid. refer: advise referral. within_days: the next visit at the latest.
    """

    outcome: Outcome
    next_on: date
    within_days: int
    refer: bool = False
    emergency: bool = False
    reasons: tuple[str, ...] = field(default=())
    chosen_on: date | None = None  # the day that the doctor chose; `next_on` is never later than it


@dataclass(frozen=True)
class Pressure:
    """Blood pressure in mmHg."""

    systolic: int
    diastolic: int


@dataclass(frozen=True)
class Target:
    """Below these is satisfactory (A-15)."""

    systolic: int
    diastolic: int


@dataclass(frozen=True)
class HypertensionVisit:
    """What a hypertension visit found. `signs`: danger signs of A-14; `previous`: the outcome of the visit before, if any."""

    on: date
    age: int
    pressure: Pressure
    signs: frozenset[str] = frozenset()
    pregnant: bool = False
    adverse: bool = False
    complication: bool = False
    previous: Outcome | None = None
    own_target: Target | None = None


@dataclass(frozen=True)
class DiabetesVisit:
    """What a diabetes visit found. fasting in mmol/L; pulse per minute and temperature °C when taken."""

    on: date
    fasting: Decimal
    pressure: Pressure
    pulse: int | None = None
    temperature: Decimal | None = None
    signs: frozenset[str] = frozenset()
    pregnant: bool = False
    adverse: bool = False
    complication: bool = False
    previous: Outcome | None = None
    own_target: Decimal | None = None


@dataclass(frozen=True)
class MentalVisit:
    """What a visit to somebody with a severe mental disorder found (A-41, A-42, A-44).

    risk: 0 to 5. insight: 1 full, 2 partial, 3 absent. social: worst of the five functions, 1 good, 2 fair, 3 poor.
    """

    on: date
    risk: int
    symptoms_marked: bool = False
    insight: int = 1
    social: int = 1
    adverse: bool = False
    severe_illness: bool = False
    in_hospital: bool = False
    previous: Outcome | None = None


def target_of(age: int, standard: Standard) -> Target:
    """The general target, or the one of elderly people."""
    elderly = age >= standard.figure("elderly_from")
    return Target(int(standard.figure("elderly_systolic" if elderly else "target_systolic")), int(standard.figure("target_diastolic")))


def pressure_crisis(pressure: Pressure, standard: Standard) -> bool:
    """Either value at or above its line (A-14)."""
    return pressure.systolic >= standard.figure("crisis_systolic") or pressure.diastolic >= standard.figure("crisis_diastolic")


def judge_hypertension(visit: HypertensionVisit, standard: Standard) -> Verdict:
    """Both values below the target is satisfactory; everything else as the standard orders it."""
    crisis = []
    if pressure_crisis(visit.pressure, standard):
        crisis.append("pressure_crisis")
    crisis += [f"sign_{sign}" for sign in sorted(visit.signs)]
    target = visit.own_target or target_of(visit.age, standard)
    high = visit.pressure.systolic >= target.systolic or visit.pressure.diastolic >= target.diastolic
    if visit.pregnant and high:
        crisis.append("pregnant_high")
    found = Found(visit.on, tuple(crisis), high, "pressure_high", visit.adverse, visit.complication, visit.previous)
    return judge(found, standard)


def judge_diabetes(visit: DiabetesVisit, standard: Standard) -> Verdict:
    """Fasting glucose below the target is satisfactory; very high or very low is an emergency."""
    crisis = []
    if visit.fasting >= standard.figure("crisis_high"):
        crisis.append("glucose_crisis")
    if visit.fasting <= standard.figure("crisis_low"):
        crisis.append("glucose_low")
    if pressure_crisis(visit.pressure, standard):
        crisis.append("pressure_crisis")
    if visit.pulse is not None and visit.pulse > standard.figure("crisis_pulse"):
        crisis.append("pulse_fast")
    if visit.temperature is not None and visit.temperature > standard.figure("crisis_temperature"):
        crisis.append("fever")
    crisis += [f"sign_{sign}" for sign in sorted(visit.signs)]
    target = visit.own_target or standard.figure("target_fasting")
    high = visit.fasting >= target
    if visit.pregnant and high:
        crisis.append("pregnant_high")
    found = Found(visit.on, tuple(crisis), high or "glucose_low" in crisis, "glucose_high", visit.adverse, visit.complication, visit.previous)
    return judge(found, standard)


@dataclass(frozen=True)
class Found:
    """A visit of either chronic disease, reduced to what the way of A-17 and A-28 asks."""

    on: date
    crisis: tuple[str, ...]
    high: bool
    high_reason: str
    adverse: bool
    complication: bool
    previous: Outcome | None


def judge(found: Found, standard: Standard) -> Verdict:
    """The way of both diseases: emergency, then complication, adverse reaction, unsatisfactory, satisfactory."""
    soon, later = standard.days("soon_days"), standard.days("next_days")
    outcome = class_of(found)
    reasons = [*found.crisis]
    if found.complication:
        reasons.append("complication")
    if found.adverse:
        reasons.append("adverse")
    if found.high and not found.crisis:
        reasons.append(found.high_reason)
    again = in_a_row(outcome, found.previous)
    if again:
        reasons.append(SECOND)
    refer = bool(found.crisis) or found.complication or again
    days = soon if outcome in BAD or found.crisis else later
    return Verdict(outcome, found.on + timedelta(days=days), days, refer, bool(found.crisis), tuple(reasons))


def in_a_row(outcome: str, previous: str | None) -> bool:
    """Two in a row that are not satisfactory: derived, never ticked (A-17)."""
    return outcome in BAD and previous in BAD


def still_unstable(previous: str | None) -> bool:
    """The visit before had not been stable either: guided by a specialist, seen within a month (A-42)."""
    return previous in (Outcome.FAIRLY_STABLE, Outcome.UNSTABLE)


def class_of(found: Found) -> Outcome:
    if found.complication:
        return Outcome.COMPLICATION
    if found.adverse:
        return Outcome.ADVERSE
    return Outcome.UNSATISFIED if found.high or found.crisis else Outcome.SATISFIED


def judge_mental(visit: MentalVisit, standard: Standard) -> Verdict:
    """Unstable, fairly stable or stable; who is unstable is referred at once and seen within two weeks unless in hospital (A-42)."""
    if not 0 <= visit.risk <= 5:
        raise ValueError(f"risk {visit.risk} is not 0 to 5")
    reasons = mental_reasons(visit, standard)
    if reasons:
        soon = standard.days("soon_days")
        return Verdict(Outcome.UNSTABLE, visit.on + timedelta(days=soon), soon, refer=not visit.in_hospital, emergency=not visit.in_hospital, reasons=reasons)
    if visit.risk >= 1 or visit.insight == 2 or visit.social == 3:
        still = still_unstable(visit.previous)
        days = standard.days("guided_days" if still else "soon_days")
        return Verdict(Outcome.FAIRLY_STABLE, visit.on + timedelta(days=days), days, refer=still, reasons=("not_yet_stable",))
    days = standard.days("stable_days")
    return Verdict(Outcome.STABLE, visit.on + timedelta(days=days), days)


def mental_reasons(visit: MentalVisit, standard: Standard) -> tuple[str, ...]:
    """Why somebody is unstable; empty when not."""
    checks = {
        "risk_high": visit.risk >= standard.figure("unstable_risk"),
        "symptoms_marked": visit.symptoms_marked,
        "insight_absent": visit.insight == 3,
        "adverse": visit.adverse,
        "severe_illness": visit.severe_illness,
    }
    return tuple(name for name, holds in checks.items() if holds)


def judge_general(on: date, pressure: Pressure | None, known: bool, rule: Standard, hypertension: Standard) -> Verdict:
    """A visit to somebody elderly or disabled: seen again by the quarter. known: high pressure is cared for already; else it is a hint to screen (A-11)."""
    days = 365 // rule.days("visits_a_year")
    crisis = pressure is not None and pressure_crisis(pressure, hypertension)
    if crisis:
        soon = hypertension.days("soon_days")
        return Verdict(Outcome.SEEN, on + timedelta(days=soon), soon, refer=True, emergency=True, reasons=("pressure_crisis",))
    high = pressure is not None and not known and screened_high(pressure, hypertension)
    return Verdict(Outcome.SEEN, on + timedelta(days=days), days, reasons=("screen_pressure",) if high else ())


def screened_high(pressure: Pressure, standard: Standard) -> bool:
    """High at a first measuring (A-11): either value at or above the general line, whatever the age."""
    return pressure.systolic >= standard.figure("target_systolic") or pressure.diastolic >= standard.figure("target_diastolic")


def suspected_on(days: list[date], on: date, standard: Standard) -> bool:
    """High on so many different days within the span: a preliminary diagnosis, to be confirmed in hospital (A-11)."""
    span = timedelta(days=standard.days("screen_span"))
    return len({day for day in days if on - span <= day <= on}) >= standard.figure("screen_times")
