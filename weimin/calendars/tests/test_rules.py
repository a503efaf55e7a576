from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday
from hypothesis import given, settings
from hypothesis import strategies as st

from weimin.calendars.published import festivals, lawful_days, package_days, package_years
from weimin.calendars.rules import HOLIDAY, MAKEUP, REST, WORK, Calendar, places_of, statutory_days

PACKAGE = Calendar({day: kind for day, (kind, _) in package_days().items()}, package_years())
WORKING = {day for day in (date(2018, 1, 1) + timedelta(days=n) for n in range(3287)) if is_workday(day)}  # 2018-2026
days_2018_2026 = st.dates(date(2018, 1, 1), date(2026, 12, 31))


def slow_workday_after(day, number):
    while number:
        day += timedelta(days=1)
        number -= day in WORKING
    return day


@given(days_2018_2026)
@settings(max_examples=10_000, deadline=None)
def test_every_day_is_as_the_package_says(day):
    assert PACKAGE.is_working(day) is is_workday(day)


@given(st.dates(date(2018, 1, 1), date(2026, 6, 1)), st.integers(1, 120))
@settings(max_examples=10_000, deadline=None)
def test_the_nth_working_day_agrees_with_counting_one_by_one(day, number):
    assert PACKAGE.workday_after(day, number) == slow_workday_after(day, number)


@given(days_2018_2026, st.integers(0, 400))
@settings(max_examples=2_000, deadline=None)
def test_working_days_between_agree_with_counting_one_by_one(day, span):
    last = min(day + timedelta(days=span), date(2026, 12, 31))
    counted = sum(day + timedelta(days=step) in WORKING for step in range(1, (last - day).days + 1))
    assert (PACKAGE.workdays_between(day, last), PACKAGE.workdays_between(last, day)) == (counted, -counted)


def test_2026_has_248_working_days():
    assert PACKAGE.workdays_between(date(2025, 12, 31), date(2026, 12, 31)) == 248


@pytest.mark.parametrize("day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_the_make_up_days_of_2026_are_working_weekends(day):
    assert (PACKAGE.kind(date.fromisoformat(day)), date.fromisoformat(day).weekday() >= 5) == (MAKEUP, True)


@pytest.mark.parametrize("day", ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"])
def test_the_make_up_days_of_2025_are_working_weekends(day):
    assert PACKAGE.kind(date.fromisoformat(day)) == MAKEUP


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-01", 3),
        ("2026-02-15", 9),
        ("2026-04-04", 3),
        ("2026-05-01", 5),
        ("2026-06-19", 3),
        ("2026-09-25", 3),
        ("2026-10-01", 7),
    ],
)
def test_the_holidays_of_2026_are_as_announced(first, last):
    start = date.fromisoformat(first)
    assert [PACKAGE.kind(start + timedelta(days=step)) for step in range(last)] == [HOLIDAY] * last


def test_the_package_knows_2004_to_2026():
    assert sorted(package_years()) == list(range(2004, 2027))


@pytest.mark.parametrize("year", range(2013, 2027))
def test_the_movable_festivals_fall_on_holidays_of_the_published_years(year):
    for day in festivals()[year].values():
        assert not PACKAGE.is_working(day)


@pytest.mark.parametrize("year", range(2021, 2027))
def test_the_movable_festivals_bear_their_names_in_published_years(year):
    wanted = {
        "spring_festival": {"春节"},
        "qingming": {"清明节"},
        "dragon_boat": {"端午节"},
        "mid_autumn": {"中秋节", "国庆节"},
    }
    for name, day in festivals()[year].items():
        assert package_days()[day][1] in wanted[name]


def test_an_unpublished_year_has_the_thirteen_days_of_the_law():
    days = statutory_days(2027, festivals()[2027])
    spring = [date(2027, 2, day) for day in (5, 6, 7, 8)]
    others = [
        date(2027, 1, 1),
        date(2027, 4, 5),
        date(2027, 5, 1),
        date(2027, 5, 2),
        date(2027, 6, 9),
        date(2027, 9, 15),
    ]
    assert sorted(days) == sorted([*spring, *others, *(date(2027, 10, day) for day in (1, 2, 3))])


def test_the_lawful_days_of_a_year_beyond_the_table_are_none():
    assert lawful_days(2099) == {}


def test_a_plain_week_works_from_monday_to_friday_at_the_edges_of_time():
    plain = Calendar({}, ())
    assert [plain.kind(date(9999, 12, day)) for day in (30, 31)] == [WORK, WORK]
    assert (plain.kind(date(1, 1, 6)), plain.is_provisional(date(1, 1, 1), date(1, 1, 2))) == (REST, True)


def test_a_village_lies_in_its_township_county_city_province_and_the_nation():
    assert places_of(450123101201) == (0, 450000000000, 450100000000, 450123000000, 450123101000, 450123101201)
    assert places_of(0) == (0,)
