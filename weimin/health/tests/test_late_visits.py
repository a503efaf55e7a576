"""A visit that is typed in after a later one, or corrected, and what follows for the later one (H2, H3, H4; decision 13)."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.health.judging import order
from weimin.health.models import Care, Due, ValueCheck, Visit, VisitOutcome
from weimin.health.rules_chain import Order
from weimin.health.tests.builders import act_now, make_care, make_due, make_record, make_visit
from weimin.health.tests.examples.care import ORDERED, VISIT
from weimin.messages.models import Message
from weimin.trail.models import Entry
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = pytest.mark.req("H3")
VILLAGE = 500242101200
HIGH, GOOD = {"systolic": "155"}, {}


@pytest.fixture
def doctor(actor):
    return actor("doctor", VILLAGE)


@pytest.fixture
def patient(everywhere):
    """Under care for hypertension since 1 March 2026, first visit due by the end of October."""
    record = make_record(VILLAGE)
    make_care(record, since_on=date(2026, 3, 1), next_on=None)
    make_due(record, from_on=date(2026, 10, 10), due_on=date(2026, 10, 25))
    return record


@pytest.fixture
def returned(everywhere):
    """Back from hospital on 20 November, to be seen by 3 December; the visit before is of October."""
    record = make_record(VILLAGE)
    make_care(record)
    make_visit(record, on=date(2026, 10, 1))
    Care.objects.update(**ORDERED)
    make_due(record, from_on=date(2026, 11, 20), due_on=date(2026, 12, 3), source="hospital")
    return record


def visit(doctor, record, on, **over):
    return act_now(doctor, "health.record_visit", {**VISIT, "on": on, **over}, f"v{on}", target=record.pk)


def correct(doctor, day, **over):
    target = Visit.objects.get(on=day, corrections=None).pk
    return act_now(doctor, "health.correct_visit", {**VISIT, "on": day, "reason": "写错", **over}, f"c{day}", target=target)


def said(programme="hypertension"):
    """(day, class, referral) of the visits that stand."""
    rows = VisitOutcome.objects.filter(visit__corrections=None, programme=programme).order_by("on")
    return [(f"{row.on:%m-%d}", row.outcome, row.refer) for row in rows]


def following():
    care, due = Care.objects.get(), Due.objects.get(kind="visit", state="open")
    return str(care.next_on), care.next_from, str(due.due_on), due.source


def test_an_older_bad_result_makes_the_later_one_the_second_in_a_row(patient, doctor):
    visit(doctor, patient, "2026-11-20", **HIGH)
    receipt = visit(doctor, patient, "2026-11-06", **HIGH)
    assert said() == [("11-06", "unsatisfied", False), ("11-20", "unsatisfied", True)]
    assert "2026-11-20 的随访重新判断：改为建议转诊。" in receipt.message and receipt.next_url.endswith("#referrals")
    assert VisitOutcome.objects.get(on="2026-11-20").reasons == ["pressure_high", "second_time"]
    assert following() == ("2026-12-04", "rule", "2026-12-04", "rule")


def test_the_trail_says_why_and_what_and_the_doctor_is_told_without_a_name(patient, doctor):
    visit(doctor, patient, "2026-11-20", **HIGH)
    visit(doctor, patient, "2026-11-06", **HIGH)
    entry, message = Entry.objects.get(action="health.rejudge"), Message.objects.get()
    assert (entry.subject_id, entry.before["refer"], entry.after["refer"], entry.after["visit"]) == (patient.pk, False, True, "2026-11-20")
    assert entry.reason == "补录了 2026-11-06 的随访。2026-11-20 的随访重新判断：改为建议转诊。"
    assert (message.person_id, message.url) == (doctor.person, f"/health/{patient.pk}/#referrals")
    assert "改为建议转诊" in message.text and patient.resident.name not in message.text and "高血压" not in message.text


@pytest.mark.parametrize("older", [GOOD, HIGH])
def test_what_changes_nothing_is_told_to_nobody(patient, doctor, older):
    visit(doctor, patient, "2026-11-20")
    receipt = visit(doctor, patient, "2026-11-06", **older)
    assert "重新判断" not in receipt.message
    assert not Message.objects.exists() and not Entry.objects.filter(action="health.rejudge").exists()


def test_a_good_visit_in_between_takes_the_suggestion_back(patient, doctor):
    for on in ("2026-11-06", "2026-11-20"):
        visit(doctor, patient, on, **HIGH)
    receipt = visit(doctor, patient, "2026-11-13")
    assert said() == [("11-06", "unsatisfied", False), ("11-13", "satisfied", False), ("11-20", "unsatisfied", False)]
    assert "不再建议转诊，已经办的转诊不变" in receipt.message and not Message.objects.exists()


DAYS = {"2026-10-09": HIGH, "2026-10-23": HIGH | {"next_on": "2026-10-30"}, "2026-11-20": HIGH | {"next_on": "2026-11-27"}}


@pytest.mark.parametrize("days", list(permutations(DAYS)))
def test_three_visits_typed_in_any_order_end_the_same(patient, doctor, days):
    for on in days:
        visit(doctor, patient, on, **DAYS[on])
    assert said() == [("10-09", "unsatisfied", False), ("10-23", "unsatisfied", True), ("11-20", "unsatisfied", True)]
    assert following() == ("2026-11-27", "doctor", "2026-11-27", "doctor")
    care = Care.objects.get()
    assert (str(care.last_on), care.last_outcome) == ("2026-11-20", "unsatisfied")


@pytest.mark.req("H2")
def test_of_two_diseases_in_one_visit_each_has_its_own_chain(everywhere, doctor):
    record = make_record(VILLAGE)
    for programme in ("hypertension", "diabetes"):
        make_care(record, programme)
    visit(doctor, record, "2026-11-20", **HIGH, fasting="7.4", diabetes_symptoms=["1"])
    visit(doctor, record, "2026-11-06", fasting="7.4", diabetes_symptoms=["1"])
    assert (said()[-1], said("diabetes")[-1]) == (("11-20", "unsatisfied", False), ("11-20", "unsatisfied", True))
    assert Entry.objects.filter(action="health.rejudge").count() == 1


@pytest.mark.parametrize(("over", "refers"), [(GOOD, False), ({"systolic": "165"}, True), ({"systolic": "165", "on": "2026-11-22"}, False)])
def test_correcting_an_older_visit_judges_the_later_one_again(patient, doctor, over, refers):
    """To a good value; to another bad one; to a day after the other, which then is the first."""
    for on in ("2026-11-06", "2026-11-20"):
        visit(doctor, patient, on, **HIGH)
    correct(doctor, "2026-11-06", **over)
    assert VisitOutcome.objects.get(on="2026-11-20").refer is refers
    assert len(set(said())) == 2


def test_correcting_the_one_in_between_bridges_the_gap(patient, doctor):
    visit(doctor, patient, "2026-10-23", **HIGH)
    visit(doctor, patient, "2026-11-06")
    visit(doctor, patient, "2026-11-20", **HIGH)
    correct(doctor, "2026-11-06", on="2026-10-09")
    assert said() == [("10-09", "satisfied", False), ("10-23", "unsatisfied", False), ("11-20", "unsatisfied", True)]


@pytest.mark.req("H2")
def test_what_was_closed_by_the_later_visit_was_done_on_time_by_the_earlier_one(patient, doctor):
    visit(doctor, patient, "2026-11-20")
    assert Due.objects.get(state="done").on_time is False
    visit(doctor, patient, "2026-10-24")
    done = Due.objects.get(state="done")
    assert (done.done_on, done.on_time) == (date(2026, 10, 24), True)
    correct(doctor, "2026-10-24", on="2026-10-28")
    done.refresh_from_db()
    assert (done.done_on, done.on_time) == (date(2026, 10, 28), False)


@pytest.mark.req("H2")
def test_a_care_that_ended_meanwhile_keeps_its_verdicts(everywhere, doctor):
    record = make_record(VILLAGE)
    for programme in ("hypertension", "elderly"):
        make_care(record, programme)
    visit(doctor, record, "2026-11-20", **HIGH)
    act_now(doctor, "health.end_care", {"on": "2026-11-21", "why": "refused", "note": ""}, target=Care.objects.get(programme="hypertension").pk)
    visit(doctor, record, "2026-11-06", **HIGH)
    assert said() == [("11-20", "unsatisfied", False)] and not Entry.objects.filter(action="health.rejudge").exists()


def test_after_a_death_nothing_is_judged_again(patient, doctor):
    visit(doctor, patient, "2026-11-20", **HIGH)
    act_now(doctor, "health.rest_record", {"why": "dead", "on": "2026-11-21", "note": ""}, target=patient.pk)
    with pytest.raises(RuleBroken, match="死亡"):
        visit(doctor, patient, "2026-11-06", **HIGH)
    assert said() == [("11-20", "unsatisfied", False)]


def test_who_came_back_under_care_begins_anew_and_an_older_visit_moves_nothing(patient, doctor):
    visit(doctor, patient, "2026-10-23", **HIGH)
    care = Care.objects.get()
    act_now(doctor, "health.end_care", {"on": "2026-11-01", "why": "refused", "note": ""}, target=care.pk)
    act_now(doctor, "health.reopen_care", {"on": "2026-11-10", "reason": "愿意了"}, target=care.pk)
    visit(doctor, patient, "2026-11-20", **HIGH)
    visit(doctor, patient, "2026-10-09", **HIGH)
    assert said() == [("10-09", "unsatisfied", False), ("10-23", "unsatisfied", True), ("11-20", "unsatisfied", False)]


@pytest.mark.req("H4")
@pytest.mark.parametrize("on", ["2026-11-05", "2026-11-20"])
def test_the_day_of_the_hospital_outlives_a_visit_from_before_the_return(returned, doctor, on):
    visit(doctor, returned, on)
    assert following() == ("2026-12-03", "hospital", "2026-12-03", "hospital")
    assert Due.objects.count() == 1  # what the hospital wants is not done by it


@pytest.mark.req("H4")
def test_the_day_of_the_hospital_outlives_a_correction(returned, doctor):
    correct(doctor, "2026-10-01", systolic="145")
    assert following() == ("2026-12-03", "hospital", "2026-12-03", "hospital")


@pytest.mark.req("H4")
def test_a_visit_after_the_return_fulfils_it_and_comes_undone_when_its_day_was_wrong(returned, doctor):
    visit(doctor, returned, "2026-11-22")
    assert following() == ("2027-02-20", "rule", "2027-02-20", "rule")
    correct(doctor, "2026-11-22", on="2026-11-18")
    assert following() == ("2026-12-03", "hospital", "2026-12-03", "hospital")


@pytest.mark.req("H4")
def test_only_the_doctor_changes_the_day_of_the_hospital_and_says_why(returned, doctor):
    act_now(doctor, "health.change_ordered", {"on": "2026-12-10", "reason": "和王主任电话商定"}, target=returned.pk)
    assert following() == ("2026-12-10", "doctor", "2026-12-10", "doctor")
    entry = Entry.objects.get(action="health.change_ordered")
    assert (entry.before["ordered_on"], entry.after["ordered_on"], entry.reason) == ("2026-12-03", "2026-12-10", "和王主任电话商定")
    correct(doctor, "2026-10-01", systolic="145")
    assert following()[0] == "2026-12-10" and Care.objects.get().ordered_referral == 5


@pytest.mark.req("H4")
@pytest.mark.parametrize(("data", "words"), [
    ({"on": "2026-11-22", "reason": "商定"}, "应在今天到"), ({"on": "2027-02-19", "reason": "商定"}, "应在今天到"), ({"on": "2026-12-10", "reason": ""}, "必填|字段"),
])  # fmt: skip
def test_another_day_is_ahead_within_a_quarter_and_has_a_reason(returned, doctor, data, words):
    with pytest.raises(InputInvalid, match=words):
        act_now(doctor, "health.change_ordered", data, target=returned.pk)
    assert following()[1] == "hospital"


@pytest.mark.req("H4")
def test_a_visit_while_in_hospital_is_asked_about_and_fulfils_nothing(returned, doctor):
    referral = returned.referrals.model
    facts = {
        "direction": "up",
        "state": "received",
        "unit": "大坡卫生院",
        "hospital": "县医院",
        "sent_at": "2026-11-01T00:00Z",
        "wait_until": "2026-12-04T00:00Z",
    }
    referral.objects.create(region=VILLAGE, resident=returned.resident, record=returned, arrived_on="2026-11-02", returned_on="2026-11-20", **facts)
    visit(doctor, returned, "2026-11-10")
    assert "in_hospital" in ValueCheck.objects.get().hints
    assert following()[:2] == ("2026-12-03", "hospital")


@pytest.mark.req("H2")
def test_the_two_weeks_of_somebody_found_again_outlive_a_correction(patient, doctor):
    visit(doctor, patient, "2026-11-06")
    care = Care.objects.get()
    act_now(doctor, "health.lose_track", {"on": "2026-11-10", "why": "away"}, target=care.pk)
    act_now(doctor, "health.find_again", {"on": "2026-11-20"}, target=care.pk)
    correct(doctor, "2026-11-06", systolic="138")
    assert following() == ("2026-12-04", "returned", "2026-12-04", "returned")


def questions(do):
    with CaptureQueriesContext(connection) as caught:
        do()
    return [one["sql"] for one in caught.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def test_an_older_visit_asks_one_question_more_than_the_newest(patient, doctor):
    visit(doctor, patient, "2026-09-01")
    newest = questions(lambda: visit(doctor, patient, "2026-11-20"))
    older = questions(lambda: visit(doctor, patient, "2026-10-09"))
    assert sum("health_visitoutcome" in sql for sql in newest) == 1  # written, not read
    assert len(older) <= len(newest) + 1


def test_the_pages_say_where_the_next_day_comes_from(returned, client_as):
    client = client_as("doctor", VILLAGE)
    assert "医院要求2026 年 12 月 3 日前复诊" in client.get("/health/today/").content.decode()
    page = client.get(f"/health/{returned.pk}/").content.decode()
    assert "医院要求2026 年 12 月 3 日前复诊" in page and f"/act/health.change_ordered/{returned.pk}" in page
    client.cookies["django_language"] = "en"
    assert "Hospital wants a visit by" in client.get(f"/health/{returned.pk}/").content.decode()


def test_where_no_hospital_wants_a_visit_its_day_is_not_changed(patient, doctor, client_as):
    with pytest.raises(RuleBroken, match="没有医院要求"):
        act_now(doctor, "health.change_ordered", {"on": "2026-12-10", "reason": "商定"}, target=patient.pk)
    page = client_as("doctor", VILLAGE).get(f"/health/{patient.pk}/").content.decode()
    assert "/act/health.change_ordered/" not in page


@pytest.mark.req("H4")
def test_a_second_return_keeps_the_earlier_day_and_its_referral(returned):
    order(list(Care.objects.all()), Order(date(2026, 12, 20), date(2026, 11, 25), "hospital"), 6)
    care = Care.objects.get()
    assert (care.next_on, care.ordered_on, care.ordered_since, care.ordered_referral) == (date(2026, 12, 3), date(2026, 12, 3), date(2026, 11, 25), 5)
