"""An examination, what it closes and what follows from it (H5, H2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.examinations.forms_examination import RecordExamination
from weimin.examinations.models import AbnormalFollowUp, Examination
from weimin.examinations.papers_form import examination_form
from weimin.examinations.rules_form import section_of
from weimin.examinations.tests.builders import make_batch, make_follow_up, make_invitation, make_plan
from weimin.examinations.tests.examples.examining import EXAMINED
from weimin.flows.models import Step
from weimin.health.indicators import BEHIND
from weimin.health.joining import Printed
from weimin.health.missing import call_missed
from weimin.health.models import Care, Due, SelfCare
from weimin.health.tests.builders import act_now, make_care, make_due, make_record
from weimin.indicators.registry import INDICATORS
from weimin.messages.models import Message
from weimin.papers.content import Paper, texts
from weimin.residents.life_events import happened
from weimin.residents.models import Merge
from weimin.residents.tests.builders import NOW, TODAY, make_resident
from weimin.walls.errors import InputInvalid, RuleBroken

VILLAGE, OTHER = 500242101200, 500242101201
HIGH = {"left_systolic": "162", "left_diastolic": "94"}
CRISIS = {"left_systolic": "186", "left_diastolic": "112"}
pytestmark = pytest.mark.req("H5")


@pytest.fixture
def doctor(actor):
    return actor("doctor", VILLAGE)


@pytest.fixture
def record(everywhere):
    return make_record(VILLAGE)


def examine(doctor, record, key="x", **over):
    act_now(doctor, "examinations.record", {**EXAMINED, **over}, key, target=record.pk)
    return Examination.objects.filter(record=record).latest("pk")


def test_an_examination_keeps_what_was_measured_and_computes_the_rest(doctor, record):
    row = examine(doctor, record, care_eating="3", care_washing="1", care_dressing="0", care_toilet="0", care_moving="0")
    assert (row.on, row.left_systolic, row.fasting, row.bmi, row.self_care) == (date(2026, 11, 20), 128, Decimal("5.4"), Decimal("22.4"), 4)
    assert (row.findings["ecg"], row.abnormal, row.complete, row.doctor_name) == ("1", [], False, "张三")
    record.refresh_from_db()
    assert record.touched_on == date(2026, 11, 20)


def test_it_closes_what_was_owed_on_its_day_whenever_it_is_typed(doctor, record):
    batch = make_batch(make_plan(VILLAGE), on=date(2026, 10, 12))
    row = make_invitation(batch.plan, record, batch)
    make_due(record, ("elderly",), kind="examination", from_on=date(2026, 9, 28), due_on=date(2026, 10, 12))
    found = examine(doctor, record, on="2026-10-15")
    row.refresh_from_db()
    due = Due.objects.get(kind="examination")
    assert (due.state, due.done_on, due.on_time, found.due, found.invitation) == ("done", date(2026, 10, 15), True, due, row)
    assert (row.state, row.settled_on) == ("examined", date(2026, 10, 15))


@pytest.mark.req("H10")
def test_health_counts_the_examination_in_its_own_indicator(doctor, record):
    measure = INDICATORS["health.elderly_managed"].measure
    before = measure(VILLAGE, VILLAGE, TODAY)
    row = examine(doctor, record)
    partly = measure(VILLAGE, VILLAGE, TODAY)
    Examination.objects.filter(pk=row.pk).update(complete=True)  # the form is filled in whole
    assert (before, partly, measure(VILLAGE, VILLAGE, TODAY)) == ({VILLAGE: (0, 1)}, {VILLAGE: (0, 1)}, {VILLAGE: (1, 1)})
    assert "health.elderly_managed" in BEHIND


@pytest.mark.req("H10")
def test_blood_pressure_taken_at_an_examination_is_the_yearly_one(doctor, record):
    measure = INDICATORS["health.pressure_measured"].measure
    before = measure(VILLAGE, VILLAGE, TODAY)
    examine(doctor, record)
    assert (before, measure(VILLAGE, VILLAGE, TODAY)) == ({VILLAGE: (0, 1)}, {VILLAGE: (1, 1)})


def test_who_was_owed_something_next_year_only_is_still_owed_it(doctor, record):
    make_due(record, kind="examination", from_on=date(2027, 3, 1), due_on=date(2027, 12, 31))
    examine(doctor, record)
    assert sorted(Due.objects.values_list("state", "due_on", "done_on"), key=str) == [
        ("done", date(2026, 11, 20), date(2026, 11, 20)), ("open", date(2027, 12, 31), None),
    ]  # fmt: skip


def test_what_is_found_is_followed_with_a_clock(doctor, record):
    make_care(record)
    row = examine(doctor, record, alt="90")
    follow, step = AbnormalFollowUp.objects.get(), Step.objects.get(flow="examination_abnormal")
    assert (follow.examination, follow.rank, follow.refer, follow.due_on) == (row, 1, False, date(2026, 12, 23))
    assert (step.title, step.role, step.state, step.due_on, step.region) == ("体检复查冉*兰", "doctor", "recall", date(2026, 12, 23), VILLAGE)


def test_a_crisis_is_urgent_and_the_institution_is_told_without_a_name(doctor, record):
    examine(doctor, record, **CRISIS)
    follow, message = AbnormalFollowUp.objects.get(), Message.objects.get()
    assert (follow.rank, follow.refer, follow.due_on) == (0, True, date(2026, 11, 26))
    assert (message.role, message.region, record.resident.name in message.text) == ("institution", VILLAGE, False)


@pytest.mark.req("H2")
def test_a_suspected_patient_is_handed_to_screening(doctor, record):
    receipt = act_now(doctor, "examinations.record", {**EXAMINED, **HIGH, "fasting": "8.1"}, target=record.pk)
    assert sorted(Care.objects.values_list("programme", "state", "found_on")) == [
        ("diabetes", "suspected", date(2026, 11, 20)), ("hypertension", "suspected", date(2026, 11, 20)),
    ]  # fmt: skip
    assert Due.objects.get(kind="referral").urgent and "可疑患者" in receipt.message


def test_who_is_under_care_already_is_not_screened_again(doctor, record):
    make_care(record)
    examine(doctor, record, **HIGH)
    assert (Care.objects.count(), AbnormalFollowUp.objects.count(), Examination.objects.get().abnormal[0]["level"]) == (1, 0, "watch")


def test_of_an_older_examination_typed_in_afterwards_is_followed_what_nobody_looked_at_since(doctor, record):
    examine(doctor, record, "a")
    examine(doctor, record, "b", on="2026-03-01", **CRISIS, fasting="8.1")
    assert (AbnormalFollowUp.objects.count(), Care.objects.count(), Examination.objects.count()) == (0, 0, 2)
    examine(doctor, record, "c", on="2026-03-02", **CRISIS, alt="90")
    follow = AbnormalFollowUp.objects.get()
    assert ([one["item"] for one in follow.items], follow.found_on, follow.due_on) == (["alt"], date(2026, 3, 2), date(2026, 12, 23))


def test_a_correction_of_an_older_examination_keeps_what_is_followed_right(doctor, record):
    make_care(record)
    old = examine(doctor, record, "a", on="2026-11-01", alt="90")
    examine(doctor, record, "b", alt="22")
    act_now(doctor, "examinations.correct", {**EXAMINED, "on": "2026-11-01", "alt": "95", "reason": "写错"}, "c", target=old.pk)
    assert [(one["item"], one["value"]) for one in AbnormalFollowUp.objects.get().items] == [("alt", "95")]
    act_now(doctor, "examinations.correct", {**EXAMINED, "on": "2026-11-01", "reason": "写错"}, "d", target=Examination.objects.get(corrects=old).pk)
    assert AbnormalFollowUp.objects.get().closing == "corrected"


def test_what_was_closed_stays_closed_through_a_second_correction(doctor, record):
    make_care(record)
    first = examine(doctor, record, alt="90")
    closed = {"on": "2026-11-21", "closing": "treated", "note": ""}
    act_now(doctor, "examinations.close_follow_up", closed, target=AbnormalFollowUp.objects.get().pk)
    for number, height in enumerate(("159", "160")):
        last = Examination.objects.latest("pk")
        act_now(doctor, "examinations.correct", {**EXAMINED, "alt": "90", "height": height, "reason": "写错"}, f"c{number}", target=last.pk)
    assert (Examination.objects.count(), AbnormalFollowUp.objects.get().examination) == (3, first)


@pytest.mark.req("H2")
def test_a_missed_examination_is_a_step_until_it_is_made(doctor, record):
    make_due(record, kind="examination", from_on=date(2026, 11, 1), due_on=date(2026, 11, 22))
    assert (call_missed(TODAY, NOW), call_missed(TODAY, NOW)) == (1, 0)
    step = Step.objects.get(flow="examination_missed")
    assert (step.title, step.role, step.due_on, step.region) == ("为冉*兰安排体检", "doctor", date(2026, 11, 22), VILLAGE)
    examine(doctor, record)
    step.refresh_from_db()
    assert step.outcome == "examinations.record"


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"left_systolic": "82", "left_diastolic": "132"}, "写反"), ({"left_systolic": "1280"}, "核对有没有写错"), ({"right_diastolic": ""}, "要一起填"),
        ({"on": "2026-11-24"}, "不能晚于今天"), ({"on": "2019-01-01"}, "不能早于建档日期"), ({"symptoms": ["1", "2"]}, "就不能再选别的"), ({"ecg": "9"}, "有效|选"),
    ],
)  # fmt: skip
def test_what_is_not_plausible_is_refused(doctor, record, over, words):
    with pytest.raises(InputInvalid, match=words):
        examine(doctor, record, **over)
    assert not Examination.objects.exists()


def test_an_empty_form_is_no_examination(doctor, record):
    with pytest.raises(InputInvalid, match="一项也没有填"):
        act_now(doctor, "examinations.record", {"on": "2026-11-20"}, target=record.pk)


def test_a_day_has_one_examination(doctor, record):
    examine(doctor, record)
    with pytest.raises(InputInvalid, match="已经有一次体检"):
        examine(doctor, record, "b")


def test_a_correction_is_a_new_one_and_what_was_followed_is_settled(doctor, record):
    make_care(record)
    make_invitation(make_plan(VILLAGE), record)
    old = examine(doctor, record, **CRISIS)
    act_now(doctor, "examinations.correct", {**EXAMINED, "on": "2026-11-18", "reason": "写错"}, target=old.pk)
    new, follow, due = Examination.objects.get(corrects=old), AbnormalFollowUp.objects.get(), Due.objects.get(kind="examination")
    assert (follow.state, follow.closing, new.due, due.done_on) == ("closed", "corrected", due, date(2026, 11, 18))
    assert not Step.objects.filter(flow="examination_abnormal", closed_at__isnull=True).exists()
    with pytest.raises(RuleBroken, match="已经更正过"):
        act_now(doctor, "examinations.correct", {**EXAMINED, "reason": "写错"}, "again", target=old.pk)


def test_a_correction_that_finds_more_changes_what_is_followed(doctor, record):
    make_care(record)
    old = examine(doctor, record, alt="90")
    act_now(doctor, "examinations.correct", {**EXAMINED, **CRISIS, "alt": "90", "reason": "补录"}, target=old.pk)
    follow = AbnormalFollowUp.objects.get()
    assert (follow.examination.corrects, [one["item"] for one in follow.items], follow.rank, follow.due_on) == (old, ["pressure", "alt"], 0, date(2026, 11, 26))
    assert Step.objects.get(flow="examination_abnormal", closed_at__isnull=True).due_on == date(2026, 11, 26)


def test_the_record_goes_with_everything_and_death_ends_what_is_open(doctor, record):
    row = make_invitation(make_plan(VILLAGE), record)
    follow = make_follow_up(record)
    type(record.resident).objects.filter(pk=record.resident_id).update(region=OTHER)
    record.resident.refresh_from_db()
    happened("move_home", doctor, record.resident, TODAY, NOW)
    assert {model.objects.get().region for model in (Examination, AbnormalFollowUp)} | {row.__class__.objects.get().region} == {OTHER}
    happened("death", doctor, record.resident, TODAY, NOW)
    follow.refresh_from_db()
    row.refresh_from_db()
    assert (follow.state, follow.closing, row.state) == ("closed", "gone", "withdrawn")


def test_an_examination_asks_the_database_little(doctor, record):
    with CaptureQueriesContext(connection) as caught:
        examine(doctor, record)
    asked = [one["sql"] for one in caught.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "SET"))]
    assert len(asked) <= 20


def test_the_form_asks_what_concerns_the_person(doctor, record, client_as):
    client = client_as("doctor", VILLAGE)
    page = client.get(f"/act/examinations.record/{record.pk}/").content.decode()
    assert "认知功能" in page and "胸部 DR 正位片" in page and "左侧高压" in page
    man = make_record(VILLAGE, "冉青", birth_on=date(1990, 1, 1))
    type(man.resident).objects.filter(pk=man.resident_id).update(gender="m")
    page = client.get(f"/act/examinations.record/{man.pk}/").content.decode()
    assert "认知功能" not in page and "乳腺" not in page and "心电图" in page


def test_the_pages_tell_of_the_examination(doctor, record, client_as):
    row = examine(doctor, record, **CRISIS)
    client = client_as("doctor", VILLAGE)
    page = client.get(f"/examinations/{row.pk}/").content.decode()
    assert "血压达到危急值" in page and "186/112 mmHg" in page and "还没有填" in page
    card = client.get(f"/health/{record.pk}/").content.decode()
    assert "健康体检" in card and "没有填完整" in card and f"/examinations/{row.pk}/" in card and "异常追踪" in card
    assert client.get(f"/examinations/{row.pk}/feedback.pdf").content.startswith(b"%PDF")
    assert client.get(f"/examinations/{row.pk}/").content.decode().count("打印告知单") == 2
    assert client_as("doctor", 500242102200).get(f"/examinations/{row.pk}/").status_code == 404


@pytest.mark.req("H2")
def test_the_five_items_are_healths_assessment_as_well(doctor, record):
    care = make_care(record, "elderly", next_on=None)
    answers = {"care_eating": "3", "care_washing": "1", "care_dressing": "3", "care_toilet": "1", "care_moving": "1"}
    old = examine(doctor, record, **answers)
    row = SelfCare.objects.get()
    care.refresh_from_db()
    assert (row.total, row.grade, row.on, care.grade, old.abnormal[0]["why"]) == (9, "moderate", date(2026, 11, 20), "中度依赖", "moderate")
    act_now(doctor, "examinations.correct", {**EXAMINED, **answers, "care_moving": "0", "reason": "写错"}, target=old.pk)
    row.refresh_from_db()
    assert (row.total, row.grade) == (8, "light")


def test_the_form_of_the_standard_is_printed_filled_in_or_empty(doctor, record):
    examine(doctor, record, **CRISIS)
    about = Printed(doctor, record, {"name": "冉桂兰"}, [])
    filled, empty = (" ".join(words for _where, words in texts(Paper("", examination_form(one)))) for one in (about, None))
    assert "冉桂兰" in filled and "血压 186/112 mmHg 血压达到危急值" in filled and "〔2〕" in filled
    assert "冉桂兰" not in empty and "1 体检无异常　2 有异常　〔　〕" in empty
    assert examination_form(Printed(doctor, make_record(VILLAGE), {"name": ""}, [])) == ()


def test_merged_records_bring_their_examinations_together_and_apart(record, actor):
    gone = make_record(OTHER, resident=make_resident(OTHER, "冉桂兰", birth_on=date(1955, 3, 8), id_number=""))
    plan = make_plan(OTHER)
    row, follow = make_invitation(plan, gone, make_batch(plan)), make_follow_up(gone)
    office = actor("township", 500242101000)
    act_now(office, "residents.merge", {"into": str(record.resident_id), "reason": "同一人登记两次"}, target=gone.resident_id)
    for one in (row, follow, follow.examination):
        one.refresh_from_db()
        assert (one.record, one.region) == (record, VILLAGE)
    assert Due.objects.get(record=record, state="open").due_on == date(2026, 11, 27)
    act_now(office, "residents.unmerge", {"reason": "不是同一人"}, target=Merge.objects.latest("pk").pk)
    for one in (row, follow, follow.examination):
        one.refresh_from_db()
        assert (one.record, one.region) == (gone, OTHER)


@pytest.mark.req("H5")
def test_the_standard_answers_while_an_examination_is_typed_in_the_section_that_is_typed(record, client_as):
    client, address = client_as("doctor", VILLAGE), f"/examinations/verdict/{record.pk}/?part="
    parts = [title for title, _names in RecordExamination(target=record, now=NOW).sections]
    body, blood = parts.index(section_of("pressure")) + 1, parts.index(section_of("fasting")) + 1
    asked = {**EXAMINED, **CRISIS, "fasting": "7.2"}
    page = client.post(f"{address}{body}", asked).content.decode()
    assert "186/112 mmHg" in page and "血压达到危急值" in page and "马上处理" in page and "可疑高血压，保存后登记筛查" in page and "7.2" not in page
    page = client.post(f"{address}{blood}", asked).content.decode()
    assert "7.2 mmol/L" in page and "30 天内复查" in page and "可疑2 型糖尿病" in page and "186/112" not in page
    assert "请核对有没有写错" in client.post(f"{address}{body}", {**asked, "height": "1580"}).content.decode()
    assert client.post(f"{address}{body}", EXAMINED).content.decode().strip() == ""
    assert not Examination.objects.exists()


def test_what_is_typed_and_what_is_saved_are_judged_alike(record, doctor, client_as):
    make_care(record)
    row = examine(doctor, record, **HIGH)
    client, number, level = client_as("doctor", VILLAGE), row.pk, row.abnormal[0]["level"]
    page = client.get(f"/act/examinations.correct/{number}/").content.decode()
    part = [title for title, _names in RecordExamination(target=record, now=NOW).sections].index(section_of("pressure")) + 1
    address = f"/examinations/verdict/{record.pk}/?part={part}&examination={number}"
    assert address.replace("&", "&amp;") in page and f'id="verdict{part}"' in page
    page = client.post(address, {**EXAMINED, **HIGH}).content.decode()
    assert level == "watch" and "注意" in page and "要复查" not in page and "筛查" not in page


def test_nobody_else_gets_an_answer_about_an_examination(record, client_as):
    address = f"/examinations/verdict/{record.pk}/?part=1"
    assert client_as("doctor", OTHER).post(address, EXAMINED).status_code == 404
    assert client_as("village", VILLAGE).post(address, EXAMINED).status_code == 403
    assert [client_as("doctor", VILLAGE).post(f"/examinations/verdict/{record.pk}/?part={part}", EXAMINED).status_code for part in ("0", "99", "x", "")] == [
        404
    ] * 4
