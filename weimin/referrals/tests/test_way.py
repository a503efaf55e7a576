"""The whole way as people go it: doctor, hospital, doctor (H4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from weimin.flows.models import NEVER, Step
from weimin.flows.steps import current_step
from weimin.health.models import Care, Due
from weimin.health.tests.builders import act_now, make_care, make_due, make_record, make_visit
from weimin.messages.models import Message
from weimin.referrals.actions.base import REFERRAL
from weimin.referrals.desks import community_desk
from weimin.referrals.forms_referral import ReferUp
from weimin.referrals.jobs import call_unanswered, close_visited
from weimin.referrals.models import Referral
from weimin.referrals.tests.builders import HOSPITAL, make_pairing, make_referral
from weimin.referrals.tests.examples.referrals import SUMMARY, UP
from weimin.residents.tests.builders import NOW, TODAY, make_resident
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = pytest.mark.req("H4")
VILLAGE, TOWNSHIP, COUNTY = 500242101200, 500242101000, 500242000000


def go(record, doctor, hospital, *, until):
    """The referral of the record, taken as far as wanted."""
    act_now(doctor, "referrals.refer_up", UP, target=record.resident_id)
    referral = Referral.objects.get()
    steps = {
        "accept": (hospital, {"department": "心内科", "hospital_doctor": "王主任", "appointment_on": "2026-11-24"}), "arrive": (hospital, {"arrived_on": "2026-11-23", "admitted": "on"}),
        "send_back": (hospital, {**SUMMARY, "returned_on": "2026-11-23"}), "receive": (doctor, {"visit_by": "2026-11-30"}),
    }  # fmt: skip
    for name, (who, data) in steps.items():
        if name == until:
            break
        act_now(who, f"referrals.{name}", data, target=referral.pk)
    referral.refresh_from_db()
    return referral


def test_what_is_known_is_on_the_form_already(record, doctor, hospital, client_as, on_the_day):
    page = client_as("doctor", VILLAGE).get(f"/act/referrals.refer_up/{record.resident_id}/").content.decode()
    for words in (
        "高血压 3 级", "2026-11-20：186/112 mmHg", "2026-09-01：168/102 mmHg", "氨氯地平 每天1次 每次5mg", "既往疾病：高血压、脑卒中", "药物过敏史：青霉素",
        "血压达到危急值；剧烈头痛或头晕", HOSPITAL,
    ):  # fmt: skip
        assert words in page, words
    assert page.index('value="emergency"') < page.index("checked") < page.index('value="ordinary"')


def test_a_referral_opens_the_hospitals_clock_and_the_two_weeks(record, doctor, hospital):
    act_now(doctor, "referrals.refer_up", UP, target=record.resident_id)
    referral = Referral.objects.get()
    assert (referral.state, referral.region, referral.attended, referral.grounds) == ("sent", VILLAGE, True, ["pressure_crisis", "sign_headache"])
    step = current_step(referral, REFERRAL)
    assert (step.role, step.due_at, step.title, step.region) == ("hospital", NOW + timedelta(hours=2), "上转冉*兰", VILLAGE)
    due = Due.objects.get(kind="referral")
    assert (due.state, due.due_on, due.urgent, referral.follow_by, referral.wait_until) == ("open", date(2026, 12, 7), True, date(2026, 12, 7), step.due_at)
    record.refresh_from_db()
    assert record.touched_on == TODAY


def test_the_whole_way_up_and_back(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="")
    assert (referral.state, referral.arrived_on, referral.admitted_on, referral.returned_on, referral.received_on) == ("received", *[TODAY] * 4)
    assert (referral.summary.diagnosis, referral.hospital_number, referral.hospital_doctor) == ("高血压 3 级", "Z2026001", "王主任")
    ends = list(Step.objects.filter(flow=REFERRAL).order_by("pk").values_list("state", "role", "outcome", "on_time"))
    assert ends == [
        ("sent", "hospital", "referrals.accept", True), ("accepted", "hospital", "referrals.arrive", True), ("arrived", "hospital", "referrals.send_back", None),
        ("returned", "doctor", "referrals.receive", True), ("received", "doctor", "", None),
    ]  # fmt: skip


def test_receiving_settles_the_follow_up_and_moves_the_visit(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="")
    assert list(Due.objects.order_by("pk").values_list("kind", "state", "due_on", "on_time")) == [
        ("visit", "open", date(2026, 11, 30), None), ("referral", "done", date(2026, 12, 7), True),
    ]  # fmt: skip
    assert (Care.objects.get().next_on, referral.followed_on, referral.follow_result) == (date(2026, 11, 30), TODAY, "back")
    assert current_step(referral, REFERRAL).due_on == date(2026, 11, 30)


def test_who_is_owed_no_visits_is_asked_after_and_that_ends_with_the_visit(everywhere, doctor, hospital):
    record = make_record(VILLAGE)
    referral = go(record, doctor, hospital, until="")
    due = Due.objects.get(state="open")
    assert (due.kind, due.due_on, due.reason) == ("referral", date(2026, 11, 30), "出院康复随访")
    act_now(doctor, "referrals.close", {"why": "recovered", "visited_on": "2026-11-23"}, target=referral.pk)
    referral.refresh_from_db()
    assert (referral.state, referral.visited_on, Due.objects.filter(state="open").count()) == ("closed", TODAY, 0)


def test_a_visit_that_was_written_down_closes_the_referral_at_night(jurisdiction, record, doctor, hospital):
    referral = go(record, doctor, hospital, until="")
    make_visit(record, on=date(2026, 11, 23), systolic=140)
    close_visited(jurisdiction, NOW)
    referral.refresh_from_db()
    assert referral.state == "received"  # the day of the return itself is not after it
    make_visit(record, on=date(2026, 11, 25), systolic=140)
    for _night in (1, 2):
        close_visited(jurisdiction, NOW + timedelta(days=3))
    referral.refresh_from_db()
    assert (referral.state, referral.visited_on, referral.end_reason, referral.closed_on) == ("closed", date(2026, 11, 25), "recovered", date(2026, 11, 26))


def test_the_result_that_was_asked_by_phone_settles_the_two_weeks(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="accept")
    act_now(doctor, "referrals.follow_up", {"on": "2026-11-23", "result": "not_gone", "note": "怕花钱"}, target=referral.pk)
    due = Due.objects.get(kind="referral")
    assert (due.state, due.done_on, due.on_time) == ("done", TODAY, True)
    with pytest.raises(RuleBroken, match="追踪过"):
        act_now(doctor, "referrals.follow_up", {"on": "2026-11-23", "result": "not_gone"}, "again", target=referral.pk)


def test_who_is_sent_again_is_asked_after_again(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="accept")
    act_now(doctor, "referrals.follow_up", {"on": "2026-11-23", "result": "not_gone", "note": "怕花钱"}, target=referral.pk)
    act_now(hospital, "referrals.decline", {"reason": "没有床位"}, target=referral.pk)
    act_now(doctor, "referrals.send_again", {"urgency": "ordinary", "elsewhere": "市人民医院"}, target=referral.pk)
    referral.refresh_from_db()
    due = Due.objects.get(kind="referral", state="open")
    assert (referral.followed_on, referral.follow_result, due.due_on, referral.follow_by) == (None, "", date(2026, 12, 7), date(2026, 12, 7))
    act_now(doctor, "referrals.follow_up", {"on": "2026-11-23", "result": "not_gone"}, "again", target=referral.pk)
    due.refresh_from_db()
    assert due.state == "done"


def test_the_result_of_a_referral_leaves_what_a_screening_waits_for(record, doctor, hospital):
    make_care(record, "diabetes", state="suspected", since_on=None, next_on=None)
    make_due(record, ("diabetes",), kind="referral", due_on=date(2026, 12, 1))
    referral = go(record, doctor, hospital, until="accept")
    act_now(doctor, "referrals.follow_up", {"on": "2026-11-23", "result": "not_gone"}, target=referral.pk)
    assert list(Due.objects.filter(kind="referral").values_list("state", "programmes")) == [("open", ["diabetes"])]


def test_one_referral_that_cannot_be_closed_at_night_stops_no_other(jurisdiction, record, doctor, hospital, monkeypatch):
    first = go(record, doctor, hospital, until="")
    other = make_record(VILLAGE)
    second = make_referral(other, "received")
    for one in (record, other):
        make_visit(one, on=date(2026, 11, 25), systolic=140)
    monkeypatch.setattr("weimin.referrals.jobs.visited", lambda robot: [(first.pk, date(2026, 11, 22)), (second.pk, date(2026, 11, 25))])
    Referral.objects.filter(pk=first.pk).update(state="closed", closed_on=TODAY)
    close_visited(jurisdiction, NOW + timedelta(days=3))
    second.refresh_from_db()
    assert second.state == "closed"


def test_declined_is_sent_to_another_hospital_and_the_clock_starts_again(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="accept")
    act_now(hospital, "referrals.decline", {"reason": "没有床位"}, target=referral.pk)
    referral.refresh_from_db()
    assert (referral.state, current_step(referral, REFERRAL).role, referral.declined_reason) == ("declined", "doctor", "没有床位")
    act_now(doctor, "referrals.send_again", {"urgency": "ordinary", "elsewhere": "市人民医院"}, target=referral.pk)
    referral.refresh_from_db()
    assert (referral.state, referral.hospital, referral.attended, referral.declined_reason, referral.answered_at) == ("sent", "市人民医院", False, "", None)
    assert current_step(referral, REFERRAL).role == "doctor"  # nobody of that hospital is here: the doctor calls it


def test_a_hospital_that_is_not_here_is_answered_for_by_the_doctor(record, doctor):
    act_now(doctor, "referrals.refer_up", {**UP, "elsewhere": "市人民医院"}, target=record.resident_id)
    referral = Referral.objects.get()
    act_now(doctor, "referrals.arrive", {"arrived_on": "2026-11-23"}, target=referral.pk)
    act_now(doctor, "referrals.send_back", {**SUMMARY, "returned_on": "2026-11-23"}, target=referral.pk)
    referral.refresh_from_db()
    assert (referral.state, referral.summary.written_by) == ("returned", "李医生")


def test_a_hospital_that_is_here_answers_for_itself(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="accept")
    for name, data in (
        ("accept", {"department": "心内科", "appointment_on": "2026-11-24"}),
        ("arrive", {"arrived_on": "2026-11-23"}),
        ("decline", {"reason": "没有床位"}),
    ):
        with pytest.raises(RuleBroken, match="自己办理"):
            act_now(doctor, f"referrals.{name}", data, target=referral.pk)
    referral.refresh_from_db()
    assert referral.state == "sent"


def test_nobody_is_on_the_way_twice_and_the_dead_are_not_referred(record, doctor, hospital):
    go(record, doctor, hospital, until="accept")
    with pytest.raises(RuleBroken, match="还没有转回"):
        act_now(doctor, "referrals.refer_up", UP, "again", target=record.resident_id)
    with pytest.raises(RuleBroken, match="还没有转回"):
        act_now(hospital, "referrals.refer_down", SUMMARY, target=record.resident_id)
    gone = make_resident(VILLAGE, "冉老", status="dead", status_on=date(2026, 5, 1))
    with pytest.raises(RuleBroken, match="不能转诊"):
        act_now(doctor, "referrals.refer_up", UP, "dead", target=gone.pk)
    assert Referral.objects.count() == 1


def test_somebody_without_a_record_is_referred_too(everywhere, doctor, hospital):
    resident = make_resident(VILLAGE, "田无档")
    act_now(doctor, "referrals.refer_up", UP, target=resident.pk)
    referral = Referral.objects.get()
    assert (referral.record, referral.follow_by, Due.objects.count()) == (None, date(2026, 12, 7), 0)


def test_a_hospital_sends_down_who_came_by_himself(record, doctor, hospital):
    make_pairing(VILLAGE // 1000 * 1000, institution="大坡卫生院")
    act_now(hospital, "referrals.refer_down", {**SUMMARY, "admitted_on": "2026-11-10", "department": "康复科"}, target=record.resident_id)
    referral = Referral.objects.get()
    assert (referral.direction, referral.state, referral.hospital, referral.unit, referral.admitted_on) == (
        "down",
        "returned",
        HOSPITAL,
        "大坡卫生院",
        date(2026, 11, 10),
    )
    assert current_step(referral, REFERRAL).role == "doctor"
    act_now(doctor, "referrals.receive", {"visit_by": "2026-11-30"}, target=referral.pk)
    assert Due.objects.get(state="open").due_on == date(2026, 11, 30)


def test_receiving_may_be_earlier_than_the_hospital_wrote_but_not_later(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="receive")
    for day in ("2026-12-01", "2026-11-22"):
        with pytest.raises(InputInvalid, match="应在今天到"):
            act_now(doctor, "referrals.receive", {"visit_by": day}, day, target=referral.pk)
    act_now(doctor, "referrals.receive", {"visit_by": "2026-11-25"}, target=referral.pk)
    assert Due.objects.get(kind="visit", state="open").due_on == date(2026, 11, 25)


def test_cancelling_drops_the_two_weeks_but_not_what_a_screening_waits_for(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="accept")
    make_care(record, "diabetes", state="suspected", since_on=None, next_on=None)
    act_now(doctor, "referrals.cancel", {"reason": "本人不愿去"}, target=referral.pk)
    referral.refresh_from_db()
    assert (referral.state, Due.objects.get(kind="referral").state, current_step(referral, REFERRAL)) == ("cancelled", "open", None)
    Care.objects.filter(programme="diabetes").update(state="ended", ended_on=TODAY, end_reason="other")
    act_now(doctor, "referrals.refer_up", UP, "second", target=record.resident_id)
    again = Referral.objects.exclude(pk=referral.pk).get()
    act_now(doctor, "referrals.cancel", {"reason": "误登"}, "cancel 2", target=again.pk)
    assert Due.objects.get(kind="referral").state == "cancelled"


def test_another_hospital_finds_nothing(record, doctor, hospital, make_post):
    from weimin.accounts.queries import actor_in, seats_of

    referral = go(record, doctor, hospital, until="accept")
    post = make_post("hospital", COUNTY, "赵主任")
    type(post).objects.filter(pk=post.pk).update(unit="县中医院")
    other = actor_in(post.person, seats_of(post.person, TODAY)[0])
    with pytest.raises(NotVisible):
        act_now(other, "referrals.accept", {"department": "内科", "appointment_on": "2026-11-24"}, target=referral.pk)
    with entered(system_actor()):
        act_now(doctor, "referrals.cancel", {"reason": "误登"}, target=referral.pk)
        act_now(doctor, "referrals.refer_up", UP, "second", target=record.resident_id)
    assert current_step(Referral.objects.latest("pk"), REFERRAL).holder == hospital.person  # with two hospitals it is nobody else's


def test_trail_steps_and_messages_name_no_illness_no_hospital_and_no_whole_name(record, doctor, hospital):
    go(record, doctor, hospital, until="")
    said = [str(row) for row in Entry.objects.filter(action__startswith="referrals.").values_list("before", "after", "reason")]
    said += list(Message.objects.values_list("text", flat=True)) + list(Step.objects.filter(flow=REFERRAL).values_list("title", flat=True))
    assert len(said) > 12
    assert [words for words in said if any(secret in words for secret in ("冉桂兰", "高血压", HOSPITAL, "心内科"))] == []
    assert Message.objects.filter(role="hospital").count() == 1


def test_what_has_no_deadline_waits_at_the_end(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="send_back")
    assert (referral.state, referral.wait_until) == ("arrived", NEVER)


def test_the_hospital_closes_who_died_or_went_elsewhere(everywhere, hospital):
    referral = make_referral(VILLAGE, "arrived")
    with pytest.raises(InputInvalid):
        act_now(hospital, "referrals.close", {"why": "recovered", "visited_on": "2026-11-22"}, "r", target=referral.pk)
    act_now(hospital, "referrals.close", {"why": "elsewhere", "note": "转市医院"}, target=referral.pk)
    referral.refresh_from_db()
    assert (referral.state, referral.end_reason, referral.closed_on) == ("closed", "elsewhere", TODAY)


def test_an_emergency_without_an_answer_is_called_out_once_when_its_two_hours_are_over(jurisdiction, record, doctor, hospital):
    act_now(doctor, "referrals.refer_up", UP, target=record.resident_id)
    told = lambda: list(Message.objects.order_by("pk").values_list("role", flat=True)[1:])  # noqa: E731
    call_unanswered(jurisdiction, NOW + timedelta(minutes=119))
    assert told() == []
    for minutes in (120, 130):
        call_unanswered(jurisdiction, NOW + timedelta(minutes=minutes))
    assert told() == ["hospital", "health_bureau", "doctor"]
    assert [words for words in Message.objects.values_list("text", flat=True) if "冉桂兰" in words or "高血压" in words] == []


def test_an_ordinary_referral_waits_for_the_morning(jurisdiction, record, doctor, hospital):
    act_now(doctor, "referrals.refer_up", UP | {"urgency": "ordinary"}, target=record.resident_id)
    call_unanswered(jurisdiction, NOW + timedelta(days=4))
    assert Step.objects.get(flow=REFERRAL).urged_count == 0


def test_where_a_village_has_no_doctor_the_institution_holds_it(everywhere, actor):
    referral = make_referral(VILLAGE, "returned")
    institution = actor("institution", TOWNSHIP)
    assert community_desk(VILLAGE, TODAY).role == "institution"
    act_now(institution, "referrals.receive", {"visit_by": "2026-11-30"}, target=referral.pk)
    assert current_step(referral, REFERRAL).role == "institution"


def test_the_doctors_phone_is_remembered(record, doctor, hospital):
    go(record, doctor, hospital, until="accept")
    assert ReferUp(actor=doctor, target=make_resident(VILLAGE, "田新"), now=NOW).initial["doctor_phone"] == UP["doctor_phone"]
