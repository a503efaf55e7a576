"""The card's clock, its report, its correction; cases become alerts and join outbreaks (H6, A-50, A-51)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from weimin.epidemics.models import Alert, CaseReport
from weimin.epidemics.record import build
from weimin.epidemics.tests.builders import NOW, TODAY, act_now, group_of, make_card, make_outbreak, make_place
from weimin.epidemics.tests.examples.control import CARD
from weimin.flows.models import OPEN, Step
from weimin.health.tests.builders import make_record
from weimin.messages.models import Message
from weimin.residents.tests.builders import id_number, make_resident
from weimin.trail.models import Entry
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = pytest.mark.req("H6")
VILLAGE, OTHER = 500242101200, 500242101201
NINE = NOW - timedelta(hours=1)  # nine in the morning, when the example's diagnosis was made


@pytest.fixture
def doctor(everywhere, actor):
    return actor("doctor", VILLAGE)


def fill(who, key="k", **over):
    act_now(who, "epidemics.fill_card", {**CARD, "village": str(VILLAGE), **over}, key)
    return CaseReport.objects.latest("pk")


@pytest.mark.parametrize(("disease", "hours"), [("hand_foot_mouth", 24), ("measles", 24), ("cholera", 2), ("sars", 2), ("unknown", 2)])
def test_the_clock_runs_from_the_diagnosis_by_class(doctor, disease, hours):
    card = fill(doctor, disease=disease)
    assert (card.hours, card.due_at, card.law_from) == (hours, NINE + timedelta(hours=hours), date(2025, 9, 1))
    step = Step.objects.get(OPEN, subject_type="epidemics.casereport", subject_id=card.pk)
    assert (step.due_at, step.opened_at, step.holder) == (card.due_at, NINE, doctor.person)


def test_what_must_be_reported_in_two_hours_is_told_to_institution_and_bureau_without_names(doctor):
    fill(doctor, disease="cholera")
    told = Message.objects.filter(url__contains="/cards/").order_by("role").values_list("role", "text")
    assert list(told) == [(role, "有一张须在 2 小时内网络直报的传染病报告卡，请马上核实。") for role in ("health_bureau", "institution")]


@pytest.mark.parametrize(("hours", "on_time"), [(timedelta(hours=24), True), (timedelta(hours=24, minutes=1), False)])
def test_on_time_is_judged_by_the_moment_of_the_national_report(doctor, hours, on_time):
    card = make_card(VILLAGE, diagnosed_at=NOW - timedelta(days=3))
    at = (card.diagnosed_at + hours).astimezone(NOW.tzinfo) + timedelta(hours=8)
    data = {"reported_on": f"{at:%Y-%m-%d}", "reported_time": f"{at:%H:%M}", "national_number": "1"}
    act_now(doctor, "epidemics.report_card", data, target=card.pk)
    card.refresh_from_db()
    assert (card.state, card.on_time, card.reported_at) == ("reported", on_time, card.diagnosed_at + hours)
    assert not Step.objects.filter(OPEN, subject_id=card.pk, flow="case_report").exists()


def test_a_report_before_the_diagnosis_is_refused(doctor):
    card = make_card(VILLAGE)
    with pytest.raises(InputInvalid) as refused:
        act_now(doctor, "epidemics.report_card", {"reported_on": "2026-11-23", "reported_time": "08:59", "national_number": "1"}, target=card.pk)
    assert list(refused.value.form.errors) == ["reported_time"]


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"onset_on": "2026-11-24"}, "onset_on"), ({"onset_on": "2026-11-23", "diagnosed_on": "2026-11-22"}, "diagnosed_on"), ({"guardian": ""}, "guardian"),
        ({"gender": ""}, "gender"), ({"birth_on": ""}, "birth_on"), ({"phone": "123"}, "phone"), ({"id_number": "50024219900101123X"}, "id_number"),
        ({"diagnosed_time": "11:00"}, "diagnosed_time"), ({"school": "没有的小学"}, "school"), ({"class_name": "一班"}, "school"), ({"died_on": "2026-11-01"}, "died_on"),
    ],
)  # fmt: skip
def test_a_card_that_contradicts_itself_is_refused_at_its_field(doctor, over, field):
    with pytest.raises(InputInvalid) as refused:
        fill(doctor, **over)
    assert field in refused.value.form.errors
    assert not CaseReport.objects.exists()


def test_a_parent_is_asked_for_below_fourteen_only(doctor):
    assert fill(doctor, birth_on="2012-11-22", guardian="").guardian == ""
    with pytest.raises(InputInvalid):
        fill(doctor, "young", name="冉小二", birth_on="2012-11-23", guardian="")


@pytest.mark.req("S4")
def test_numbers_on_record_are_taken_and_not_shown(doctor, client_as):
    number = id_number(date(2018, 3, 4), male=False)
    person = make_resident(VILLAGE, "冉小花", birth_on=date(2018, 3, 4), gender="f", id_number=number, phone="13800007777")
    card = fill(doctor, resident=str(person.pk), name="冉小花", id_number="", phone="", gender="", birth_on="")
    assert (card.id_number, card.phone, card.gender) == (number, "13800007777", "f")
    with pytest.raises(InputInvalid):  # the number is hers, and this is another name
        fill(doctor, "other", resident=str(person.pk), name="冉大花", id_number="", phone="", gender="f", birth_on="2018-03-04")
    client = client_as("doctor", VILLAGE)
    for address in (f"fill_card/?resident={person.pk}", f"correct_card/{card.pk}/"):
        page = client.get(f"/act/epidemics.{address}").content.decode()
        assert "冉小花" in page and number not in page and "13800007777" not in page


def test_a_number_says_sex_and_birth_and_a_resident_is_taken_from_the_register(doctor):
    person = make_resident(VILLAGE, "冉小虎", birth_on=date(2019, 5, 1), gender="m")
    card = fill(doctor, resident=str(person.pk), id_number=id_number(date(2018, 3, 4), male=False), gender="", birth_on="")
    assert (card.resident, card.gender, card.birth_on) == (person, "f", date(2018, 3, 4))


def test_one_illness_has_one_card(doctor):
    fill(doctor)
    with pytest.raises(InputInvalid, match="订正那一张"):
        fill(doctor, "again")


def test_a_correction_is_a_new_card_with_its_own_clock_and_the_old_one_stays(doctor):
    old = make_card(VILLAGE, state="reported", reported_at=NOW, kind="suspected")
    act_now(doctor, "epidemics.correct_card", {**CARD, "village": str(VILLAGE), "reason": "实验室确诊"}, target=old.pk)
    old.refresh_from_db()
    new = CaseReport.objects.get(corrects=old)
    assert (old.state, old.ended_reason, new.state, new.kind, new.due_at) == ("corrected", "实验室确诊", "due", "confirmed", NINE + timedelta(hours=24))


def test_a_deleted_card_stays_with_its_reason_and_nothing_more_is_done_with_it(doctor):
    card = make_card(VILLAGE)
    act_now(doctor, "epidemics.delete_card", {"reason": "重复报告"}, target=card.pk)
    card.refresh_from_db()
    assert (card.state, card.ended_reason, card.name) == ("deleted", "重复报告", "冉小虎")
    with pytest.raises(RuleBroken, match="已删除"):
        act_now(doctor, "epidemics.report_card", {}, target=card.pk)


def test_the_trail_of_a_card_says_neither_whole_name_nor_illness(doctor):
    fill(doctor, name="冉小虎")
    entry = Entry.objects.get(action="epidemics.fill_card")
    assert entry.after == {"name": "冉*虎", "state": "due"}


def test_the_list_finds_a_card_by_name_and_by_whole_number(everywhere, client_as):
    number = id_number(date(2019, 5, 1))
    make_card(VILLAGE, "冉小虎", id_number=number), make_card(VILLAGE, "田小花")
    client = client_as("doctor", VILLAGE)
    for text in ("冉小", number):
        page = client.get("/epidemics/cards/", {"text": text}).content.decode()
        assert ("冉小虎" in page, "田小花" in page) == (True, False)
    assert "冉小虎" not in client.get("/epidemics/cards/", {"text": "小虎"}).content.decode()


def test_three_cases_of_a_class_raise_an_alert_wherever_the_pupils_live(doctor):
    place = make_place(VILLAGE, "大坡小学")
    group = group_of(place)
    for village in (OTHER, VILLAGE):
        make_card(village, place=place, group=group, state="reported", reported_at=NOW)
    fill(doctor, name="冉小三", school="大坡小学", class_name="一年级1班")
    assert list(Alert.objects.values_list("what", "of", "group", "count", "due_at")) == [("case", "hand_foot_mouth", group.pk, 3, NOW + timedelta(hours=2))]


def test_carriers_and_deleted_cards_make_no_cluster(doctor):
    place = make_place(VILLAGE, "大坡小学")
    group = group_of(place)
    make_card(VILLAGE, place=place, group=group, kind="carrier")
    make_card(VILLAGE, place=place, group=group, state="deleted", ended_reason="误报")
    for number in "12":
        fill(doctor, number, name=f"冉小{number}", school="大坡小学", class_name="一年级1班")
    assert not Alert.objects.exists()


def test_one_case_of_cholera_is_an_alert_by_itself(doctor):
    fill(doctor, disease="cholera")
    assert list(Alert.objects.values_list("place", "of", "count")) == [(None, "cholera", 1)]


def test_a_new_case_of_the_school_joins_its_outbreak_and_the_observation_begins_anew(doctor):
    place = make_place(VILLAGE, "大坡小学")
    outbreak = make_outbreak(place, last_on=TODAY - timedelta(days=2))
    card = fill(doctor, school="大坡小学")
    outbreak.refresh_from_db()
    assert (card.outbreak, outbreak.last_on) == (outbreak, date(2026, 11, 22))


def test_a_card_of_an_entry_that_was_merged_stands_in_the_record_that_is_kept(doctor, actor):
    record = make_record(VILLAGE)
    gone = make_resident(VILLAGE, id_number="")
    card = make_card(VILLAGE, resident=gone)
    assert build(doctor, record, TODAY)["cards"] == []
    act_now(actor("township", 500242101000), "residents.merge", {"into": str(record.resident_id), "reason": "同一人登记两次"}, "m", target=gone.pk)
    assert build(doctor, record, TODAY)["cards"] == [card]


def test_the_form_of_a_report_says_whose_card_it_is(everywhere, client_as):
    card = make_card(VILLAGE)
    page = client_as("doctor", VILLAGE).get(f"/act/epidemics.report_card/{card.pk}/").content.decode()
    assert f"{card.name} · 手足口病" in page
