"""Every boundary of the form, the reference ranges, the classes and who belongs to a plan (H5; A-08, A-36)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from weimin.examinations.forms_examination import in_rows
from weimin.examinations.models import Examination
from weimin.examinations.rules_abnormal import judge, suspected
from weimin.examinations.rules_advice import advice
from weimin.examinations.rules_body import bmi, bmi_class, self_care_score
from weimin.examinations.rules_form import MEASURED, SELF_CARE, Examined, asked_of, items, missing, parameter, range_for, ranges
from weimin.examinations.rules_plan import Place, distribute, groups_of
from weimin.examinations.wording import ADVICE, LEVELS, WHY, label_of
from weimin.health.rules_self_care import grade_of
from weimin.health.standards import standard

pytestmark = pytest.mark.req("H5")
ON = date(2026, 11, 1)
OLD, MAN = Examined(70, "f"), Examined(45, "m")


def found(one: Examined = OLD, **values):
    return [(row.item, row.why, row.level) for row in judge(values, one, ON)]


@pytest.mark.parametrize(
    ("score", "said"),
    [(0, "independent"), (3, "independent"), (4, "light"), (8, "light"), (9, "moderate"), (18, "moderate"), (19, "dependent"), (37, "dependent")],
)
def test_self_care_has_four_classes(score, said):
    assert grade_of(score, standard("elderly", ON)) == said


def test_the_worst_of_all_five_is_thirty_seven():
    assert self_care_score({name: max(items()[name].codes, key=int) for name in SELF_CARE}) == 37


def test_self_care_is_counted_when_all_five_are_answered():
    answers = dict(zip(SELF_CARE, ("3", "1", "3", "1", "0"), strict=True))
    assert self_care_score(answers) == 8
    assert self_care_score(answers | {"care_moving": ""}) is None
    assert self_care_score(answers | {"care_moving": "2"}) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [("18.4", "thin"), ("18.5", "normal"), ("23.9", "normal"), ("24.0", "overweight"), ("27.9", "overweight"), ("28.0", "obese")],
)
def test_weight_has_four_classes(value, said):
    assert bmi_class(Decimal(value), standard("adult_body", ON), Decimal("18.5")) == said


@pytest.mark.parametrize(("height", "weight", "index"), [(160, 64, "25.0"), (Decimal("158.5"), Decimal("56.2"), "22.4"), (None, 64, None), (160, None, None)])
def test_body_mass_index(height, weight, index):
    assert bmi(height, weight) == (Decimal(index) if index else None)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ((139, 89), (120, 80), []), ((140, 89), (130, 80), [("pressure_high", "recheck")]), ((130, 80), (139, 90), [("pressure_high", "recheck")]),
        ((179, 109), (170, 100), [("pressure_high", "recheck")]), ((180, 100), (175, 90), [("pressure_crisis", "urgent")]), ((150, 110), (150, 90), [("pressure_crisis", "urgent")]),
        ((90, 60), (92, 62), []), ((89, 60), (89, 60), [("pressure_low", "watch")]), ((95, 59), (95, 59), [("pressure_low", "watch")]),
        ((130, 80), (111, 75), []), ((130, 80), (110, 75), [("arms", "watch")]), ((130, 80), None, []),
    ],
)  # fmt: skip
def test_the_higher_arm_counts(left, right, said):
    values = {"left_systolic": left[0], "left_diastolic": left[1]}
    if right:
        values |= {"right_systolic": right[0], "right_diastolic": right[1]}
    assert found(**values) == [("pressure", *one) for one in said]


def test_who_is_under_care_is_called_by_the_visits_unless_it_is_a_crisis():
    patient = Examined(70, "f", frozenset({"hypertension", "diabetes"}))
    assert found(patient, left_systolic=160, left_diastolic=92, fasting="7.5", hba1c="7.1") == [
        ("pressure", "pressure_high", "watch"), ("fasting", "high", "watch"), ("hba1c", "high", "watch"),
    ]  # fmt: skip
    assert found(patient, left_systolic=180, left_diastolic=92, fasting="16.7") == [("pressure", "pressure_crisis", "urgent"), ("fasting", "high", "urgent")]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("3.8", ("low", "urgent")), ("3.9", ("low", "urgent")), ("4.0", None), ("6.0", None), ("6.1", ("high", "watch")), ("6.9", ("high", "watch")),
        ("7.0", ("high", "recheck")), ("16.6", ("high", "recheck")), ("16.7", ("high", "urgent")),
    ],
)  # fmt: skip
def test_fasting_glucose(value, said):
    assert found(fasting=value) == ([("fasting", *said)] if said else [])


@pytest.mark.parametrize(
    ("item", "value", "whom", "said"),
    [
        ("hba1c", "6.0", OLD, None), ("hba1c", "6.4", OLD, ("high", "watch")), ("hba1c", "6.5", OLD, ("high", "recheck")),
        ("cholesterol", "5.19", OLD, None), ("cholesterol", "5.20", OLD, ("high", "watch")), ("cholesterol", "6.19", OLD, ("high", "watch")), ("cholesterol", "6.20", OLD, ("high", "recheck")),
        ("triglyceride", "1.69", OLD, None), ("triglyceride", "1.70", OLD, ("high", "watch")), ("triglyceride", "2.30", OLD, ("high", "recheck")), ("triglyceride", "11.30", OLD, ("high", "urgent")),
        ("ldl", "3.39", OLD, None), ("ldl", "3.40", OLD, ("high", "watch")), ("ldl", "4.10", OLD, ("high", "recheck")), ("hdl", "1.00", OLD, None), ("hdl", "0.99", OLD, ("low", "watch")),
        ("alt", "40", OLD, None), ("alt", "41", OLD, ("high", "watch")), ("alt", "41", MAN, None), ("alt", "51", MAN, ("high", "watch")), ("alt", "80", OLD, ("high", "recheck")), ("alt", "400", OLD, ("high", "urgent")),
        ("ast", "35", OLD, None), ("ast", "36", OLD, ("high", "watch")), ("ast", "70", OLD, ("high", "recheck")), ("bilirubin", "21.0", OLD, None), ("bilirubin", "21.1", OLD, ("high", "watch")),
        ("bilirubin", "26.0", MAN, None), ("bilirubin", "34.2", MAN, ("high", "recheck")), ("creatinine", "81", OLD, None), ("creatinine", "82", OLD, ("high", "watch")),
        ("creatinine", "97", MAN, None), ("creatinine", "98", MAN, ("high", "watch")), ("creatinine", "111", Examined(60, "m"), None), ("creatinine", "112", Examined(60, "m"), ("high", "watch")),
        ("creatinine", "133", MAN, ("high", "recheck")), ("creatinine", "442", MAN, ("high", "urgent")), ("urea", "8.8", OLD, None), ("urea", "8.81", OLD, ("high", "watch")), ("urea", "12.0", OLD, ("high", "recheck")),
        ("hemoglobin", "115", OLD, None), ("hemoglobin", "114", OLD, ("low", "watch")), ("hemoglobin", "114", MAN, ("low", "watch")), ("hemoglobin", "100", OLD, ("low", "recheck")), ("hemoglobin", "60", OLD, ("low", "urgent")),
        ("leukocyte", "3.5", OLD, None), ("leukocyte", "3.49", OLD, ("low", "watch")), ("leukocyte", "9.51", OLD, ("high", "watch")), ("leukocyte", "12", OLD, ("high", "recheck")),
        ("platelet", "125", OLD, None), ("platelet", "100", OLD, ("low", "recheck")), ("pulse", "60", OLD, None), ("pulse", "59", OLD, ("low", "watch")), ("pulse", "101", OLD, ("high", "watch")), ("pulse", "120", OLD, ("high", "recheck")),
        ("temperature", "37.2", OLD, None), ("temperature", "37.3", OLD, ("high", "watch")), ("temperature", "39.1", OLD, ("high", "urgent")),
        ("waist", "84.9", OLD, None), ("waist", "85.0", OLD, ("waist", "watch")), ("waist", "89.9", MAN, None), ("waist", "90.0", MAN, ("waist", "watch")),
    ],
)  # fmt: skip
def test_a_value_against_its_range(item, value, whom, said):
    assert found(whom, **{item: value}) == ([(item, *said)] if said else [])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"ecg": "1"}, []), ({"ecg": "2"}, [("ecg", "code", "recheck")]), ({"urine_protein": "2"}, []), ({"urine_protein": "3"}, [("urine_protein", "code", "recheck")]),
        ({"hearing": "2"}, [("hearing", "code", "watch")]), ({"foot_pulse": "2"}, []), ({"foot_pulse": "1"}, [("foot_pulse", "code", "recheck")]),
        ({"breasts": ["1"]}, []), ({"breasts": ["3", "4"]}, [("breasts", "code", "recheck")]), ({"cognition": "2"}, [("cognition", "code", "recheck")]),
    ],
)  # fmt: skip
def test_codes_that_are_a_finding(values, said):
    assert found(**values) == said


def test_the_urgent_stand_first_and_carry_range_and_value():
    rows = judge({"alt": 41, "left_systolic": 186, "left_diastolic": 112, "ultrasound": "2"}, OLD, ON)
    assert [(one.item, one.value, one.within, one.level) for one in rows] == [
        ("pressure", "186/112", "", "urgent"), ("ultrasound", "异常", "", "recheck"), ("alt", "41", "7—40", "watch"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "under_care", "said"),
    [
        ({"left_systolic": 142, "left_diastolic": 80}, (), ["hypertension"]), ({"left_systolic": 142, "left_diastolic": 80}, ("hypertension",), []),
        ({"left_systolic": 85, "left_diastolic": 55}, (), []), ({"fasting": "7.0"}, (), ["diabetes"]), ({"fasting": "6.9"}, (), []), ({"fasting": "3.5"}, (), []),
        ({"hba1c": "6.5"}, (), ["diabetes"]), ({"left_systolic": 182, "left_diastolic": 92, "fasting": "17"}, ("diabetes",), ["hypertension"]),
    ],
)  # fmt: skip
def test_suspected_patients_are_those_not_under_care(values, under_care, said):
    whom = Examined(70, "f", frozenset(under_care))
    assert suspected(judge(values, whom, ON), whom) == said


def test_the_form_is_asked_by_age_sex_and_day():
    asked = {one.key for one in asked_of(MAN, ON)}
    assert {"cognition", "hba1c", "breasts"} & asked == set() and "ecg" in asked
    assert {"cognition", "hba1c", "chest_dr", "breasts"} <= {one.key for one in asked_of(OLD, ON)}
    assert {"hba1c", "chest_dr"} & {one.key for one in asked_of(OLD, date(2024, 12, 31))} == set()


def test_a_form_is_complete_when_everything_needed_is_there():
    needed = [one.key for one in asked_of(OLD, ON) if one.need]
    assert len(needed) > 40 and missing({}, OLD, ON) == needed
    assert missing(dict.fromkeys(needed, "1") | {"ecg": ""}, OLD, ON) == ["ecg"]


def test_the_columns_of_an_examination_are_fields_of_the_form():
    columns = {field.name for field in Examination._meta.get_fields()}
    assert set(MEASURED) <= set(items()) & columns
    assert all(range_for(row.item, OLD, ON) or range_for(row.item, MAN, ON) for row in ranges())
    assert {row.sure for row in ranges()} | {one.sure for one in items().values()} <= {"high", "memory"}


def test_every_reason_level_and_advice_has_words():
    rows = judge({"left_systolic": 186, "left_diastolic": 112, "fasting": "2.5", "height": 160, "weight": 90, "waist": 99, "ecg": "2"}, OLD, ON)
    assert all(one.why in WHY and one.level in LEVELS and label_of(one.item) != one.item for one in rows)
    said = advice(rows, {"smoking": "3", "drinking": "4", "exercise": "4"})
    assert said == ["hospital_now", "come_back", "pressure", "glucose", "weight", "smoking", "drinking", "exercise", "next_year"]
    assert set(said) <= set(ADVICE) and advice([], {}) == ["good", "next_year"]


@pytest.mark.parametrize(
    ("age", "programmes", "from_age", "said"),
    [
        (64, (), 65, []), (65, (), 65, ["elderly"]), (60, (), 60, ["elderly"]), (59, ("hypertension",), 60, ["hypertension"]), (70, ("mental",), 65, ["elderly"]),
        (70, ("diabetes", "hypertension"), 65, ["elderly", "hypertension", "diabetes"]),
    ],
)  # fmt: skip
def test_groups_of_a_plan(age, programmes, from_age, said):
    assert groups_of(age, programmes, ("elderly", "hypertension", "diabetes"), from_age) == said


VILLAGE, OTHER, TOWNSHIP = 500242101200, 500242101201, 500242101000


def test_people_go_to_their_village_first_then_to_the_township_and_nobody_beyond_the_seats():
    places = [Place(1, ON, TOWNSHIP, 2), Place(2, ON + timedelta(days=3), VILLAGE, 1), Place(3, ON + timedelta(days=1), VILLAGE, 1)]
    people = [(10, VILLAGE), (11, VILLAGE), (12, VILLAGE), (13, OTHER), (14, OTHER)]
    assert distribute(people, places) == {10: 3, 11: 2, 12: 1, 13: 1}
    assert distribute(people, []) == {}


def test_parameters_say_where_they_come_from():
    assert (parameter("elderly_from", ON), parameter("urgent_days", ON), parameter("recheck_days", ON)) == (65, 3, 30)


def test_the_two_pressures_of_an_arm_share_a_row(jurisdiction):
    class Bound:
        def __init__(self, name):
            self.name = name

    names = [("temperature", "pulse"), ("breath",), ("left_systolic", "left_diastolic"), ("right_systolic", "right_diastolic"), ("height", "weight")]
    rows = in_rows([Bound(name) for row in names for name in row])
    assert [tuple(one.name for one in row) for row in rows] == names
