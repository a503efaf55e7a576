from datetime import date, datetime, time, timedelta

import pytest
from chinese_calendar import is_workday
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from weimin.calendars.clock import ZONE, Due, Lamp, Limit, add_months, due, lamp, paused_units, remaining
from weimin.calendars.published import lawful_days, package_days, package_years
from weimin.calendars.rules import Calendar

KNOWN = package_days() | lawful_days(2027)
CALENDAR = Calendar({day: kind for day, (kind, _) in KNOWN.items()}, package_years())
WORKING = {day for day in (date(2018, 1, 1) + timedelta(days=n) for n in range(3287)) if is_workday(day)}  # 2018-2026
moments = st.datetimes(datetime(2018, 1, 1), datetime(2026, 6, 30), timezones=st.just(ZONE))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def due_on(value, unit, start, **over):
    return due(Limit(value, unit), at(start), CALENDAR, **over).on.isoformat()


@pytest.mark.parametrize(
    ("value", "start", "on"),
    [
        (1, "2026-01-03 10:00", "2026-01-04"),  # the make-up Sunday counts
        (5, "2026-02-13 09:00", "2026-02-27"),  # 14 make-up, then nine days of Spring Festival, 24, 25, 26, 27
        (6, "2026-02-13 09:00", "2026-02-28"),  # and the make-up Saturday after it
        (5, "2026-04-30 23:59", "2026-05-11"),  # rest 1-5; 6, 7, 8, make-up Saturday 9, Monday 11
        (1, "2026-09-19 08:00", "2026-09-20"),
        (3, "2026-09-30 08:00", "2026-10-10"),  # rest 1-7; 8, 9, make-up Saturday 10
        (1, "2025-01-25 08:00", "2025-01-26"),
        (2, "2025-01-27 08:00", "2025-02-06"),
        (1, "2025-04-26 08:00", "2025-04-27"),
        (1, "2025-09-27 08:00", "2025-09-28"),
        (3, "2025-09-30 08:00", "2025-10-11"),
    ],
)
def test_working_days_skip_rests_and_count_make_up_days(value, start, on):
    assert due_on(value, "workday", start) == on


@pytest.mark.parametrize(
    ("value", "unit", "start", "on"),
    [
        (7, "day", "2026-03-02 10:00", "2026-03-09"),
        (15, "day", "2026-09-16 10:00", "2026-10-08"),  # 1 October is a rest: the working day after the holiday
        (4, "day", "2026-02-10 10:00", "2026-02-14"),  # a Saturday, but a make-up day: no rolling
        (1, "month", "2026-01-31 10:00", "2026-02-28"),  # no 31st: the month's last day, a make-up Saturday
        (1, "month", "2026-03-15 10:00", "2026-04-15"),
        (2, "month", "2025-12-20 10:00", "2026-02-24"),  # 20 February is in Spring Festival
    ],
)
def test_natural_days_and_months_end_on_a_working_day(value, unit, start, on):
    assert due_on(value, unit, start) == on


def test_a_limit_that_does_not_roll_ends_on_its_plain_day():
    assert due(Limit(15, "day", rolls=False), at("2026-09-16 10:00"), CALENDAR).on == date(2026, 10, 1)


def test_hours_run_from_the_moment_through_nights_and_holidays():
    end = due(Limit(24, "hour"), at("2026-10-01 15:30"), CALENDAR)
    assert (end.at, end.provisional) == (at("2026-10-02 15:30"), False)


def test_a_period_ends_at_24_oclock_of_its_last_day():
    assert due(Limit(1, "workday"), at("2026-03-02 10:00"), CALENDAR).at == at("2026-03-04 00:00")


def test_a_period_ends_when_business_closes():
    assert due(Limit(1, "workday"), at("2026-03-02 10:00"), CALENDAR, closes=time(17, 30)).at == at("2026-03-03 17:30")


def test_the_first_day_is_that_of_china_not_of_greenwich():
    late = datetime.fromisoformat("2026-03-02T17:00:00+00:00")  # already the 3rd in China
    assert due(Limit(1, "workday"), late, CALENDAR).on == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("value", "unit", "start", "provisional"),
    [
        (5, "workday", "2026-12-24", False),
        (6, "workday", "2026-12-24", True),
        (3, "day", "2026-12-30", True),
        (3, "day", "2026-12-20", False),
        (300, "hour", "2026-12-24", False),
    ],
)
def test_a_date_that_rests_on_an_unpublished_year_is_provisional(value, unit, start, provisional):
    assert due(Limit(value, unit), at(f"{start} 10:00"), CALENDAR).provisional is provisional


def test_an_unpublished_year_rests_on_the_days_of_the_law():
    assert due_on(1, "workday", "2027-02-04 10:00") == "2027-02-09"


@given(moments, st.integers(1, 60))
@settings(max_examples=10_000, deadline=None)
def test_working_day_limits_agree_with_counting_one_by_one(start, value):
    day, left = start.date(), value
    while left:
        day += timedelta(days=1)
        left -= day in WORKING
    assert due(Limit(value, "workday"), start, CALENDAR).on == day


@given(moments, st.integers(1, 90))
@settings(max_examples=10_000, deadline=None)
def test_natural_day_limits_agree_with_a_slow_reference(start, value):
    day = start.date() + timedelta(days=value)
    while day not in WORKING:
        day += timedelta(days=1)
    assert due(Limit(value, "day"), start, CALENDAR).on == day


