"""Activities from the plan to the record, the plan of a year, materials that are given out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.datastructures import MultiValueDict

from weimin.actions.act import act
from weimin.attachments.models import Attachment
from weimin.attachments.tests.builders import picture, upload
from weimin.education.models import Activity, Material, MaterialMove, SignIn, YearPlan
from weimin.education.queries.yearly import year_of
from weimin.education.tests.builders import (
    NOW,
    TODAY,
    act_now,
    at,
    make_activity,
    make_board,
    make_count,
    make_institution,
    make_issue,
    make_material,
    make_quiz,
)
from weimin.education.tests.examples.activities import PLANNED, RECORDED
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken

pytestmark = pytest.mark.req("H7")


@pytest.fixture
def centre(everywhere, places):
    return make_institution(places.township, "新湖社区卫生服务中心")


@pytest.fixture
def institution(actor, places):
    return actor("institution", places.township)


def test_an_activity_that_is_moved_takes_its_list_and_quiz_along_and_without_a_place_is_at_the_institution(centre, institution, places):
    row = make_activity(centre, TODAY + timedelta(days=3), region=places.village)
    SignIn.objects.create(region=row.region, activity=row, name="冉桂兰", entered_at=NOW)
    count = make_count(make_quiz(row), "before", 0, 10, 5)
    for place, region in ((places.village + 1, places.village + 1), ("", centre.region)):
        act_now(institution, "education.change_activity", {**PLANNED, "place": str(place)}, f"to {place}", target=row.pk)
        for one in (row, count, count.quiz):
            one.refresh_from_db()
        assert {row.region, count.region, count.quiz.region, SignIn.objects.get().region} == {region}


def test_an_activity_is_planned_in_a_community_of_the_township(centre, institution, places):
    act_now(institution, "education.plan_activity", {**PLANNED, "place": str(places.village)}, target=centre.pk)
    row = Activity.objects.get()
    assert (row.region, row.institution, row.institution_name, row.starts_at, row.state) == (
        places.village, centre.pk, "新湖社区卫生服务中心", at(date(2026, 12, 1)), "planned"
    )  # fmt: skip


def test_a_community_of_another_township_is_no_choice(centre, institution, places):
    with pytest.raises((InputInvalid, NotVisible)):
        act_now(institution, "education.plan_activity", {**PLANNED, "place": str(places.other_village)}, target=centre.pk)
    assert not Activity.objects.exists()


def test_a_campaign_says_which_of_the_five_places(centre, institution):
    with pytest.raises(InputInvalid, match="哪一类场所"):
        act_now(institution, "education.plan_activity", {**PLANNED, "kind": "campaign"}, target=centre.pk)
    act_now(institution, "education.plan_activity", {**PLANNED, "kind": "campaign", "place_kind": "school"}, "k", target=centre.pk)
    assert Activity.objects.get().place_kind == "school"


@pytest.mark.parametrize("on", ["2024-11-01", "2028-01-01"])
def test_a_day_far_off_is_a_slip(centre, institution, on):
    with pytest.raises(InputInvalid, match="请核对"):
        act_now(institution, "education.plan_activity", {**PLANNED, "on": on}, target=centre.pk)


def test_what_came_of_it_is_recorded_and_materials_leave_the_stock(centre, institution):
    activity, book = make_activity(centre), make_material(centre)
    act_now(institution, "education.record_activity", {**RECORDED, f"material_{book.pk}": "30"}, target=activity.pk)
    activity.refresh_from_db()
    assert (activity.state, activity.attendance, activity.archives) == ("held", 42, ["pictures", "sign_in"])
    assert (Material.objects.get().stock, MaterialMove.objects.get(activity=activity.pk).quantity) == (70, -30)


def test_a_photo_comes_with_the_record(centre, institution):
    activity = make_activity(centre)
    files = MultiValueDict({"photo_1": [upload(picture())]})
    act(institution, "education.record_activity", RECORDED, "k", target=activity.pk, files=files, now=NOW)
    assert list(Attachment.objects.values_list("subject_type", "subject_id", "kind")) == [("education.activity", activity.pk, "photo")]


def test_more_than_the_stock_cannot_be_given_out(centre, institution):
    activity, book = make_activity(centre), make_material(centre)
    with pytest.raises(InputInvalid):
        act_now(institution, "education.record_activity", {**RECORDED, f"material_{book.pk}": "101"}, target=activity.pk)
    with pytest.raises(RuleBroken, match="只剩 100 份"):
        act_now(institution, "education.move_material", {"way": "out", "quantity": "101", "on": "2026-11-20"}, target=book.pk)
    activity.refresh_from_db()
    assert (activity.state, Material.objects.get().stock) == ("planned", 100)


def test_nothing_is_recorded_before_it_began(centre, institution):
    activity = make_activity(centre, TODAY + timedelta(days=1))
    with pytest.raises(RuleBroken, match="还没有开始"):
        act_now(institution, "education.record_activity", RECORDED, target=activity.pk)


def test_the_sign_in_list_offers_the_number_of_people(centre, institution):
    activity = make_activity(centre)
    act_now(institution, "education.sign_in", {"names": "冉大山、田小红\n李四，"}, target=activity.pk)
    assert list(SignIn.objects.order_by("pk").values_list("name", flat=True)) == ["冉大山", "田小红", "李四"]


def test_the_database_refuses_a_cancelled_activity_that_is_held_later(centre):
    activity = make_activity(centre, state="cancelled")
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(state="held", reason="", attendance=3, recorded_at=NOW)


def test_a_correction_says_why(centre, institution):
    activity = make_activity(centre, state="held")
    with pytest.raises(InputInvalid):
        act_now(institution, "education.correct_activity", RECORDED, target=activity.pk)
    act_now(institution, "education.correct_activity", {**RECORDED, "reason": "数错"}, "k", target=activity.pk)
    activity.refresh_from_db()
    assert activity.attendance == 42


def test_the_plan_of_a_year_spreads_what_is_owed(centre, institution):
    act_now(institution, "education.make_plan", {"year": "2027", "level": "centre", "starts": "9:00"}, target=centre.pk)
    lectures = list(Activity.objects.filter(kind="lecture").order_by("starts_at"))
    assert (len(lectures), Activity.objects.filter(kind="consultation").count()) == (12, 9)
    assert [row.starts_at.month for row in lectures] == list(range(1, 13))
    assert (lectures[8].subject, lectures[0].starts_at, lectures[0].by_rule) == ("糖尿病自我管理", at(date(2027, 1, 15)), True)


def test_the_plan_of_a_year_is_made_once(centre, institution):
    plan = {"year": "2027", "level": "centre", "starts": "9:00"}
    act_now(institution, "education.make_plan", plan, target=centre.pk)
    with pytest.raises(RuleBroken, match="已经生成"):
        act_now(institution, "education.make_plan", plan, "again", target=centre.pk)
    assert (YearPlan.objects.count(), Activity.objects.count()) == (1, 21)


def test_the_year_says_what_is_missing(centre, institution):
    for month in (1, 2, 3):
        make_activity(centre, date(2026, month, 15), state="held")
    make_activity(centre, date(2026, 4, 15), kind="campaign", place_kind="shop", state="held")
    make_activity(centre, date(2025, 12, 15), state="held")
    make_activity(centre, date(2026, 5, 15), state="cancelled")
    make_material(centre)
    make_issue(make_board(centre))
    found = {line.key: (line.whole, line.owed, line.done, line.missing) for line in year_of(institution, centre, 2026, TODAY).lines}
    assert found == {
        "lectures": (12, 10, 3, 7), "consultations": (9, 7, 1, 6), "printed": (12, 0, 1, 0), "audio_visual": (6, 0, 0, 0), "boards": (2, 2, 1, 1),
        "issues": (12, 10, 1, 9),
    }  # fmt: skip
