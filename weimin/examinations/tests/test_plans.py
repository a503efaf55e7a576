"""From the plan of a year to who came (H5)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from weimin.actions.models import Receipt
from weimin.examinations.jobs import draw_lists
from weimin.examinations.joined import happenings
from weimin.examinations.models import Batch, ExaminationPlan, Invitation
from weimin.examinations.tests.builders import make_batch, make_examination, make_invitation, make_plan
from weimin.examinations.tests.examples.plans import BATCH, DAYS, PLAN, REFUSED
from weimin.health.models import Due
from weimin.health.queries.today import cards, due_today
from weimin.health.tests.builders import act_now, make_care, make_record
from weimin.residents.tests.builders import NOW, TODAY, make_resident
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken
from weimin.walls.session import entered

VILLAGE, OTHER, TOWNSHIP = 500242101200, 500242101201, 500242101000
pytestmark = pytest.mark.req("H5")


@pytest.fixture
def doctor(actor):
    return actor("doctor", VILLAGE)


@pytest.fixture
def institution(actor):
    return actor("institution", TOWNSHIP)


def plan_of(who, region=VILLAGE, key="", **over):
    act_now(who, "examinations.make_plan", {**PLAN, "region": str(region), **over}, key)
    return ExaminationPlan.objects.get(region=region)


def states(plan):
    return sorted(Invitation.objects.filter(plan=plan).values_list("record__resident__name", "state", "groups"))


def test_the_list_follows_from_records_and_care(everywhere, doctor):
    make_record(VILLAGE, "冉老")
    young = make_record(VILLAGE, "冉病", birth_on=date(1980, 1, 1))
    make_care(young)
    make_record(VILLAGE, "冉轻", birth_on=date(1990, 1, 1))
    make_record(VILLAGE, "冉休", state="inactive", inactive_reason="missing", inactive_on=date(2026, 1, 1))
    make_record(OTHER, "田外")
    done = make_record(VILLAGE, "冉检")
    make_examination(done, on=date(2026, 5, 1))
    plan = plan_of(doctor)
    assert states(plan) == [("冉检", "examined", ["elderly"]), ("冉病", "listed", ["hypertension"]), ("冉老", "listed", ["elderly"])]
    assert sorted(Due.objects.filter(kind="examination", state="open").values_list("record__resident__name", "from_on", "due_on")) == [
        ("冉病", date(2026, 11, 1), date(2026, 12, 20)), ("冉老", date(2026, 11, 1), date(2026, 12, 20)),
    ]  # fmt: skip


def drawn(jurisdiction):
    """The nightly duty, as whoever the test is."""
    draw_lists(jurisdiction, NOW)


@pytest.mark.req("H2")
def test_who_comes_under_care_or_back_after_the_list_was_drawn_is_put_onto_it_at_night(jurisdiction, everywhere, doctor):
    plan = plan_of(doctor)
    drawn(jurisdiction)
    assert (states(plan), Receipt.objects.filter(action="examinations.draw_list").count()) == ([], 0)
    make_care(make_record(VILLAGE, "冉病", birth_on=date(1980, 1, 1)))
    gone = make_record(VILLAGE, "冉归")
    make_invitation(make_plan(OTHER), gone, state="withdrawn", settled_on=TODAY)
    rested = make_invitation(plan, make_record(VILLAGE, "冉休"))
    drawn(jurisdiction)
    assert states(plan) == [("冉休", "listed", ["elderly"]), ("冉归", "listed", ["elderly"]), ("冉病", "listed", ["hypertension"])]
    assert Due.objects.filter(kind="examination", state="open", record=rested.record).count() == 1
    drawn(jurisdiction)
    assert (Due.objects.filter(kind="examination").count(), Receipt.objects.filter(action="examinations.draw_list").count()) == (3, 1)


def test_from_which_age_is_a_parameter_of_the_plan(everywhere, doctor):
    make_record(VILLAGE, "冉六", birth_on=date(1966, 12, 31))
    plan = plan_of(doctor, from_age="60")
    assert states(plan) == [("冉六", "listed", ["elderly"])]


def test_a_place_has_one_plan_a_year_and_its_days_lie_in_it(everywhere, doctor):
    make_plan(VILLAGE)
    with pytest.raises(InputInvalid, match="这一年已经有体检计划"):
        act_now(doctor, "examinations.make_plan", {**PLAN, "region": str(VILLAGE)})
    with pytest.raises(InputInvalid, match="日期要在计划的年份里"):
        act_now(doctor, "examinations.make_plan", {**PLAN, "region": str(VILLAGE), "year": "2027"}, "b")
    assert ExaminationPlan.objects.count() == 1


def test_when_the_plan_moves_who_has_no_batch_is_owed_until_its_end(everywhere, doctor):
    plan = make_plan(VILLAGE)
    row = make_invitation(plan)
    act_now(doctor, "examinations.change_plan", DAYS, target=plan.pk)
    assert (Due.objects.get(record=row.record).due_on, ExaminationPlan.objects.get().place) == (date(2026, 12, 10), "乡卫生院")
    make_batch(plan, on=date(2026, 12, 9))
    with pytest.raises(InputInvalid, match="会落在计划之外"):
        act_now(doctor, "examinations.change_plan", {**DAYS, "ends_on": "2026-12-01"}, "b", target=plan.pk)


def test_nobody_is_on_two_lists_of_a_year(everywhere, doctor, institution):
    make_record(VILLAGE, "冉老")
    plan_of(doctor)
    assert states(plan_of(institution, TOWNSHIP)) == []


def test_drawn_again_the_list_takes_in_who_is_new_and_lets_go_who_left(everywhere, doctor):
    gone = make_record(VILLAGE, "冉走")
    plan = plan_of(doctor)
    make_record(VILLAGE, "冉新")
    type(gone).objects.filter(pk=gone.pk).update(state="inactive", inactive_reason="missing", inactive_on=TODAY)
    receipt = act_now(doctor, "examinations.draw_list", {}, target=plan.pk)
    assert receipt.message == "名单已核对：新增 1 人，减少 1 人。"
    assert states(plan) == [("冉新", "listed", ["elderly"]), ("冉走", "withdrawn", ["elderly"])]
    assert Due.objects.get(record=gone).state == "cancelled"
    type(gone).objects.filter(pk=gone.pk).update(state="active", inactive_reason="", inactive_on=None)
    act_now(doctor, "examinations.draw_list", {}, "again", target=plan.pk)
    assert states(plan)[1] == ("冉走", "listed", ["elderly"])
    assert Due.objects.filter(record=gone, state="open").count() == 1


def test_people_are_put_into_batches_by_village_and_seats(everywhere, institution):
    for place, name in ((VILLAGE, "冉一"), (VILLAGE, "冉二"), (OTHER, "田一")):
        make_record(place, name)
    plan = plan_of(institution, TOWNSHIP)
    act_now(institution, "examinations.add_batch", {**BATCH, "region": str(VILLAGE), "capacity": "1"}, target=plan.pk)
    receipt = act_now(institution, "examinations.distribute", {}, target=plan.pk)
    assert receipt.message == "已安排 1 人，还有 2 人没有批次。"
    make_batch(plan, TOWNSHIP, capacity=9)
    act_now(institution, "examinations.distribute", {}, "b", target=plan.pk)
    assert sorted(Batch.objects.values_list("region", "invitations__record__resident__name")) == [(TOWNSHIP, "冉二"), (TOWNSHIP, "田一"), (VILLAGE, "冉一")]


def test_who_is_invited_is_in_todays_list_two_weeks_before(everywhere, doctor):
    make_record(VILLAGE, "冉老")
    plan = plan_of(doctor)
    assert due_today(doctor, {}, TODAY).rows == []
    make_batch(plan, on=TODAY + timedelta(days=8))
    act_now(doctor, "examinations.distribute", {}, target=plan.pk)
    due = due_today(doctor, {"kind": "examination"}, TODAY).rows[0]
    assert (due.due_on, due.from_on, due.reason) == (date(2026, 12, 1), date(2026, 11, 17), "7:30—11:00 村卫生室")
    card = cards(doctor, [due], TODAY)[0]
    assert (card["door"]["url"], str(card["door"]["label"])) == (f"/act/examinations.record/{due.record_id}/?next=/health/today/", "登记体检")


def test_a_batch_is_of_the_plans_days_and_place(everywhere, doctor):
    plan = make_plan(VILLAGE)
    for over, words in (({"on": "2027-01-05"}, "之间"), ({"region": str(OTHER)}, "不在这份计划的范围内"), ({"capacity": "0"}, "大于")):
        with pytest.raises(InputInvalid, match=words):
            act_now(doctor, "examinations.add_batch", {**BATCH, "region": str(VILLAGE), **over}, target=plan.pk)
    assert not Batch.objects.exists()


def test_when_a_batch_moves_its_people_are_owed_on_the_new_day(everywhere, doctor):
    batch = make_batch(make_plan(VILLAGE))
    row = make_invitation(batch.plan, batch=batch)
    receipt = act_now(doctor, "examinations.change_batch", {**BATCH, "on": "2026-12-08"}, target=batch.pk)
    assert receipt.message == "批次已调整，请重新通知 1 人。"
    assert Due.objects.get(record=row.record).due_on == date(2026, 12, 8)
    make_invitation(batch.plan, make_record(VILLAGE), batch)
    with pytest.raises(InputInvalid, match="已经安排了 2 人"):
        act_now(doctor, "examinations.change_batch", {**BATCH, "capacity": "1"}, "b", target=batch.pk)


def test_a_cancelled_batch_gives_its_people_back(everywhere, doctor):
    batch = make_batch(make_plan(VILLAGE))
    row = make_invitation(batch.plan, batch=batch)
    act_now(doctor, "examinations.cancel_batch", {}, target=batch.pk)
    row.refresh_from_db()
    assert (row.state, row.batch_id, Due.objects.get(record=row.record).due_on) == ("listed", None, date(2026, 12, 20))


def test_who_came_is_ticked_and_who_did_not_is_known_at_the_end(everywhere, doctor):
    batch = make_batch(make_plan(VILLAGE), on=TODAY)
    rows = [make_invitation(batch.plan, make_record(VILLAGE, name), batch) for name in ("冉一", "冉二")]
    act_now(doctor, "examinations.check_in", {"came": [str(row.pk) for row in rows]}, target=batch.pk)
    act_now(doctor, "examinations.check_in", {"came": [str(rows[0].pk)]}, "b", target=batch.pk)
    assert [state for _name, state, _groups in states(batch.plan)] == ["came", "invited"]
    assert act_now(doctor, "examinations.end_batch", {}, target=batch.pk).message == "本批已结束，1 人未到。"
    assert [state for _name, state, _groups in states(batch.plan)] == ["came", "absent"]


def test_nobody_is_ticked_before_the_day(everywhere, doctor):
    batch = make_batch(make_plan(VILLAGE))
    with pytest.raises(RuleBroken, match="还没有到这一批的日期 2026-11-27"):
        act_now(doctor, "examinations.check_in", {"came": []}, target=batch.pk)


def test_who_refuses_is_not_asked_again_and_leaves_a_seat(everywhere, doctor):
    batch = make_batch(make_plan(VILLAGE), capacity=1)
    row = make_invitation(batch.plan, batch=batch)
    act_now(doctor, "examinations.refuse", REFUSED, target=row.pk)
    row.refresh_from_db()
    assert (row.state, row.get_refusal_display(), row.settled_on) == ("refused", "长期在外", date(2026, 11, 20))
    assert [event.what for event in happenings(doctor, row.record)] == ["拒绝体检"]
    other = make_invitation(batch.plan, make_record(VILLAGE))
    act_now(doctor, "examinations.move_invitation", {"batch": str(batch.pk)}, target=other.pk)
    third = make_invitation(batch.plan, make_record(VILLAGE))
    with pytest.raises(RuleBroken, match="已经满了"):
        act_now(doctor, "examinations.move_invitation", {"batch": str(batch.pk)}, "b", target=third.pk)


def test_who_changes_their_mind_comes_to_another_batch(everywhere, doctor):
    plan = make_plan(VILLAGE)
    row = make_invitation(plan, state="refused", refusal="away", settled_on=TODAY)
    act_now(doctor, "examinations.move_invitation", {"batch": str(make_batch(plan).pk)}, target=row.pk)
    row.refresh_from_db()
    assert (row.state, row.refusal, Due.objects.get(record=row.record).state) == ("invited", "", "open")


def test_a_villages_doctor_sees_the_plan_of_the_township_and_does_not_change_it(everywhere, doctor, client_as):
    plan = make_plan(TOWNSHIP)
    batch = make_batch(plan)
    for place, name in ((VILLAGE, "冉一"), (OTHER, "田一")):
        make_invitation(plan, make_record(place, name), batch)
    client = client_as("doctor", VILLAGE)
    assert "2026 年健康体检" in client.get("/examinations/").content.decode()
    page = client.get(f"/examinations/batches/{batch.pk}/").content.decode()
    assert "冉一" in page and "田一" not in page and "保存到场情况" not in page
    with pytest.raises(NotVisible):
        act_now(doctor, "examinations.draw_list", {}, target=plan.pk)
    with entered(doctor):
        assert (ExaminationPlan.objects.count(), ExaminationPlan.objects.update(place="别处"), Batch.objects.update(capacity=1)) == (1, 0, 0)
    stranger = client_as("doctor", 500242102200)
    assert stranger.get(f"/examinations/plans/{plan.pk}/").status_code == stranger.get(f"/examinations/batches/{batch.pk}/").status_code == 404
    assert client_as("village", VILLAGE).get("/examinations/").status_code == 403


def test_the_plan_page_counts_by_village(everywhere, client_as):
    plan = make_plan(TOWNSHIP)
    batch = make_batch(plan)
    for name, over in (("冉一", {"batch": batch}), ("冉二", {}), ("冉三", {"state": "refused", "refusal": "away", "settled_on": TODAY})):
        make_invitation(plan, make_record(VILLAGE, name), **over)
    page = client_as("institution", TOWNSHIP).get(f"/examinations/plans/{plan.pk}/").content.decode()
    assert "各村（社区）进度" in page and "已安排 1 / 10 人" in page
    people = client_as("institution", TOWNSHIP).get(f"/examinations/plans/{plan.pk}/people/?state=refused").content.decode()
    assert "冉三" in people and "长期在外" in people and "冉一" not in people


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_the_list_of_a_batch_is_printed_without_illnesses(everywhere, client_as, ending, begins):
    batch = make_batch(make_plan(VILLAGE))
    make_invitation(batch.plan, make_record(VILLAGE, "冉一"), batch, groups=["mental"])
    answer = client_as("doctor", VILLAGE).get(f"/examinations/batches/{batch.pk}/list.{ending}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert content.startswith(begins)
    if ending == "xlsx":
        words = [str(cell) for row in openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True) for cell in row if cell]
        assert "冉一" in words and not any("精神" in word for word in words)


def test_who_lives_elsewhere_by_now_is_found_where_they_live(everywhere, doctor, actor):
    resident = make_resident(VILLAGE, "冉迁", birth_on=date(1950, 1, 1))
    record = make_record(VILLAGE, resident=resident)
    plan = plan_of(doctor)
    assert record.invitations.get().plan == plan
