"""What is measured of cases, per village, each by one grouped query."""

from datetime import date, timedelta

import pytest

from weimin.cases.indicators import desk_on_time, on_time, once, received
from weimin.cases.queries.measures import median_held
from weimin.cases.tests.builders import NOW, make_case
from weimin.cases.tests.conftest import VILLAGE
from weimin.flows.models import Step
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("C2")]
TODAY, ALL = date(2026, 11, 23), (0, 10**12)
DAY = timedelta(days=1)


def test_cases_are_counted_in_the_month_and_the_village_where_they_came_in(built):
    for days in (0, 1, 40):
        built(make_case, VILLAGE, "decide", now=NOW - days * DAY)
    built(make_case, VILLAGE + 1, "supplement")
    with entered(system_actor()):
        assert received(*ALL, TODAY) == {VILLAGE: (2, 1), VILLAGE + 1: (1, 1)}
        assert once(*ALL, TODAY) == {VILLAGE: (2, 2), VILLAGE + 1: (0, 1)}


def test_a_late_decision_counts_against_the_village(built):
    for good in (True, True, False):
        built(make_case, VILLAGE, "delivered", on_time=good)
    built(make_case, VILLAGE, "delivered", on_time=None)
    with entered(system_actor()):
        assert on_time(*ALL, TODAY) == {VILLAGE: (2, 3)}


def test_each_desk_has_its_share_in_time_and_its_median(built):
    for number, (held, good) in enumerate([(1, True), (2, True), (9, False)]):
        step = Step(
            subject_type="cases.case", subject_id=number, flow="case", state="decide", title="x", role="township", region=VILLAGE, opened_at=NOW - DAY,
            closed_at=NOW, closed_name="李四", on_time=good, held_for=held * DAY,
        )  # fmt: skip
        built(step.save)
    with entered(system_actor()):
        assert desk_on_time(*ALL, TODAY) == {("township", VILLAGE): (2, 3)}
        assert median_held(system_actor(), NOW - 2 * DAY, NOW) == {"township": (2 * DAY, 3)}
