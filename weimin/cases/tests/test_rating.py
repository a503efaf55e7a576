"""A case is rated once; a bad grade is contacted, mended and called back, and nobody who handles it knows whose it was."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from weimin.actions.act import act, new_key
from weimin.cases.indicators_rating import mended, of_grades, satisfaction
from weimin.cases.models import Rating
from weimin.cases.reminding import remind
from weimin.cases.tests.builders import make_case
from weimin.cases.tests.rating_builders import RATED, make_rating
from weimin.flows.models import Step
from weimin.messages.models import Outbox
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, NotAllowed, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("S8")]
VERIFIED = {"reached": "yes", "finding": "mend", "note": "属实"}


@pytest.fixture
def world(jurisdiction, places):
    with entered(system_actor()):
        yield places


def portal():
    return system_actor(name="居民（网上）", channel="portal")


def do(who, name, target, now, **data):
    return act(who, f"cases.{name}", data, new_key(), target=target.pk, now=now)


def open_step_of(rating):
    return Step.objects.get(subject_type="cases.rating", subject_id=rating.pk, closed_at__isnull=True)


def test_a_resident_rates_by_the_code_of_the_receipt(world, now):
    case = make_case(world.village, "delivered", now=now)
    do(portal(), "rate", case, now, grade="5", tags=["fast"], words="很快", channel="qr")
    rating = Rating.objects.get()
    assert (rating.grade, rating.tags, rating.words, rating.channel, rating.state, rating.rater_name) == (5, ["fast"], "很快", "qr", "kept", "冉桂兰")
    assert not Step.objects.filter(subject_type="cases.rating").exists()


def test_a_bad_grade_becomes_a_task_of_the_leading_office_until_tomorrow(world, now):
    case = make_case(world.village, "delivered", now=now)
    do(portal(), "rate", case, now, **{**RATED, "channel": "portal"})
    rating, step = Rating.objects.get(), Step.objects.get(subject_type="cases.rating")
    assert (rating.state, rating.desk, rating.mend_by) == ("contact", "township", date(2026, 12, 14))
    assert (step.role, step.due_on, case.number in step.title, case.applicant_name in step.title) == ("lead_office", date(2026, 11, 24), False, False)


def test_a_case_is_rated_once(world, now):
    case = make_rating(world.village).case
    with pytest.raises(RuleBroken, match="只评一次"):
        do(portal(), "rate", case, now, grade="1", channel="qr")
    assert Rating.objects.get().grade == 5


def test_a_case_that_is_not_ended_is_not_rated(world, now):
    with pytest.raises(RuleBroken, match="还没有办结"):
        do(portal(), "rate", make_case(world.village, "review", now=now), now, grade="1", channel="qr")
    assert not Rating.objects.exists()


def test_a_bad_grade_with_praise_is_refused(world, now):
    with pytest.raises(InputInvalid):
        do(portal(), "rate", make_case(world.village, "delivered", now=now), now, grade="1", tags=["kind"], channel="qr")
    assert not Rating.objects.exists()


def test_only_a_case_that_came_over_the_portal_is_rated_for_the_portal(world, now):
    with pytest.raises(InputInvalid):
        do(portal(), "rate", make_case(world.village, "delivered", now=now, channel="window"), now, grade="1", tags=["hard_online"], channel="qr")
    case = make_case(world.village, "delivered", now=now, channel="portal")
    do(portal(), "rate", case, now, grade="1", tags=["hard_online", "slow"], channel="qr")
    assert Rating.objects.get().tags == ["hard_online", "slow"]


def test_the_window_takes_ratings_on_its_device_only(world, now, actor):
    case = make_case(world.village, "delivered", now=now)
    with pytest.raises(InputInvalid):
        do(actor("window", world.township), "rate", case, now, grade="5", channel="phone")
    do(actor("window", world.township), "rate", case, now, grade="5")
    assert Rating.objects.get().channel == "device"


def test_an_anonymous_rating_keeps_neither_name_nor_phone(world, now):
    do(portal(), "rate", make_case(world.village, "delivered", now=now), now, grade="2", anonymous="on", channel="qr")
    rating = Rating.objects.get()
    assert (rating.named, rating.rater_name, rating.rater_phone) == (False, "", None)


def test_a_bad_grade_is_contacted_mended_and_called_back(world, now, actor):
    rating = make_rating(world.village, "contact", now=now)
    lead, township = actor("lead_office", world.county), actor("township", world.township)
    do(lead, "verify_rating", rating, now, **VERIFIED)
    assert (open_step_of(rating).role, open_step_of(rating).due_on) == ("township", date(2026, 12, 14))
    do(township, "mend_rating", rating, now, mending="当面致歉，补发告知单")
    assert open_step_of(rating).role == "lead_office"
    do(lead, "call_back", rating, now, satisfied="yes", note="表示满意")
    rating.refresh_from_db()
    assert (rating.state, rating.satisfied, rating.mended_late) == ("closed", True, False)


def test_an_unsatisfied_call_back_sends_it_back_to_be_mended(world, now, actor):
    rating = make_rating(world.village, "call_back", now=now)
    do(actor("lead_office", world.county), "call_back", rating, now, satisfied="no", note="没有改")
    rating.refresh_from_db()
    assert (rating.state, rating.satisfied, open_step_of(rating).role) == ("mend", False, "township")


def test_mending_after_the_fifteen_days_counts_as_late(world, now, actor):
    rating = make_rating(world.village, "mend", now=now)
    late = now + timedelta(days=30)
    do(actor("township", world.township), "mend_rating", rating, late, mending="已整改")
    do(actor("lead_office", world.county), "call_back", rating, late, satisfied="yes", note="满意")
    rating.refresh_from_db()
    assert rating.mended_late is True


def test_somebody_not_reached_is_called_three_times(world, now, actor):
    rating, lead = make_rating(world.village, "contact", now=now), actor("lead_office", world.county)
    for _call in range(2):
        do(lead, "log_contact", rating, now, note="无人接听")
    with pytest.raises(RuleBroken, match="3 次"):
        do(lead, "verify_rating", rating, now, **{**VERIFIED, "reached": "no"})
    do(lead, "log_contact", rating, now, note="无人接听")
    do(lead, "verify_rating", rating, now, **{**VERIFIED, "reached": "no"})
    rating.refresh_from_db()
    assert (rating.attempts, rating.state) == (3, "mend")


def test_who_was_not_reached_has_taken_nothing_back(world, now, actor):
    rating = make_rating(world.village, "contact", now=now, attempts=3)
    with pytest.raises(InputInvalid):
        do(actor("lead_office", world.county), "verify_rating", rating, now, reached="no", finding="withdrawn", note="无")


@pytest.mark.parametrize(("accepted", "state"), [("yes", "unverified"), ("no", "mend")])
def test_the_unit_appeals_once_and_is_answered(world, now, actor, accepted, state):
    rating, township = make_rating(world.village, "mend", now=now), actor("township", world.township)
    do(township, "appeal_rating", rating, now, appeal="与本岗位无关")
    do(actor("lead_office", world.county), "answer_appeal", rating, now, accepted=accepted, answer="经核查")
    rating.refresh_from_db()
    assert rating.state == state
    with pytest.raises(RuleBroken):
        do(township, "appeal_rating", rating, now, appeal="再申诉")


def test_another_desk_does_not_mend(world, now, actor):
    rating = make_rating(world.village, "mend", now=now)
    with pytest.raises(RuleBroken, match="乡镇经办"):
        do(actor("county_office", world.county), "mend_rating", rating, now, mending="改了")
    with pytest.raises(NotAllowed):
        do(actor("window", world.township), "mend_rating", rating, now, mending="改了")


@pytest.mark.parametrize("role", ["window", "township", "supervisor", "county_office"])
def test_who_gave_a_bad_grade_is_not_on_the_pages_of_those_who_handle_it(world, now, client_as, role):
    rating = make_rating(world.village, "mend", now=now)
    client = client_as(role, world.township if role in ("window", "township") else world.county)
    for url in (reverse("cases:rating", args=[rating.pk]), reverse("cases:ratings")):
        page = client.get(url).content.decode()
        assert "跑了三趟" in page
        assert [word for word in ("冉桂兰", "139****5678", "13912345678", rating.case.number) if word in page] == []


def test_the_desk_that_calls_back_sees_the_rater_masked(world, now, client_as):
    rating = make_rating(world.village, "contact", now=now)
    page = client_as("lead_office", world.county).get(reverse("cases:rating", args=[rating.pk])).content.decode()
    assert ("冉桂兰" in page, "139****5678" in page, "13912345678" in page) == (True, True, False)


@pytest.mark.parametrize(("days", "state", "asked"), [(2, "delivered", 0), (3, "delivered", 1), (3, "archived", 0), (7, "delivered", 0)])
def test_who_has_not_rated_is_asked_three_days_after_the_result(world, now, days, state, asked):
    make_case(world.village, state, now=now - timedelta(days=days))
    assert remind(now) == asked
    rows = Outbox.objects.all()
    assert [(row.channel, row.address, "冉" in row.message.text) for row in rows] == [("sms", "13912345678", False)] * asked


def test_nobody_is_asked_twice_and_who_rated_not_at_all(world, now):
    make_case(world.village, "delivered", now=now - timedelta(days=3))
    make_rating(world.village, now=now - timedelta(days=3))
    assert (remind(now), remind(now), Outbox.objects.count()) == (1, 0, 1)


def test_the_rates_leave_out_what_was_taken_back_or_untrue(world, now):
    make_rating(world.village, now=now)
    make_rating(world.village, "unverified", now=now)
    make_rating(world.village, "closed", now=now)
    make_rating(world.village, "mend", now=now, mend_by=date(2026, 11, 20))
    make_rating(world.village, "mend", now=now)
    assert satisfaction(world.county, world.county + 999999, now.date()) == {world.village: (1, 4)}
    assert mended(world.county, world.county + 999999, now.date()) == {world.village: (1, 2)}


@pytest.mark.req("C2")
def test_every_grade_of_the_month_is_counted_where_anything_was_rated(world, now):
    for state, over in (("kept", {}), ("kept", {"grade": 4}), ("closed", {}), ("unverified", {})):
        make_rating(world.village, state, now=now, **over)
    make_rating(world.village, now=now - timedelta(days=40))
    county = (world.county, world.county + 999999, now.date())
    assert of_grades(*county, grades=(5, 4, 3)) == {("5", world.village): (1, 3), ("4", world.village): (1, 3), ("3", world.village): (0, 3)}
    assert of_grades(*county, grades=(2, 1)) == {("2", world.village): (0, 3), ("1", world.village): (1, 3)}
