from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from weimin.actions.act import act
from weimin.staffing.models import ActivityHours, Holding, ServiceProof
from weimin.staffing.rules_volunteering import check_no_overlap, check_served, hours_words, minutes_to_next, stars
from weimin.staffing.tests.builders import at, make_activity, make_hours, make_post, make_worker, station
from weimin.staffing.volunteering import counts_by_capacity, record_until, volunteering_of
from weimin.walls.errors import RuleBroken

pytestmark = [pytest.mark.req("S12")]
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 11, 20)
TIMES = {"starts": "9:00", "ends": "11:30"}


@pytest.fixture
def town(jurisdiction, actor, places):
    return actor("township", places.township)


@pytest.fixture
def activity(jurisdiction, places):
    return make_activity(station(places.village), DAY)


def record(who, activity, *workers, key="k", now=NOW, **over):
    return act(who, "staffing.record_hours", {**TIMES, "workers": [str(row.pk) for row in workers], **over}, key, target=activity.pk, now=now)


@pytest.mark.parametrize(("hours", "level"), [(0, 0), (99.9, 0), (100, 1), (300, 2), (600, 3), (1000, 4), (1499, 4), (1500, 5), (9000, 5)])
def test_stars_follow_the_hours(hours, level):
    assert stars(int(hours * 60)) == level


def test_hours_read_as_people_say_them():
    assert (hours_words(90), hours_words(120), minutes_to_next(5999), minutes_to_next(90000)) == ("1.5", "2", 1, None)


@pytest.mark.parametrize(("first", "last"), [(8, 11), (9, 13), (11, 10), (10, 10)])
def test_time_outside_the_activity_does_not_count(first, last):
    with pytest.raises(RuleBroken, match="活动时间以内"):
        check_served(at(DAY, first), at(DAY, last), at(DAY, 9), at(DAY, 12))


def test_one_time_has_a_maximum_and_no_overlap():
    with pytest.raises(RuleBroken, match="最多记 12 小时"):
        check_served(at(DAY, 6), at(DAY, 19), at(DAY, 6), at(DAY, 20))
    check_no_overlap(at(DAY, 9), at(DAY, 10), [(at(DAY, 10), at(DAY, 11), "别的")])
    with pytest.raises(RuleBroken, match="别的"):
        check_no_overlap(at(DAY, 9), at(DAY, 11), [(at(DAY, 10), at(DAY, 12), "别的")])


@pytest.mark.django_db
def test_hours_are_recorded_for_several_at_once(town, activity):
    record(town, activity, make_worker(activity.region, "甲"), make_worker(activity.region, "乙"))
    assert sorted(ActivityHours.objects.values_list("worker__name", "minutes")) == [("乙", 150), ("甲", 150)]


@pytest.mark.django_db
def test_the_same_time_is_not_counted_at_two_activities(town, activity):
    worker = make_worker(activity.region)
    make_hours(make_activity(activity.site, DAY, name="义诊"), worker)
    with pytest.raises(RuleBroken, match="义诊"):
        record(town, activity, worker)
    assert ActivityHours.objects.count() == 1


@pytest.mark.django_db
def test_after_ten_working_days_only_the_township_records_with_a_reason(town, activity, actor, places):
    worker, until = make_worker(activity.region), record_until(activity)
    assert until == date(2026, 12, 4)
    late = NOW.replace(month=12, day=5)
    with pytest.raises(RuleBroken, match="请乡镇补录"):
        record(actor("village", places.village), activity, worker, now=late)
    with pytest.raises(RuleBroken, match="补录原因"):
        record(town, activity, worker, key="a", now=late)
    record(town, activity, worker, key="b", now=late, late_reason="当时停电")
    assert ActivityHours.objects.get().late_reason == "当时停电"


@pytest.mark.django_db
def test_the_proof_says_what_was_recorded_and_stays_as_it_was(town, activity, client_as, places):
    worker = make_worker(activity.region)
    hours = make_hours(activity, worker)
    make_hours(make_activity(activity.site, DAY - timedelta(days=400)), worker)
    data = {"starts_on": "2026-01-01", "ends_on": "2026-11-23", "unit": "村党支部", "purpose_of_use": "升学"}
    act(town, "staffing.issue_proof", data, "k", target=worker.pk, now=NOW)
    act(town, "staffing.strike_hours", {"reason": "记错"}, "s", target=hours.pk, now=NOW)
    proof = ServiceProof.objects.get()
    assert (proof.minutes, proof.lines) == (180, [["2026-11-20", "清洁家园", "打扫村道", "村党支部", 180]])
    answer = client_as("township", places.township).get(reverse("staffing:proof", args=[proof.pk]))
    assert answer.content.startswith(b"%PDF")


@pytest.mark.django_db
def test_without_hours_there_is_no_proof(town, activity):
    worker = make_worker(activity.region)
    with pytest.raises(RuleBroken, match="没有记服务时长"):
        act(
            town,
            "staffing.issue_proof",
            {"starts_on": "2026-01-01", "ends_on": "2026-11-23", "unit": "村", "purpose_of_use": "升学"},
            "k",
            target=worker.pk,
            now=NOW,
        )
    assert ServiceProof.objects.count() == 0


@pytest.mark.django_db
def test_a_post_takes_as_many_as_it_has_places_and_only_whom_it_is_for(town, places):
    post = make_post(station(places.village), places=1)
    data = {"name": "田大山", "phone": "13900003333", "starts_on": "2026-11-01"}
    with pytest.raises(Exception, match="人员身份"):
        act(town, "staffing.take_up_post", {**data, "capacity": "hired"}, "a", target=post.pk, now=NOW)
    act(town, "staffing.take_up_post", {**data, "capacity": "party"}, "b", target=post.pk, now=NOW)
    with pytest.raises(RuleBroken, match="已经满了"):
        act(town, "staffing.take_up_post", {**data, "phone": "13900004444", "capacity": "party"}, "c", target=post.pk, now=NOW)
    assert list(Holding.objects.values_list("worker__name", "capacity")) == [("田大山", "party")]
    assert dict(counts_by_capacity(town))["无职党员"] == 1


@pytest.mark.django_db
def test_all_hours_make_the_star(town, activity):
    worker = make_worker(activity.region)
    for days in range(34):
        make_hours(make_activity(activity.site, DAY - timedelta(days=days)), worker)
    found = volunteering_of(town, worker)
    assert (found.stars, found.words, found.to_next) == (1, "102", "198")
