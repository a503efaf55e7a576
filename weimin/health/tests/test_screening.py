"""From the yearly measuring over suspicion to the diagnosis; visits to key groups without a class (H2; A-10, A-11, plan 3 二（四）)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from weimin.flows.models import Step
from weimin.health.indicators import BEHIND, total
from weimin.health.missing import call_missed, settle_missed
from weimin.health.models import Care, Due, Visit, VisitOutcome
from weimin.health.queries.today import due_today
from weimin.health.rules_calendar import is_regular, next_examination
from weimin.health.rules_outcome import Pressure, screened_high, suspected_on
from weimin.health.rules_visit import Person, judged
from weimin.health.screening import settle_measured
from weimin.health.standards import standard
from weimin.health.tests.builders import act_now, make_care, make_due, make_record, make_visit
from weimin.health.tests.examples.care import SCREEN
from weimin.health.tests.examples.records import MEASURED
from weimin.residents.tests.builders import NOW, TODAY
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = pytest.mark.req("H2")
VILLAGE = 500242101200
DAY, RULE = date(2026, 6, 1), standard("hypertension", date(2026, 6, 1))
GENERAL_VISIT = {"on": "2026-11-20", "way": "home", "systolic": "128", "diastolic": "78", "condition": "行动方便"}


@pytest.mark.parametrize(
    ("systolic", "diastolic", "high"), [(139, 89, False), (140, 89, True), (139, 90, True), (149, 80, True), (180, 110, True), (90, 60, False)]
)
def test_high_at_a_first_measuring_is_the_general_line(systolic, diastolic, high):
    assert screened_high(Pressure(systolic, diastolic), RULE) is high


@pytest.mark.parametrize(("back", "suspected"), [
    ([0], False), ([0, 7], False), ([0, 7, 14], True), ([0, 0, 0], False), ([0, 7, 7], False), ([0, 45, 90], True), ([0, 45, 91], False), ([-1, 0, 7], False),
])  # fmt: skip
def test_high_on_three_days_within_the_span_is_a_suspicion(back, suspected):
    assert suspected_on([DAY - timedelta(days=days) for days in back], DAY, RULE) is suspected


@pytest.mark.parametrize(("programme", "found", "hypertensive", "days", "refer", "reasons"), [
    ("elderly", {}, False, 91, False, ()), ("disabled", {"systolic": 139, "diastolic": 89}, False, 91, False, ()),
    ("elderly", {"systolic": 140, "diastolic": 80}, False, 91, False, ("screen_pressure",)), ("elderly", {"systolic": 150, "diastolic": 80}, True, 91, False, ()),
    ("elderly", {"systolic": 180, "diastolic": 80}, False, 14, True, ("pressure_crisis",)), ("disabled", {"systolic": 120, "diastolic": 110}, True, 14, True, ("pressure_crisis",)),
])  # fmt: skip
def test_a_visit_to_a_key_group_has_no_class_and_comes_again_by_the_quarter(programme, found, hypertensive, days, refer, reasons):
    verdict = judged(programme, found, Person(70, hypertensive=hypertensive), DAY)
    assert (str(verdict.outcome), verdict.within_days, verdict.refer, verdict.reasons) == ("seen", days, refer, reasons)


YEAR = [date(2026, 2, 1), date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 1)]
KEY = standard("key_groups", DAY)


@pytest.mark.parametrize(("visits", "examined", "since", "ended", "regular"), [
    (YEAR, True, date(2020, 1, 1), None, True), (YEAR, False, date(2020, 1, 1), None, False), (YEAR[:3], True, date(2020, 1, 1), None, False),
    ([date(2026, 1, day) for day in (1, 2, 3, 4)], True, date(2020, 1, 1), None, False), ([*YEAR[:3], date(2026, 9, 1)], True, date(2020, 1, 1), None, False),
    (YEAR[1:], False, date(2026, 1, 2), None, True), (YEAR, True, date(2026, 1, 1), None, True), (YEAR[:2], False, date(2020, 1, 1), date(2026, 6, 30), True),
    (YEAR[:2], False, date(2020, 1, 1), date(2026, 9, 29), True), ([], True, date(2026, 10, 2), None, False), ([*YEAR, *YEAR], True, date(2020, 1, 1), None, True),
    ([YEAR[0], YEAR[0], YEAR[1], YEAR[2]], True, date(2020, 1, 1), None, False),
])  # fmt: skip
def test_four_visits_and_one_examination_are_spread_over_the_year(visits, examined, since, ended, regular):
    assert is_regular(visits, examined, 2026, since, ended, KEY) is regular


@pytest.mark.parametrize(("since", "last", "today", "until"), [
    (date(2020, 1, 1), None, date(2026, 3, 1), date(2026, 12, 31)), (date(2020, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2027, 12, 31)),
    (date(2026, 9, 30), None, date(2026, 9, 30), date(2026, 12, 31)), (date(2026, 10, 1), None, date(2026, 10, 1), date(2027, 12, 31)),
    (date(2020, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
])  # fmt: skip
def test_an_examination_is_owed_once_a_year(since, last, today, until):
    assert next_examination(since, last, today)[1] == until


@pytest.fixture
def doctor(actor):
    return actor("doctor", VILLAGE)


def measure(doctor, record, day, systolic="146", diastolic="88"):
    return act_now(doctor, "health.measure", {"on": f"2026-11-{day}", "systolic": systolic, "diastolic": diastolic}, f"m{day}", target=record.pk)


def test_high_on_a_third_day_asks_for_the_diagnosis_within_two_weeks(everywhere, doctor):
    record = make_record(VILLAGE)
    assert [measure(doctor, record, day).message for day in ("06", "10")] == ["已登记。血压偏高，请约另外两天复查。"] * 2
    assert "已转为待确诊" in measure(doctor, record, "14").message
    due = Due.objects.get(kind="referral")
    assert (Care.objects.get().state, due.kind, due.due_on, due.programmes) == ("suspected", "referral", date(2026, 11, 28), ["hypertension"])
    assert VisitOutcome.objects.count() == 0


def test_one_crisis_is_asked_about_within_two_weeks_as_the_doctor_is_told(everywhere, doctor):
    record = make_record(VILLAGE)
    said = measure(doctor, record, "20", "182", "96").message
    care, due = Care.objects.get(), Due.objects.get(kind="referral")
    assert "两周内追踪" in said
    assert (care.programme, care.state, due.due_on, due.urgent) == ("hypertension", "suspected", date(2026, 12, 4), True)


def test_a_suspicion_makes_what_is_asked_already_no_later(everywhere, doctor):
    record = make_record(VILLAGE)
    make_due(record, (), kind="referral", from_on=date(2026, 11, 10), due_on=date(2027, 1, 9), reason="出院康复随访")
    measure(doctor, record, "20", "182", "96")
    due = Due.objects.get(kind="referral")
    assert (due.programmes, due.due_on) == (["hypertension"], date(2026, 12, 4))


def test_normal_pressure_asks_for_nothing(everywhere, doctor):
    record = make_record(VILLAGE)
    record.resident.birth_on = date(1985, 1, 1)
    record.resident.save()
    assert measure(doctor, record, "06", "128", "78").message == "已登记，血压正常。"
    assert not Care.objects.exists() and not Due.objects.exists()


@pytest.mark.parametrize(("born", "over", "pressure"), [
    (date(1955, 3, 8), {}, ("128", "78")), (date(1985, 1, 1), {}, ("130", "84")), (date(1985, 1, 1), {"personal": {"mother": ["2"]}}, ("118", "76")),
])  # fmt: skip
def test_who_is_at_high_risk_is_measured_every_half_year(everywhere, doctor, born, over, pressure):
    record = make_record(VILLAGE, birth_on=born, **over)
    assert "请在 2027-05-06 前再测一次" in measure(doctor, record, "06", *pressure).message
    due = Due.objects.get()
    assert (due.kind, due.from_on, due.due_on, due.reason) == ("measure", date(2027, 4, 22), date(2027, 5, 6), "高血压高危，每半年测一次")


def test_a_high_pressure_is_taken_again_within_two_weeks_and_called_when_it_is_late(everywhere, doctor):
    record = make_record(VILLAGE)
    measure(doctor, record, "06")
    assert Due.objects.values_list("kind", "from_on", "due_on").get() == ("measure", date(2026, 11, 7), date(2026, 11, 20))
    assert (call_missed(TODAY, NOW), Step.objects.get(flow="health_unmeasured").title) == (1, "为冉*兰测血压")
    measure(doctor, record, "21", "128", "78")
    assert list(Due.objects.order_by("pk").values_list("state", "on_time")) == [("done", False), ("open", None)]
    assert Step.objects.get(flow="health_unmeasured").outcome == "health.measure"


def test_who_is_measured_on_a_visit_or_comes_under_care_owes_no_measuring(everywhere, doctor):
    seen, cared = make_record(VILLAGE, "冉随"), make_record(VILLAGE, "冉管")
    for record in (seen, cared):
        make_due(record, (), kind="measure", from_on=date(2026, 10, 20), due_on=date(2026, 11, 2))
    make_visit(seen)
    make_care(cared)
    assert settle_measured() == 2
    assert sorted(Due.objects.values_list("state", "done_on", "on_time"), key=str) == [("cancelled", None, None), ("done", date(2026, 11, 1), True)]


@pytest.mark.parametrize(("born", "care", "words"), [(date(1991, 11, 24), False, "满 35 岁"), (date(1980, 1, 1), True, "血压在随访里记")])
def test_who_is_younger_or_cared_for_already_is_not_measured_here(everywhere, doctor, born, care, words):
    record = make_record(VILLAGE, birth_on=born)
    if care:
        make_care(record)
    with pytest.raises(RuleBroken, match=words):
        measure(doctor, record, "06")
    assert not Visit.objects.exists()


def test_the_yearly_measuring_is_counted_with_the_persons_behind_it(everywhere):
    make_visit(make_record(VILLAGE), programmes=[], on=date(2026, 4, 1))
    make_record(VILLAGE)
    make_care(make_record(VILLAGE))
    make_record(VILLAGE, birth_on=date(1999, 1, 1))
    assert total(BEHIND["health.pressure_measured"], VILLAGE, VILLAGE, TODAY) == {VILLAGE: (1, 2)}


def test_a_suspicion_that_nobody_asked_about_stands_on_the_list_and_on_the_desk(everywhere, doctor):
    record = make_record(VILLAGE)
    act_now(doctor, "health.screen", {**SCREEN, "found_on": "2026-11-08"}, target=record.pk)
    assert [row.kind for row in due_today(doctor, {"lamp": "red"}, TODAY).rows] == ["referral"]
    assert (call_missed(TODAY, NOW), call_missed(TODAY, NOW)) == (1, 0)
    step = Step.objects.get(flow="health_unasked")
    assert (step.title, step.role) == ("追踪冉*兰的转诊结果", "doctor")
    act_now(doctor, "health.confirm_care", {"confirmed_on": "2026-11-22", "confirmed_at": "县医院"}, target=Care.objects.get().pk)
    step.refresh_from_db()
    assert step.outcome == "health.confirm_care" and settle_missed(TODAY, NOW) == 0


def test_one_answer_leaves_the_other_suspicion_on_the_list(everywhere, doctor):
    record = make_record(VILLAGE)
    for programme in ("hypertension", "diabetes"):
        act_now(doctor, "health.screen", {**SCREEN, "programme": programme}, programme, target=record.pk)
    assert Due.objects.get().programmes == ["diabetes", "hypertension"]
    act_now(doctor, "health.exclude", {"on": "2026-11-22", "excluded_at": "县医院"}, target=Care.objects.get(programme="diabetes").pk)
    assert (Due.objects.get().state, Due.objects.get().programmes) == ("open", ["hypertension"])


def test_an_elderly_person_is_visited_by_the_quarter_and_together_with_other_care(everywhere, doctor):
    record = make_record(VILLAGE)
    act_now(doctor, "health.screen", {**SCREEN, "verdict": "confirmed", "programme": "elderly"}, target=record.pk)
    act_now(doctor, "health.record_visit", GENERAL_VISIT, target=record.pk)
    assert (VisitOutcome.objects.get().outcome, Visit.objects.get().findings["condition"]) == ("seen", "行动方便")
    assert Due.objects.get(state="open").due_on == date(2027, 2, 19)
    make_care(record, next_on=date(2027, 2, 1))
    receipt = act_now(doctor, "health.record_visit", {**GENERAL_VISIT, "on": "2026-11-22", "adherence": "1"}, "second", target=record.pk)
    assert receipt and Due.objects.get(state="open").programmes == ["elderly", "hypertension"]


def test_sixty_is_the_plans_age_and_sixty_five_the_standards(everywhere, doctor):
    assert (standard("key_groups", DAY).days("from_age"), standard("elderly", DAY).days("from_age")) == (60, 65)
    young = make_record(VILLAGE, birth_on=date(1966, 11, 24))
    with pytest.raises(InputInvalid, match="满 60 岁"):
        act_now(doctor, "health.screen", {**SCREEN, "verdict": "confirmed", "programme": "elderly", "found_on": "2026-11-23"}, target=young.pk)
    make_record(VILLAGE, birth_on=date(1963, 1, 1))
    sums = {code: total(BEHIND[code], VILLAGE, VILLAGE, TODAY).get(VILLAGE, (0, 0))[1] for code in ("health.elderly_sixty", "health.elderly_managed")}
    assert sums == {"health.elderly_sixty": 1, "health.elderly_managed": 0}


def test_a_measuring_is_no_visit_of_a_key_group(everywhere):
    record = make_record(VILLAGE, opened_on=date(2020, 1, 1))
    for month in (2, 5, 8):
        make_visit(record, on=date(2026, month, 1), programmes=[], weight=Decimal(60))
    assert total(BEHIND["health.elderly_sixty"], VILLAGE, VILLAGE, TODAY) == {VILLAGE: (0, 1)}
    assert MEASURED["systolic"] == "132"
