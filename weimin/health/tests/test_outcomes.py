"""The outcome of a visit, row by row of `data/outcomes.yaml`."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from weimin.health.rules_outcome import (
    DiabetesVisit,
    HypertensionVisit,
    MentalVisit,
    Outcome,
    Pressure,
    Target,
    judge_diabetes,
    judge_hypertension,
    judge_mental,
)
from weimin.health.standards import standard

pytestmark = pytest.mark.req("H3")
ROWS = YAML(typ="safe").load(Path(__file__).with_name("data") / "outcomes.yaml")
ON = date(2026, 11, 30)
HYPERTENSION, DIABETES, MENTAL = (standard(key, ON) for key in ("hypertension", "diabetes", "mental"))


def told(verdict):
    assert verdict.next_on == ON + timedelta(days=verdict.within_days)
    return {"outcome": str(verdict.outcome), "days": verdict.within_days, "refer": verdict.refer, "emergency": verdict.emergency}


def expected(row):
    return {name: row[name] for name in ("outcome", "days", "refer", "emergency")}


def words(row):
    return "-".join(str(value) for value in row.values())


@pytest.mark.parametrize("row", ROWS["hypertension"], ids=words)
def test_blood_pressure(row):
    visit = HypertensionVisit(ON, row["age"], Pressure(row["systolic"], row["diastolic"]))
    assert told(judge_hypertension(visit, HYPERTENSION)) == expected(row)


@pytest.mark.parametrize("row", ROWS["hypertension_way"], ids=words)
def test_what_a_second_bad_visit_an_adverse_reaction_or_a_complication_means(row):
    previous = Outcome(row["previous"]) if row["previous"] else None
    visit = HypertensionVisit(ON, 50, Pressure(row["systolic"], 80), adverse=row["adverse"], complication=row["complication"], previous=previous)
    assert told(judge_hypertension(visit, HYPERTENSION)) == expected(row)


@pytest.mark.parametrize("row", ROWS["diabetes"], ids=words)
def test_fasting_glucose(row):
    visit = DiabetesVisit(ON, Decimal(row["fasting"]), Pressure(row["systolic"], row["diastolic"]))
    assert told(judge_diabetes(visit, DIABETES)) == expected(row)


@pytest.mark.parametrize("row", ROWS["mental"], ids=words)
def test_risk_insight_and_social_function(row):
    visit = MentalVisit(ON, row["risk"], insight=row["insight"], social=row["social"])
    assert told(judge_mental(visit, MENTAL)) == expected(row)


def test_there_are_more_than_two_hundred_cases():
    assert sum(len(rows) for rows in ROWS.values()) > 200


@pytest.mark.parametrize("sign", ["consciousness", "headache", "vomiting", "blurred", "eye_pain", "palpitation", "chest", "breath"])
def test_a_danger_sign_is_an_emergency_whatever_the_pressure(sign):
    verdict = judge_hypertension(HypertensionVisit(ON, 50, Pressure(120, 80), signs=frozenset({sign})), HYPERTENSION)
    assert (verdict.emergency, verdict.within_days, verdict.reasons) == (True, 14, (f"sign_{sign}",))


def test_high_pressure_while_pregnant_is_an_emergency():
    assert judge_hypertension(HypertensionVisit(ON, 30, Pressure(140, 80), pregnant=True), HYPERTENSION).emergency
    assert not judge_hypertension(HypertensionVisit(ON, 30, Pressure(139, 80), pregnant=True), HYPERTENSION).emergency


def test_an_individual_target_replaces_the_general_one():
    visit = HypertensionVisit(ON, 50, Pressure(132, 78), own_target=Target(130, 80))
    assert judge_hypertension(visit, HYPERTENSION).outcome == Outcome.UNSATISFIED
    assert judge_diabetes(DiabetesVisit(ON, Decimal("7.4"), Pressure(120, 80), own_target=Decimal("7.5")), DIABETES).outcome == Outcome.SATISFIED


@pytest.mark.parametrize(("pulse", "emergency"), [(100, False), (101, True)])
def test_a_lasting_fast_pulse_is_an_emergency_in_diabetes(pulse, emergency):
    assert judge_diabetes(DiabetesVisit(ON, Decimal("6.0"), Pressure(120, 80), pulse=pulse), DIABETES).emergency is emergency


@pytest.mark.parametrize(("temperature", "emergency"), [("39.0", False), ("39.1", True)])
def test_high_fever_is_an_emergency_in_diabetes(temperature, emergency):
    assert judge_diabetes(DiabetesVisit(ON, Decimal("6.0"), Pressure(120, 80), temperature=Decimal(temperature)), DIABETES).emergency is emergency


def test_who_is_still_not_stable_is_guided_by_a_specialist_and_seen_in_a_month():
    verdict = judge_mental(MentalVisit(ON, 1, previous=Outcome.FAIRLY_STABLE), MENTAL)
    assert (verdict.outcome, verdict.within_days, verdict.refer) == (Outcome.FAIRLY_STABLE, 30, True)


def test_an_unstable_patient_in_hospital_is_not_referred_again():
    verdict = judge_mental(MentalVisit(ON, 4, in_hospital=True), MENTAL)
    assert (verdict.outcome, verdict.refer, verdict.emergency, verdict.within_days) == (Outcome.UNSTABLE, False, False, 14)


def test_a_risk_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="not 0 to 5"):
        judge_mental(MentalVisit(ON, 6), MENTAL)


def test_the_standard_of_a_day_is_the_latest_one_in_force():
    assert standard("hypertension", date(2010, 1, 1)).effective_from == date(2017, 2, 28)
    with pytest.raises(KeyError):
        standard("unknown", ON)
