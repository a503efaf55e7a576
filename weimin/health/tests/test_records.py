"""A record is opened from the register and nothing is typed twice (H1)."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.health.models import Care, Due, HealthRecord, RecordSerial
from weimin.health.queries import get_record, record_of, timeline
from weimin.health.rules_personal import asked, contradicts, from_register, said
from weimin.health.tests.builders import NOW, act_now, make_care, make_check, make_due, make_record, make_visit
from weimin.jurisdictions.models import Jurisdiction
from weimin.messages.models import Message
from weimin.residents.life_events import happened
from weimin.residents.models import Transfer
from weimin.residents.post_office import carry as carry_post
from weimin.residents.tests.builders import TODAY, make_resident
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = pytest.mark.req("H1")
VILLAGE, OTHER = 500242101200, 500242102200


@pytest.fixture
def doctor(actor):
    return actor("doctor", VILLAGE)


def text_of(answer):
    return answer.content.decode()


def open_for(doctor, key="k", **over):
    person = make_resident(VILLAGE, marital="widowed", education="小学", registered_region=VILLAGE, **over)
    act_now(doctor, "health.open_record", {"opened_on": "2026-11-20"}, key, target=person.pk)
    return HealthRecord.objects.get(resident=person)


def test_a_record_is_numbered_and_takes_what_the_register_knows(everywhere, doctor):
    record = open_for(doctor)
    assert (record.number, record.personal) == ("50024210110100001", {"marital": "3", "education": "8", "residence": "1"})
    assert (record.doctor, record.opened_by, record.region) == (doctor.person, doctor.name, VILLAGE)


def test_numbers_of_a_village_follow_each_other(everywhere, doctor):
    numbers = [open_for(doctor, key).number for key in ("a", "b")]
    assert (numbers, RecordSerial.objects.get(region=VILLAGE).last) == (["50024210110100001", "50024210110100002"], 2)


@pytest.mark.parametrize("over", [{"status": "dead"}, {"status": "moved_out"}])
def test_nobody_gets_a_record_who_does_not_live_here(everywhere, doctor, over):
    with pytest.raises(RuleBroken, match="不能建档"):
        open_for(doctor, **over)
    assert not HealthRecord.objects.exists()


def test_a_resident_has_one_record(everywhere, doctor):
    record = open_for(doctor)
    with pytest.raises(RuleBroken, match="一人一档"):
        act_now(doctor, "health.open_record", {"opened_on": "2026-11-20"}, "again", target=record.resident_id)
    assert HealthRecord.objects.count() == 1


def test_the_personal_form_keeps_codes_and_what_another_system_knew(everywhere, doctor):
    record = make_record(VILLAGE, personal={"from_elsewhere": "7", "blood": "2"})
    act_now(doctor, "health.update_personal", {"blood": "1", "illness": ["2", "3"], "allergy": ["1"]}, target=record.pk)
    record.refresh_from_db()
    assert record.personal == {"from_elsewhere": "7", "blood": "1", "illness": ["2", "3"], "allergy": ["1"]}
    assert record.personal_on == date(2026, 11, 23)


def test_none_and_something_is_refused(everywhere, doctor):
    record = make_record(VILLAGE)
    with pytest.raises(InputInvalid, match="就不能再选别的"):
        act_now(doctor, "health.update_personal", {"illness": ["1", "2"]}, target=record.pk)
    record.refresh_from_db()
    assert record.personal == {}


def test_the_form_of_the_standard_is_whole_and_says_its_codes_in_words():
    by_key = {one.key: one for one in asked()}
    assert len(by_key) == len(asked()) >= 25
    assert all(one.alone in one.codes for one in asked() if one.alone)
    assert contradicts(by_key["allergy"], ["1", "2"]) and not contradicts(by_key["allergy"], ["2", "3"])
    assert said({"blood": "4", "illness": ["2", "77"]}) == [("血型", "AB 型"), ("既往疾病", "高血压、77")]


def test_somebody_registered_in_another_county_is_no_local():
    assert from_register("", "", VILLAGE, 341221203201) == {"residence": "2"}


def test_a_death_in_the_register_rests_the_record_and_ends_what_is_open(everywhere, doctor, actor):
    record = make_record(VILLAGE)
    care, due = make_care(record), make_due(record)
    act_now(actor("village", VILLAGE), "residents.record_death", {"on": "2026-11-20", "proof": "死亡证明"}, target=record.resident_id)
    for row in (record, care, due):
        row.refresh_from_db()
    assert (record.state, record.inactive_reason, record.inactive_on) == ("inactive", "dead", date(2026, 11, 20))
    assert (care.state, care.end_reason, care.ended_on, due.state) == ("ended", "dead", date(2026, 11, 20), "cancelled")


def test_a_death_taken_back_wakes_the_record(everywhere, doctor, actor):
    record = make_record(VILLAGE)
    act_now(actor("village", VILLAGE), "residents.record_death", {"on": "2026-11-20", "proof": "死亡证明"}, target=record.resident_id)
    act_now(actor("township", 500242101000), "residents.restore", {"reason": "错登"}, target=record.resident_id)
    record.refresh_from_db()
    assert (record.state, record.inactive_reason, record.inactive_on) == ("active", "", None)


def test_the_record_moves_with_the_person(everywhere, actor):
    record = make_record(VILLAGE)
    make_care(record)
    data = {"on": "2026-11-20", "proof": "租房", "place": str(VILLAGE + 1), "address": "5组1号"}
    act_now(actor("township", 500242101000), "residents.move_home", data, target=record.resident_id)
    record.refresh_from_db()
    assert (record.region, record.place, Care.objects.get().region) == (VILLAGE + 1, VILLAGE + 1, VILLAGE + 1)


def test_the_record_follows_a_transfer_to_another_township_of_the_county(everywhere, actor):
    """One record of the register goes from desk to desk: nobody of the new village would see the record, nobody of the old one the person."""
    record = make_record(VILLAGE)
    make_care(record)
    act_now(actor("village", VILLAGE), "residents.send_transfer", {"on": "2026-11-20", "proof": "投亲", "to": str(OTHER)}, target=record.resident_id)
    carry_post(Jurisdiction.objects.get(code=500242000000), NOW)
    arrived = Transfer.objects.get(way="in")
    act_now(actor("village", OTHER), "residents.accept_transfer", {"place": str(OTHER), "address": "1组"}, target=arrived.pk)
    record.refresh_from_db()
    assert (record.region, record.state, Care.objects.get().region) == (OTHER, "active", OTHER)


def test_whose_record_rests_is_not_waited_for(everywhere, doctor):
    record = make_record(VILLAGE)
    make_due(record)
    act_now(doctor, "health.rest_record", {"why": "missing", "on": "2026-11-01", "note": "外出无音信"}, target=record.pk)
    assert Due.objects.get().state == "cancelled"
    act_now(doctor, "health.wake_record", {"reason": "找到了"}, target=record.pk)
    record.refresh_from_db()
    assert record.state == "active"


@pytest.mark.req("H2")
def test_who_is_back_is_waited_for_again(everywhere, doctor):
    record = make_record(VILLAGE)
    make_care(record)
    make_care(record, "diabetes", state="suspected", since_on=None, next_on=None)
    act_now(doctor, "health.rest_record", {"why": "missing", "on": "2026-11-01", "note": "外出无音信"}, target=record.pk)
    act_now(doctor, "health.wake_record", {"reason": "找到了"}, target=record.pk)
    owed = Due.objects.filter(state="open").order_by("kind").values_list("kind", "programmes", "due_on")
    assert list(owed) == [("referral", ["diabetes"], date(2026, 12, 7)), ("visit", ["hypertension"], date(2026, 12, 7))]


@pytest.mark.req("H2")
def test_a_death_taken_back_asks_whether_care_goes_on(everywhere, doctor, actor):
    record = make_record(VILLAGE)
    make_care(record)
    for event in ("death", "restored"):
        happened(event, actor("village", VILLAGE), record.resident, TODAY, NOW)
    message = Message.objects.get()
    assert (message.role, message.region, message.url, "冉" in message.text) == ("institution", VILLAGE, f"/health/{record.pk}/", False)


def test_whoever_is_dead_in_the_register_stays_at_rest(everywhere, doctor):
    record = make_record(VILLAGE, resident=make_resident(VILLAGE, status="dead"), state="inactive", inactive_reason="dead", inactive_on=date(2026, 5, 1))
    with pytest.raises(RuleBroken, match="先撤销死亡登记"):
        act_now(doctor, "health.wake_record", {"reason": "还在"}, target=record.pk)


def test_the_time_line_tells_everything_newest_first(everywhere, doctor):
    record = make_record(VILLAGE, personal_on=date(2026, 5, 1))
    make_care(record, since_on=date(2025, 2, 1))
    assert [event.what for event in timeline(doctor, record)] == ["更新个人基本信息表", "纳入管理：高血压", "建立健康档案"]
    assert (get_record(doctor, record.pk), record_of(doctor, record.resident)) == (record, record)


@pytest.mark.req("X4")
def test_a_doctor_elsewhere_and_posts_without_the_purpose_see_nothing(everywhere, client_as):
    record = make_record(VILLAGE, "冉桂兰")
    assert client_as("doctor", VILLAGE).get(f"/health/{record.pk}/").status_code == 200
    for role, region, status in (("doctor", OTHER, 404), ("village", VILLAGE, 404), ("township", 500242101000, 404), ("administrator", 500242000000, 404)):
        client = client_as(role, region)
        assert client.get(f"/health/{record.pk}/").status_code == status
        assert f"/health/{record.pk}/" not in text_of(client.get(f"/search/?q={record.number}"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"甲", "乙"}), ("?programme=hypertension", {"甲"}), ("?state=inactive", {"丙"}), ("?state=all", {"甲", "乙", "丙"}),
        ("?text=冉甲", {"甲"}), ("?text=冉乙&programme=hypertension", set()), ("?doctor=me", set()), (f"?village={VILLAGE}", {"甲", "乙"}), (f"?village={OTHER}", set()),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_by_the_address(everywhere, client_as, query, shown):
    make_care(make_record(VILLAGE, "冉甲"))
    make_record(VILLAGE, "冉乙")
    make_record(VILLAGE, "冉丙", state="inactive", inactive_reason="moved", inactive_on=date(2026, 5, 1))
    page = text_of(client_as("doctor", VILLAGE).get(f"/health/{query}"))
    assert {name for name in "甲乙丙" if f">冉{name}" in page} == shown


def test_the_page_shows_no_whole_number(everywhere, client_as):
    record = make_record(VILLAGE)
    page = text_of(client_as("doctor", VILLAGE).get(f"/health/{record.pk}/"))
    assert record.number in page and record.resident.id_number not in page and record.resident.phone not in page


def test_the_page_of_a_resident_leads_to_the_record_or_to_opening_one_for_health_posts_only(everywhere, client_as):
    person, record = make_resident(VILLAGE), make_record(VILLAGE)
    client = client_as("doctor", VILLAGE)
    assert f"/act/health.open_record/{person.pk}/" in text_of(client.get(f"/residents/{person.pk}/"))
    assert f"/health/{record.pk}/" in text_of(client.get(f"/residents/{record.resident_id}/"))
    page = text_of(client_as("village", VILLAGE).get(f"/residents/{record.resident_id}/"))
    assert "健康档案" not in page.split("<main")[1].split("生命事件")[0] and record.number not in page


def test_the_page_of_an_action_names_the_person_it_is_about(everywhere, client_as):
    record = make_record(VILLAGE, "冉桂兰")
    care, visit = make_care(record), make_visit(record)
    client = client_as("doctor", VILLAGE)
    for address in (f"health.screen/{record.pk}", f"health.set_target/{care.pk}", f"health.explain_value/{make_check(visit).pk}"):
        assert "冉桂兰 · " in client.get(f"/act/{address}/").content.decode()
