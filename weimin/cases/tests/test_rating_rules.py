"""The rules of good and bad ratings as tables."""

from datetime import date

import pytest

from weimin.cases.rules_rating import (
    TAGS,
    check_attempts,
    check_ratable,
    check_tags,
    is_bad,
    mending_desk,
    reminded_on,
    satisfaction,
    sees_rater,
    tags_asked,
)
from weimin.walls.errors import RuleBroken

TODAY = date(2026, 11, 23)


@pytest.mark.req("S8")
@pytest.mark.parametrize(("grade", "bad"), [(5, False), (4, False), (3, False), (2, True), (1, True)])
def test_the_last_two_of_five_grades_are_bad(grade, bad):
    assert is_bad(grade) is bad


@pytest.mark.parametrize(("ended_on", "rated"), [(None, False), (TODAY, True), (date(2026, 10, 23), False)])
def test_a_case_is_not_rated_before_its_end_nor_twice_nor_after_thirty_days(ended_on, rated):
    with pytest.raises(RuleBroken):
        check_ratable(ended_on, rated, TODAY)


@pytest.mark.parametrize("ended_on", [TODAY, date(2026, 10, 24)])
def test_a_case_is_rated_within_thirty_days_of_its_end(ended_on):
    check_ratable(ended_on, False, TODAY)


def test_a_bad_grade_takes_no_praise():
    with pytest.raises(RuleBroken, match="态度好"):
        check_tags(1, ["slow", "kind"])
    check_tags(1, ["slow", "rude"])


@pytest.mark.req("S8")
def test_how_the_portal_was_is_asked_only_of_who_used_it():
    besides = set(tags_asked(online=True)) - set(tags_asked(online=False))
    assert besides == {"guide_right", "easy_online", "guide_wrong", "hard_online"}
    assert set(tags_asked(online=True)) == set(TAGS)
    with pytest.raises(RuleBroken, match="网上好操作"):
        check_tags(1, ["easy_online"])
    check_tags(1, ["hard_online"])


@pytest.mark.parametrize(("role", "sees"), [("window", False), ("township", False), ("county_office", False), ("supervisor", False), ("lead_office", True)])
def test_only_the_desk_that_calls_back_sees_which_case_a_grade_is_of(role, sees):
    assert sees_rater(role) is sees


@pytest.mark.parametrize(("decided_at", "desk"), [("village", "township"), ("township", "township"), ("county", "county_office")])
def test_a_bad_grade_is_mended_by_the_desk_that_answers_for_the_case(decided_at, desk):
    assert mending_desk(decided_at) == desk


def test_a_rater_is_called_three_times_before_counting_as_not_reached():
    check_attempts(True, 0)
    check_attempts(False, 3)
    with pytest.raises(RuleBroken):
        check_attempts(False, 2)


def test_the_satisfaction_rate_counts_the_three_good_grades():
    assert satisfaction([(5, 6), (4, 2), (3, 1), (2, 1)]) == (9, 10)


def test_the_reminder_goes_to_cases_that_ended_three_days_ago():
    assert reminded_on(TODAY) == date(2026, 11, 20)
