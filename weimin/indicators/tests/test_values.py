from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection

from weimin.indicators.models import Value
from weimin.indicators.queries import VILLAGE, by_township, history, overview, value
from weimin.indicators.registry import indicator
from weimin.indicators.storing import store_day
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("C2")]
ON = date(2026, 11, 23)
A, B, C = 500242101200, 500242101201, 500242102200
CODE = "test.coverage"


@pytest.fixture
def county(actor, places):
    return actor("lead_office", places.county)


@pytest.fixture
def stored(jurisdiction, measured, now):
    """Two days: yesterday one of three villages, today two of three; five late cases in plan p."""
    measured.found, measured.parts = {A: (1, 1), B: (0, 1), C: (0, 1)}, {("p", A): (5, 0)}
    store_day(ON - timedelta(days=1), now - timedelta(days=1))
    measured.found = {A: (1, 1), B: (0, 1), C: (1, 1)}
    store_day(ON, now)
    return measured


def sums(reading):
    return reading and (reading.on, reading.numerator, reading.denominator)


def test_a_county_is_the_sum_of_its_villages(stored, county, places, now):
    with entered(county):
        found = value(county, CODE, county.low, county.high, ON)
    assert (sums(found), found.computed_at) == ((ON, 2, 3), now)


def test_a_township_is_the_sum_of_its_own_villages(stored, county):
    with entered(county):
        assert sums(value(county, CODE, 500242101000, 500242101999, ON)) == (ON, 1, 2)


def test_a_day_without_values_shows_the_last_one_before(stored, county):
    with entered(county):
        assert sums(value(county, CODE, county.low, county.high, ON + timedelta(days=9))) == (ON, 2, 3)
        assert sums(value(county, CODE, county.low, county.high, ON - timedelta(days=1))) == (ON - timedelta(days=1), 1, 3)
        assert value(county, CODE, county.low, county.high, ON - timedelta(days=2)) is None


def test_history_has_a_reading_for_each_day_since(stored, county):
    with entered(county):
        assert [sums(row) for row in history(county, CODE, county.low, county.high)] == [(ON - timedelta(days=1), 1, 3), (ON, 2, 3)]
        assert [sums(row) for row in history(county, CODE, county.low, county.high, ON)] == [(ON, 2, 3)]


def test_parts_are_kept_apart(stored, county):
    with entered(county):
        assert sums(value(county, "test.late", county.low, county.high, ON, part="p")) == (ON, 5, 0)
        assert value(county, "test.late", county.low, county.high, ON) is None


def test_townships_are_ranked_and_a_township_post_sees_its_own(stored, county, actor, places):
    with entered(county):
        assert [(row.region, row.numerator, row.denominator, row.rank) for row in by_township(county, CODE, ON)] == [
            (500242102000, 1, 1, 1), (500242101000, 1, 2, 2)]  # fmt: skip
    clerk = actor("township", places.township)
    with entered(clerk):
        assert [(row.region, row.figure) for row in by_township(clerk, CODE, ON, span=VILLAGE)] == [(A, 100.0), (B, 0.0)]


def test_a_post_sees_no_other_range_even_when_it_asks_for_it(stored, actor, places):
    clerk = actor("village", places.village)
    with entered(clerk):
        assert sums(value(clerk, CODE, 0, 10**12, ON)) == (ON, 1, 1)


def test_storing_a_day_again_replaces_it(stored, county, now):
    stored.found, stored.parts = {A: (0, 1)}, {}
    assert store_day(ON, now + timedelta(minutes=10)) == 1
    with entered(county):
        assert list(Value.objects.filter(on=ON).values_list("code", "region", "numerator")) == [(CODE, A, 0)]
        assert Value.objects.filter(on=ON - timedelta(days=1)).count() == 4


@pytest.mark.parametrize("villages", [1, 3000])
def test_the_number_of_queries_does_not_depend_on_the_number_of_villages(jurisdiction, measured, now, villages, django_assert_num_queries):
    measured.found = {A + i: (i % 2, 1) for i in range(villages)}
    with django_assert_num_queries(16):  # schema, savepoint, actor, planner, gathering (7), planner again, upsert, removal, actor again, release
        assert store_day(ON, now) == villages


def test_the_overview_has_figure_and_days_before_in_one_query(stored, county, django_assert_num_queries):
    with entered(county), django_assert_num_queries(1):
        lines = overview(county, ON)
    assert [(line.indicator.code, line.part_name, line.figure) for line in lines] == [(CODE, "", 66.6), ("test.late", "方案p", 5.0)]
    assert lines[0].spark == [33.3, 66.6]


def test_an_indicator_is_defined_once(measured):
    with pytest.raises(ValueError, match="registered twice"):
        indicator(CODE, label="", unit="", direction="up", source="", numerator="", denominator="")(dict)


def test_raw_sql_of_a_village_post_shows_only_its_values(stored, actor, places):
    with entered(actor("village", places.village)), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT region FROM indicators_value")
        assert cursor.fetchall() == [(places.village,)]


def test_the_system_may_write_only_in_the_range_it_entered(jurisdiction, now):
    with pytest.raises(ProgrammingError, match="row-level security"), entered(system_actor(A, A)):
        Value.objects.create(code="x", region=C, on=ON, numerator=1, denominator=1, computed_at=now)
