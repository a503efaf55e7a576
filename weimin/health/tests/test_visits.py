"""From screening to the visit, and what a visit moves (H2, H3)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from weimin.actions.act import act, new_key
from weimin.attachments.models import Attachment
from weimin.attachments.tests.builders import picture
from weimin.health.models import Care, Due, Visit, VisitOutcome
from weimin.health.tests.builders import act_now, make_care, make_due, make_record, make_visit
from weimin.health.tests.examples.care import SCREEN, SUSPECTED, VISIT
from weimin.messages.models import Message
from weimin.residents.rules_groups import age_on
from weimin.residents.tests.builders import NOW
from weimin.walls.errors import InputInvalid, RuleBroken

VILLAGE = 500242101200


@pytest.fixture
def doctor(actor):
    return actor("doctor", VILLAGE)


@pytest.fixture
def patient(everywhere):
    """Born 1955, under care for hypertension since 1 March 2026, first visit due."""
    record = make_record(VILLAGE)
    make_care(record, since_on=date(2026, 3, 1), next_on=None)
    make_due(record, from_on=date(2026, 11, 10), due_on=date(2026, 11, 25))
    return record


def visit(doctor, record, key="v", **over):
    return act_now(doctor, "health.record_visit", {**VISIT, **over}, key, target=record.pk)


@pytest.mark.req("H2")
def test_who_is_suspected_is_asked_about_within_two_weeks(everywhere, doctor):
    record = make_record(VILLAGE)
    act_now(doctor, "health.screen", SCREEN, target=record.pk)
    due = Due.objects.get()
    assert (Care.objects.get().state, due.kind, due.due_on, due.urgent) == ("suspected", "referral", date(2026, 12, 4), True)


@pytest.mark.req("H2")
def test_a_diagnosis_takes_somebody_under_care_and_plans_the_first_visit(everywhere, doctor):
    record = make_record(VILLAGE)
    act_now(doctor, "health.screen", SCREEN, target=record.pk)
    care = Care.objects.get()
    act_now(doctor, "health.confirm_care", {"confirmed_on": "2026-11-22", "confirmed_at": "县医院"}, target=care.pk)
    care.refresh_from_db()
    assert (care.state, care.since_on, care.confirmed_at) == ("managed", date(2026, 11, 23), "县医院")
    assert list(Due.objects.order_by("kind").values_list("kind", "state", "due_on", "on_time")) == [
        ("referral", "done", date(2026, 12, 4), True), ("visit", "open", date(2027, 2, 21), None),
    ]  # fmt: skip


def test_nobody_is_registered_twice_for_one_programme(everywhere, doctor):
    record = make_record(VILLAGE)
    make_care(record, **SUSPECTED)
    with pytest.raises(InputInvalid, match="不用再登记"):
        act_now(doctor, "health.screen", SCREEN, target=record.pk)
    assert Care.objects.count() == 1


def test_a_diagnosis_says_where_it_was_made(everywhere, doctor):
    record = make_record(VILLAGE)
    with pytest.raises(InputInvalid, match="在哪家医院确诊"):
        act_now(doctor, "health.screen", {**SCREEN, "verdict": "confirmed"}, target=record.pk)
    act_now(doctor, "health.screen", {**SCREEN, "verdict": "confirmed", "programme": "elderly"}, "old", target=record.pk)
    assert (Care.objects.get().state, Due.objects.count()) == ("managed", 1)


@pytest.mark.req("H2")
def test_when_care_ends_nothing_is_waited_for(patient, doctor):
    act_now(doctor, "health.end_care", {"on": "2026-11-20", "why": "refused", "note": ""}, target=Care.objects.get().pk)
    assert (Care.objects.get().state, Due.objects.get().state) == ("ended", "cancelled")


@pytest.mark.req("H3")
def test_a_visit_is_judged_and_the_next_one_is_planned(patient, doctor):
    visit(doctor, patient)
    care, row = Care.objects.get(), VisitOutcome.objects.get()
    assert (row.outcome, row.next_on, row.refer) == ("satisfied", date(2027, 2, 18), False)
    assert (care.last_on, care.last_outcome, care.next_on) == (date(2026, 11, 20), "satisfied", date(2027, 2, 18))
    assert list(Due.objects.order_by("pk").values_list("state", "due_on", "on_time")) == [("done", date(2026, 11, 25), True), ("open", date(2027, 2, 18), None)]
    patient.refresh_from_db()
    assert patient.touched_on == date(2026, 11, 20)


@pytest.mark.req("H3")
def test_a_bad_result_is_seen_again_in_two_weeks_and_a_second_one_is_referred(patient, doctor):
    visit(doctor, patient, "a", on="2026-11-08", systolic="152")
    visit(doctor, patient, "b", systolic="155")
    assert list(VisitOutcome.objects.order_by("on").values_list("outcome", "refer")) == [("unsatisfied", False), ("unsatisfied", True)]
    due = Due.objects.get(state="open")
    assert (due.due_on, due.urgent) == (date(2026, 12, 4), True)


@pytest.mark.req("H3")
def test_a_crisis_is_an_emergency_and_the_institution_is_told_without_a_name(patient, doctor):
    receipt = visit(doctor, patient, systolic="182", diastolic="112")
    message = Message.objects.get()
    assert VisitOutcome.objects.get().emergency and "马上转诊" in receipt.message
    assert (message.role, message.region, patient.resident.name in message.text) == ("institution", VILLAGE, False)


@pytest.mark.req("H4")
@pytest.mark.parametrize(("systolic", "onwards"), [("132", "/health/today/"), ("182", "/health/{}/#referrals")])
def test_who_has_to_be_referred_comes_before_the_next_on_the_list(patient, client_as, systolic, onwards):
    client = client_as("doctor", VILLAGE)
    sent = {**VISIT, "systolic": systolic, "on": str(timezone.localdate()), "key": new_key(), "next": "/health/today/"}
    answer = client.post(f"/act/health.record_visit/{patient.pk}/", sent)
    assert answer["Location"] == onwards.format(patient.pk)
    page = client.get(f"/health/{patient.pk}/").content.decode()
    assert ("处理后马上转诊" in page) == (systolic == "182") and f"/act/referrals.refer_up/{patient.resident_id}/" in page


@pytest.mark.req("H2")
def test_a_visit_typed_in_late_counts_on_its_day(patient, doctor):
    """Due on the 25th of October, made on the 24th, typed on the 23rd of November."""
    Due.objects.update(from_on=date(2026, 10, 10), due_on=date(2026, 10, 25))
    visit(doctor, patient, on="2026-10-24")
    done = Due.objects.get(state="done")
    assert (done.done_on, done.on_time, Visit.objects.get().on) == (date(2026, 10, 24), True, date(2026, 10, 24))


@pytest.mark.req("H2")
def test_an_older_visit_typed_in_afterwards_moves_nothing(patient, doctor):
    visit(doctor, patient, "a", on="2026-11-20")
    visit(doctor, patient, "b", on="2026-09-01", systolic="160")
    care = Care.objects.get()
    assert (care.last_on, care.last_outcome, Due.objects.get(state="open").due_on) == (date(2026, 11, 20), "satisfied", date(2027, 2, 18))
    assert Visit.objects.count() == 2


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"systolic": "82", "diastolic": "132"}, "低压应低于高压"), ({"systolic": "1320"}, "核对有没有写错"), ({"systolic": "90", "diastolic": "85"}, "再量一次"),
        ({"on": "2026-11-24"}, "不能晚于今天"), ({"on": "2019-01-01"}, "不能早于建档日期"), ({"hypertension_symptoms": ["1", "2"]}, "就不能再选别的"),
        ({"systolic": ""}, "必填|字段"), ({"adherence": ""}, "必填|字段"), ({"next_on": "2026-11-20"}, "要晚于这次"),
    ],
)  # fmt: skip
@pytest.mark.req("H3")
def test_what_is_not_plausible_is_refused(patient, doctor, over, words):
    with pytest.raises(InputInvalid, match=words):
        visit(doctor, patient, **over)
    assert not Visit.objects.exists() and Due.objects.get().state == "open"


def test_a_day_has_one_visit(patient, doctor):
    visit(doctor, patient)
    with pytest.raises(InputInvalid, match="已经有一次随访"):
        visit(doctor, patient, "again")
    assert Visit.objects.count() == 1


def test_the_next_visit_may_be_earlier_and_not_later(patient, doctor):
    visit(doctor, patient, next_on="2026-12-10")
    assert Due.objects.get(state="open").due_on == date(2026, 12, 10)


@pytest.mark.req("H3")
def test_the_earlier_day_that_the_doctor_chose_outlives_a_correction(patient, doctor):
    visit(doctor, patient, "a", on="2026-11-10")
    visit(doctor, patient, "b", next_on="2026-12-10")
    first, second = Visit.objects.order_by("on")
    act_now(doctor, "health.correct_visit", {**VISIT, "on": "2026-11-10", "pulse": "70", "reason": "写错"}, "c", target=first.pk)
    assert Due.objects.get(state="open").due_on == date(2026, 12, 10)
    act_now(doctor, "health.correct_visit", {**VISIT, "pulse": "70", "reason": "写错"}, "d", target=second.pk)
    assert Due.objects.get(state="open").due_on == date(2026, 12, 10)


@pytest.mark.req("H3")
def test_a_correction_that_changes_the_verdict_is_planned_by_the_standard(patient, doctor):
    visit(doctor, patient, systolic="162", next_on="2026-11-24")
    act_now(doctor, "health.correct_visit", {**VISIT, "reason": "写错"}, target=Visit.objects.get().pk)
    assert Due.objects.get(state="open").due_on == date(2027, 2, 18)


@pytest.mark.req("H3")
def test_several_diseases_are_one_visit(everywhere, doctor):
    record = make_record(VILLAGE)
    for programme in ("hypertension", "diabetes", "mental"):
        make_care(record, programme)
    visit(doctor, record, fasting="7.4", risk="0", insight="1", diabetes_symptoms=["1"])
    assert dict(VisitOutcome.objects.values_list("programme", "outcome")) == {"hypertension": "satisfied", "diabetes": "unsatisfied", "mental": "stable"}
    assert (Visit.objects.count(), Due.objects.get().programmes) == (1, ["diabetes"])


@pytest.mark.req("H3")
def test_an_individual_target_counts(patient, doctor):
    act_now(doctor, "health.set_target", {"systolic": "130", "diastolic": "80", "reason": "合并肾病"}, target=Care.objects.get().pk)
    visit(doctor, patient)
    assert VisitOutcome.objects.get().outcome == "unsatisfied"


@pytest.mark.req("H3")
def test_a_correction_is_a_new_visit_and_the_old_one_stays(patient, doctor):
    visit(doctor, patient, systolic="162")
    old = Visit.objects.get()
    act_now(doctor, "health.correct_visit", {**VISIT, "reason": "写错"}, target=old.pk)
    new, care = Visit.objects.get(corrects=old), Care.objects.get()
    assert (Visit.objects.count(), old.systolic, new.systolic, care.last_outcome) == (2, 162, 132, "satisfied")
    assert Due.objects.get(state="open").due_on == date(2027, 2, 18)
    with pytest.raises(RuleBroken, match="已经更正过"):
        act_now(doctor, "health.correct_visit", {**VISIT, "reason": "写错"}, "again", target=old.pk)


@pytest.mark.req("H3")
def test_a_correction_to_an_earlier_day_leaves_the_newest_visit_that_stands(patient, doctor):
    visit(doctor, patient, "a", on="2026-11-10")
    visit(doctor, patient, "b", on="2026-11-20", systolic="162")
    old = Visit.objects.get(systolic=162)
    act_now(doctor, "health.correct_visit", {**VISIT, "on": "2026-11-02", "systolic": "162", "reason": "日期写错"}, target=old.pk)
    care = Care.objects.get()
    assert (care.last_on, care.last_outcome, Due.objects.get(state="open").due_on) == (date(2026, 11, 10), "satisfied", date(2027, 2, 8))


def test_nobody_is_visited_who_is_under_no_care(everywhere, doctor):
    with pytest.raises(RuleBroken, match="没有需要随访的管理类别"):
        visit(doctor, make_record(VILLAGE))
    assert not Visit.objects.exists()


def test_a_visit_asks_the_database_little(patient, doctor):
    visit(doctor, patient, "warm", on="2026-11-08")
    with CaptureQueriesContext(connection) as caught:
        visit(doctor, patient)
    asked = [one["sql"] for one in caught.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 24


@pytest.mark.req("H3")
def test_the_standard_answers_while_it_is_typed(patient, client_as):
    client = client_as("doctor", VILLAGE)
    page = client.post(f"/health/{patient.pk}/verdict/", {"on": "2026-11-20", "systolic": "182", "diastolic": "92"}).content.decode()
    assert "高血压：控制不满意" in page and "处理后马上转诊" in page and "血压达到危急值" in page
    assert "核对有没有写错" in client.post(f"/health/{patient.pk}/verdict/", {"systolic": "1820"}).content.decode()
    assert not Visit.objects.exists()


@pytest.mark.req("H3")
def test_a_visit_that_is_corrected_does_not_count_as_the_one_before_itself(patient, doctor, client_as):
    visit(doctor, patient, systolic="152")
    client, number = client_as("doctor", VILLAGE), Visit.objects.get().pk
    assert f"/health/{patient.pk}/verdict/?visit={number}" in client.get(f"/act/health.correct_visit/{number}/").content.decode()
    asked = {"on": "2026-11-20", "systolic": "155", "diastolic": "92"}
    assert "建议转诊" not in client.post(f"/health/{patient.pk}/verdict/?visit={number}", asked).content.decode()
    assert "建议转诊" in client.post(f"/health/{patient.pk}/verdict/?visit=x", {**asked, "on": "2026-11-22"}).content.decode()  # a second one


def test_the_page_of_a_visit_asks_only_what_the_person_needs(patient, client_as):
    page = client_as("doctor", VILLAGE).get(f"/act/health.record_visit/{patient.pk}/").content.decode()
    assert "高压（收缩压）" in page and "空腹血糖" not in page and "自知力" not in page and "妊娠" not in page
    years = age_on(patient.resident.birth_on, timezone.localdate())
    assert f"{years} 岁" in page.split("</h1>")[0]  # from 65 on the target is another one


def test_the_record_page_tells_of_visits(patient, client_as):
    make_visit(patient, outcome="unsatisfied", systolic=156)
    page = client_as("doctor", VILLAGE).get(f"/health/{patient.pk}/").content.decode()
    assert "156/82 mmHg" in page and "控制不满意" in page and f"/act/health.record_visit/{patient.pk}" in page


def test_a_doctor_elsewhere_gets_no_answer_about_a_record(patient, client_as):
    asked = {"on": "2026-11-20", "systolic": "182", "diastolic": "92"}
    assert client_as("doctor", 500242102200).post(f"/health/{patient.pk}/verdict/", asked).status_code == 404
    assert client_as("village", VILLAGE).post(f"/health/{patient.pk}/verdict/", asked).status_code == 403


@pytest.mark.req("H3")
def test_a_photo_of_the_paper_form_goes_with_the_visit_under_a_name_that_tells_nothing(patient, doctor, client_as):
    upload = SimpleUploadedFile("冉桂兰高血压.jpg", picture(), "image/jpeg")
    act(doctor, "health.record_visit", VISIT, "v", target=patient.pk, files=MultiValueDict({"photo": [upload]}), now=NOW)
    file = Attachment.objects.get()
    assert (file.subject_type, file.subject_id, file.name) == ("health.visit", Visit.objects.get().pk, "随访表照片.jpg")
    assert file.thumbnail_url in client_as("doctor", VILLAGE).get(f"/health/{patient.pk}/").content.decode()
    assert client_as("doctor", VILLAGE).get(file.thumbnail_url).status_code == 200
    assert {client_as(role, VILLAGE).get(file.url).status_code for role in ("village", "partner")} == {404}


def test_what_is_seldom_filled_in_is_folded_and_kept_all_the_same(patient, doctor, client_as):
    visit(doctor, patient, height="160", weight_target="60")
    assert (Visit.objects.get().findings["height"], Visit.objects.get().findings["weight_target"]) == (160, 60)
    page = client_as("doctor", VILLAGE).get(f"/act/health.record_visit/{patient.pk}/").content.decode()
    assert page.index("<details") < page.index('name="weight_target"')


@pytest.mark.req("H3")
def test_medicine_and_targets_of_the_latest_visit_are_not_asked_again_what_is_measured_is(patient, client_as):
    old = {"salt_target": "1", "adherence": "2"}
    make_visit(patient, on=date(2026, 8, 1), findings=old, medication=[{"name": "氨氯地平", "use": "每天1次 每次5mg"}])
    client = client_as("doctor", VILLAGE)
    form = client.get(f"/act/health.record_visit/{patient.pk}/").context["form"]
    assert (form["medicines"].value(), form["salt_target"].value()) == ("氨氯地平 每天1次 每次5mg", "1")
    assert not form["adherence"].value() and not form["systolic"].value()
    again = client.post(f"/act/health.record_visit/{patient.pk}/", {"medicines": ""}).context["form"]
    assert not again["medicines"].value()  # what was crossed out stays crossed out


def test_steps_and_messages_are_chinese_whatever_the_doctor_reads(patient, client_as):
    client = client_as("doctor", VILLAGE)
    client.cookies["django_language"] = "en"
    sent = {**VISIT, "systolic": "182", "on": str(timezone.localdate()), "key": new_key()}
    client.post(f"/act/health.record_visit/{patient.pk}/", sent)
    assert Message.objects.get().text == "随访发现一位居民需要紧急转诊，请马上接应。"
