from datetime import date, datetime, time, timedelta

import pytest

from weimin.reception.figures import Blocking
from weimin.reception.rules import (
    Special,
    Stretch,
    blocked_until,
    check_bookable,
    free_seat,
    hours_on,
    read_stretches,
    takes_priority_first,
    ticket_code,
    usual_minutes,
    wait_minutes,
)
from weimin.walls.errors import RuleBroken

MORNING, AFTERNOON = Stretch(time(8, 30), time(12)), Stretch(time(14), time(17, 30))
WEEK = dict.fromkeys(range(5), (MORNING, AFTERNOON))
MONDAY = date(2026, 11, 23)
RULE = Blocking(missed=3, within_days=90, for_days=30)


@pytest.mark.req("S2")
@pytest.mark.parametrize(
    ("on", "special", "kind", "halves"),
    [
        (MONDAY, None, "WORK", ("morning", "afternoon")),
        (date(2026, 11, 28), None, "REST", ()),
        (date(2026, 11, 28), Special("赶场天", (MORNING,)), "REST", ("morning",)),
        (MONDAY, Special("停电"), "WORK", ()),
        (date(2026, 10, 1), None, "HOLIDAY", ()),
        (date(2026, 10, 1), Special("节日值班", (AFTERNOON,)), "HOLIDAY", ("afternoon",)),
        (date(2026, 10, 10), None, "MAKEUP", ("morning", "afternoon")),
    ],
)
def test_the_hours_of_a_day_are_its_own_and_not_the_working_calendar(on, special, kind, halves):
    assert hours_on(on, WEEK, special, kind).halves == halves


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8:30-12:00，14:00-17:30", (MORNING, AFTERNOON)),
        ("08：30—12：00 14:00至17:30", (MORNING, AFTERNOON)),
        ("", ()),
    ],
)
def test_hours_are_read_as_people_write_them(text, found):
    assert read_stretches(text) == found


@pytest.mark.parametrize("text", ["8-12", "12:00-8:00", "8:00-12:00,11:00-13:00", "25:00-26:00", "上午"])
def test_hours_that_cannot_be_are_refused(text):
    with pytest.raises(ValueError, match="."):
        read_stretches(text)


@pytest.mark.req("S9")
@pytest.mark.parametrize(("recent", "first"), [([], True), ([True], True), ([True, True], False), ([False, True, True], True), ([True, True, False], False)])
def test_after_two_with_priority_one_without_is_called(recent, first):
    assert takes_priority_first(recent, 2) is first


def test_a_wait_is_shared_by_the_windows_and_rounded_up():
    assert (wait_minutes(5, 2, 8), wait_minutes(0, 2, 8), wait_minutes(3, 0, 8)) == (20, 0, 24)
    assert usual_minutes([timedelta(minutes=5)]) == 8
    assert usual_minutes([timedelta(minutes=minutes) for minutes in (2, 5, 60)]) == 5
    assert ticket_code("B", 12) == "B012"


@pytest.mark.req("S9")
@pytest.mark.parametrize(
    ("missed", "until"),
    [
        ([date(2026, 11, 1), date(2026, 11, 10)], None),
        ([date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 20)], date(2026, 12, 20)),
        ([date(2026, 7, 1), date(2026, 11, 10), date(2026, 11, 20)], None),
        ([date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3)], None),
    ],
)
def test_three_missed_bookings_close_online_booking_for_a_month(missed, until):
    assert blocked_until(missed, RULE, MONDAY) == until


@pytest.mark.parametrize(
    ("on", "half", "at", "said"),
    [
        (date(2026, 11, 22), "morning", time(9), "已经过了"),
        (date(2026, 12, 30), "morning", time(9), "最多提前 14 天"),
        (MONDAY, "morning", time(8, 15), "已经截止"),
        (MONDAY, "morning", time(12, 0), "这半天已经过了"),
        (MONDAY, "afternoon", time(13, 45), "已经截止"),
    ],
)
def test_a_half_day_that_cannot_be_booked_says_why(on, half, at, said):
    with pytest.raises(RuleBroken, match=said):
        check_bookable(on, half, hours_on(on, WEEK, None, "WORK"), datetime.combine(MONDAY, at), 14, 30, online=True)


def test_the_desk_books_until_the_last_minute_and_the_lowest_place_is_given():
    check_bookable(MONDAY, "morning", hours_on(MONDAY, WEEK, None, "WORK"), datetime(2026, 11, 23, 9), 14, 30, online=False)
    assert (free_seat([1, 3], 3), free_seat([1, 2, 3], 3)) == (2, None)