@given(moments, st.integers(1, 24))
@settings(max_examples=2_000, deadline=None)
def test_a_month_later_is_the_same_day_or_the_months_last(start, months):
    later = add_months(start.date(), months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day == start.day or (later.day < start.day and (later + timedelta(days=1)).day == 1)


@given(moments, st.integers(1, 30), st.integers(0, 400), st.integers(0, 2000), st.sampled_from(["workday", "hour"]))
@settings(max_examples=5_000, deadline=None)
def test_a_pause_leaves_as_much_as_there_was(start, value, run_hours, pause_hours, unit):
    since = start + timedelta(hours=run_hours)
    until = since + timedelta(hours=pause_hours)
    before = due(Limit(value, unit), start, CALENDAR)
    after = due(Limit(value, unit), start, CALENDAR, paused=paused_units(unit, since, until, CALENDAR))
    assert remaining(until, after, CALENDAR) == remaining(since, before, CALENDAR)


def test_a_pause_from_wednesday_to_friday_moves_the_end_by_two_working_days():
    paused = paused_units("workday", at("2026-03-04 09:00"), at("2026-03-06 09:00"), CALENDAR)
    assert (
        paused,
        due_on(5, "workday", "2026-03-02 10:00"),
        due_on(5, "workday", "2026-03-02 10:00", paused=paused),
    ) == (2, "2026-03-09", "2026-03-11")


def test_an_extension_adds_in_the_unit_of_the_limit():
    assert (due_on(20, "workday", "2026-03-02 10:00"), due_on(20, "workday", "2026-03-02 10:00", extended=10)) == (
        "2026-03-30",
        "2026-04-14",
    )
    assert due_on(1, "month", "2026-03-15 10:00", extended=1) == "2026-05-15"


@pytest.mark.parametrize(
    ("limit", "start", "now", "colour", "words"),
    [
        ((5, "workday"), "2026-03-02 10:00", "2026-03-02 10:00", "green", "剩 5 个工作日"),
        ((5, "workday"), "2026-03-02 10:00", "2026-03-06 10:00", "yellow", "剩 1 个工作日"),
        ((5, "workday"), "2026-03-02 10:00", "2026-03-09 23:59", "yellow", "今天到期"),
        ((5, "workday"), "2026-03-02 10:00", "2026-03-10 00:00", "red", "已超期不到 1 小时"),
        ((5, "workday"), "2026-03-02 10:00", "2026-03-10 02:10", "red", "已超期 2 小时"),
        ((5, "workday"), "2026-03-02 10:00", "2026-03-12 10:00", "red", "已超期 3 个工作日"),
        ((4, "workday"), "2026-03-02 10:00", "2026-03-08 10:00", "red", "已超期 2 天"),  # Friday passed, now Sunday
        ((20, "workday"), "2026-03-02 10:00", "2026-03-24 10:00", "yellow", "剩 4 个工作日"),
        ((20, "workday"), "2026-03-02 10:00", "2026-03-23 10:00", "green", "剩 5 个工作日"),
        ((15, "day"), "2026-03-02 10:00", "2026-03-14 10:00", "yellow", "剩 3 天"),
        ((15, "day"), "2026-03-02 10:00", "2026-03-20 10:00", "red", "已超期 3 天"),
        (
            (2, "month"),
            "2026-03-02 10:00",
            "2026-04-02 10:00",
            "green",
            "剩 34 天",
        ),  # 2 May is a holiday: it ends on 6 May
        ((24, "hour"), "2026-03-02 10:00", "2026-03-03 05:00", "green", "剩 5 小时"),
        ((24, "hour"), "2026-03-02 10:00", "2026-03-03 09:20", "yellow", "剩 40 分钟"),
        ((24, "hour"), "2026-03-02 10:00", "2026-03-03 12:00", "red", "已超期 2 小时"),
    ],
)
def test_the_lamp_says_what_is_left_or_how_late_it_is(limit, start, now, colour, words):
    assert lamp(due(Limit(*limit), at(start), CALENDAR), at(now), CALENDAR) == Lamp(colour, words)


def test_a_paused_lamp_says_so_even_past_its_end():
    end = due(Limit(5, "workday"), at("2026-03-02 10:00"), CALENDAR)
    assert lamp(end, at("2026-04-02 10:00"), CALENDAR, paused=True) == Lamp("paused", "已暂停")


def test_the_lamp_of_a_stored_date_is_that_of_its_end():
    end = Due.ending(date(2026, 3, 9), "workday", 5)
    assert end == due(Limit(5, "workday"), at("2026-03-02 10:00"), CALENDAR)


def test_a_stored_last_day_that_is_a_rest_is_counted_in_days():
    assert lamp(Due.ending(date(2026, 3, 8)), at("2026-03-06 18:00"), CALENDAR).words == "剩 2 天"


@pytest.mark.parametrize("odd", [(0, "workday"), (-1, "day"), (5, "weeks"), (20_001, "hour")])
def test_an_odd_limit_is_refused(odd):
    with pytest.raises(ValueError, match="odd limit"):
        Limit(*odd)


@pytest.mark.parametrize(("left", "words"), [("2026-03-06 10:00", "1 working day left"), ("2026-03-05 10:00", "2 working days left")])
def test_the_lamp_speaks_english(left, words):
    with translation.override("en"):
        assert lamp(due(Limit(5, "workday"), at("2026-03-02 10:00"), CALENDAR), at(left), CALENDAR).words == words
