"""From what a visit found to what the standard says: what is not known yet is not judged, and each programme asks for its own signs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from weimin.health.rules_visit import Person, asked_for, before, judged, of_signs, pressure_of, signs_for

pytestmark = pytest.mark.req("H3")
ON, SOMEBODY = date(2026, 11, 20), Person(60)
WELL = {"systolic": 132, "diastolic": 82, "fasting": Decimal("5.8"), "risk": "0", "insight": "1"}


@pytest.mark.parametrize(
    ("programme", "missing"),
    [
        ("hypertension", "systolic"), ("hypertension", "diastolic"), ("diabetes", "systolic"), ("diabetes", "diastolic"), ("diabetes", "fasting"),
        ("mental", "risk"), ("mental", "insight"),
    ],
)  # fmt: skip
def test_what_the_standard_needs_and_nobody_measured_is_not_judged(programme, missing):
    assert judged(programme, WELL, SOMEBODY, ON) is not None
    assert judged(programme, {**WELL, missing: None}, SOMEBODY, ON) is None


def test_a_risk_of_none_is_known_and_one_left_empty_is_not():
    assert judged("mental", {**WELL, "risk": ""}, SOMEBODY, ON) is None


def test_half_a_pressure_is_none():
    assert [pressure_of({"systolic": high, "diastolic": low}) for high, low in ((132, None), (None, 82), (None, None))] == [None, None, None]


def test_a_danger_sign_counts_for_the_programme_that_asks_for_it():
    found = {**WELL, "signs": ["chest", "acetone"]}
    assert (of_signs("hypertension", found), of_signs("diabetes", found), of_signs("diabetes", WELL)) == ({"chest"}, {"acetone"}, set())
    assert judged("hypertension", found, SOMEBODY, ON).emergency and not judged("hypertension", WELL, SOMEBODY, ON).emergency


def test_signs_and_fields_that_two_programmes_ask_for_are_asked_once():
    signs = signs_for(("hypertension", "diabetes", "mental"))
    assert len(signs) == len(set(signs)) and {"chest", "acetone", "consciousness"} <= set(signs)
    assert {one.key for one in asked_for(("diabetes",))} < {one.key for one in asked_for(("diabetes", "mental"))}


def test_an_own_target_needs_both_figures_of_the_pressure():
    own = judged("hypertension", WELL, Person(60, target={"systolic": 120, "diastolic": 80}), ON)
    half = judged("hypertension", WELL, Person(60, target={"systolic": 120}), ON)
    usual = judged("hypertension", WELL, SOMEBODY, ON)
    assert (own.outcome, half.outcome, usual.outcome) == ("unsatisfied", "satisfied", "satisfied")


def test_an_own_target_of_the_sugar_is_kept():
    assert [judged("diabetes", WELL, Person(60, target=target), ON).outcome for target in ({"fasting": "5.0"}, None)] == ["unsatisfied", "satisfied"]


def test_without_an_outcome_before_there_is_none():
    assert (before(SOMEBODY), before(Person(60, previous="unsatisfied"))) == (None, "unsatisfied")


def test_of_a_mental_illness_the_worst_of_the_social_functions_counts():
    outcomes = [judged("mental", {**WELL, "social_work": work}, SOMEBODY, ON).outcome for work in ("1", "3")]
    assert outcomes[0] == judged("mental", WELL, SOMEBODY, ON).outcome != outcomes[1]


def test_an_unknown_programme_is_not_judged():
    assert judged("smoking", WELL, SOMEBODY, ON) is None
