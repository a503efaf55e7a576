"""When visits and examinations are owed (A-13, A-17, A-18)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.health.periods import years_before
from weimin.health.rules_calendar import Managed, Owed, is_regular, next_examination, next_visit, quarters_managed, was_on_time
from weimin.health.rules_number import record_number, segments
from weimin.health.standards import standard
from weimin.residents.rules_groups import age_on

pytestmark = pytest.mark.req("H2")
DAY = date(2026, 3, 10)
HYPERTENSION = standard("hypertension", DAY)


def managed(programme="hypertension", since=date(2026, 1, 5), last=None, following=None, within=90):
    return Managed(programme, since, last, following, within, "rule")


def test_somebody_without_a_programme_is_owed_no_visit():
    assert next_visit([]) is None


def test_the_first_visit_is_owed_within_a_quarter_of_coming_under_care():
    assert next_visit([managed()]) == Owed(("hypertension",), date(2026, 3, 22), date(2026, 4, 5), False)


def test_a_bad_result_orders_the_next_visit_within_two_weeks_from_the_next_day_on():
    owed = next_visit([managed(last=DAY, following=DAY + timedelta(days=14), within=14)])
    assert owed == Owed(("hypertension",), date(2026, 3, 11), date(2026, 3, 24), True, "rule")


def test_diseases_that_fall_due_within_a_month_are_one_visit():
    rows = [
        managed(following=date(2026, 6, 1), last=DAY),
        managed("diabetes", following=date(2026, 6, 30), last=DAY),
        managed("mental", following=date(2026, 7, 2), last=DAY),
    ]
    assert next_visit(rows).programmes == ("diabetes", "hypertension")
    assert next_visit(rows, merge_days=10).programmes == ("hypertension",)


def test_the_earliest_disease_decides_the_last_day():
    rows = [managed(following=date(2026, 6, 8), last=DAY), managed("diabetes", following=date(2026, 3, 24), last=DAY, within=14)]
    assert next_visit(rows).due_on == date(2026, 3, 24)


@given(st.integers(0, 400), st.integers(0, 120))
def test_a_visit_is_never_owed_before_the_last_one_nor_begins_after_its_end(days, within):
    last = DAY + timedelta(days=days)
    owed = next_visit([managed(last=last, following=last + timedelta(days=within), within=within)])
    assert owed.from_on <= owed.due_on
    assert owed.from_on > last or within == 0


@pytest.mark.parametrize(
    ("since", "last", "today", "expected"),
    [
        (date(2024, 5, 1), None, date(2026, 3, 1), (date(2026, 1, 1), date(2026, 12, 31))),
        (date(2024, 5, 1), date(2026, 2, 1), date(2026, 3, 1), (date(2027, 1, 1), date(2027, 12, 31))),
        (date(2026, 9, 30), None, date(2026, 10, 5), (date(2026, 9, 30), date(2026, 12, 31))),
        (date(2026, 10, 1), None, date(2026, 10, 5), (date(2027, 1, 1), date(2027, 12, 31))),
        (date(2024, 5, 1), date(2025, 12, 31), date(2026, 1, 1), (date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_one_examination_is_owed_each_year(since, last, today, expected):
    assert next_examination(since, last, today) == expected


def test_a_visit_made_on_the_last_day_was_on_time_whenever_it_was_typed():
    assert was_on_time(DAY, DAY)
    assert not was_on_time(DAY + timedelta(days=1), DAY)


@pytest.mark.parametrize(
    ("since", "ended", "quarters"),
    [
        (date(2025, 5, 1), None, {1, 2, 3, 4}),
        (date(2026, 1, 1), None, {1, 2, 3, 4}),
        (date(2026, 1, 2), None, {2, 3, 4}),
        (date(2026, 7, 1), None, {3, 4}),
        (date(2025, 5, 1), date(2026, 6, 30), {1, 2}),
        (date(2025, 5, 1), date(2026, 6, 29), {1}),
        (date(2026, 10, 2), None, set()),
    ],
)
def test_quarters_count_when_somebody_was_under_care_from_first_to_last_day(since, ended, quarters):
    assert quarters_managed(2026, since, ended) == quarters


SPREAD = [date(2026, 2, 1), date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 1)]


@pytest.mark.parametrize(
    ("visits", "examined", "since", "regular"),
    [
        (SPREAD, True, date(2025, 1, 1), True),
        (SPREAD, False, date(2025, 1, 1), False),
        (SPREAD[:3], True, date(2025, 1, 1), False),
        ([date(2026, 11, day) for day in (1, 2, 3, 4)], True, date(2025, 1, 1), False),
        ([SPREAD[0], SPREAD[0], SPREAD[1], SPREAD[2]], True, date(2025, 1, 1), False),
        (SPREAD[2:], False, date(2026, 6, 1), True),
        ([SPREAD[2]], False, date(2026, 6, 1), False),
        ([], True, date(2026, 11, 1), False),
    ],
)
def test_a_regular_year_has_four_visits_spread_over_the_quarters_and_an_examination(visits, examined, since, regular):
    assert is_regular(visits, examined, 2026, since, None, HYPERTENSION) is regular


@pytest.mark.req("H1")
def test_the_number_of_a_record_has_seventeen_digits():
    assert record_number(371402001203, 104, 27) == "37140200110400027"


@pytest.mark.req("H1")
def test_no_two_villages_of_a_township_share_a_segment():
    codes = [371402001001, 371402001199, 371402001200, 371402001298, 371402001299, 371402001301, 371402001400, 371402001499, 371402002001]
    given_ = segments(codes)
    assert len({(code // 1000, segment) for code, segment in given_.items()}) == len(codes)
    assert (given_[371402001001], given_[371402001200], given_[371402002001]) == (1, 101, 1)


@pytest.mark.req("H1")
def test_the_hundred_thousandth_person_of_a_village_has_no_number():
    with pytest.raises(ValueError, match="five digits"):
        record_number(371402001203, 104, 100_000)


def test_somebody_born_on_a_leap_day_is_sixty_on_the_leap_day() -> None:
    born = date(1968, 2, 29)
    assert age_on(born, date(2028, 2, 29)) == 60 and born <= years_before(date(2028, 2, 29), 60)
    assert years_before(date(2028, 2, 29), 65) == date(1963, 2, 28)
