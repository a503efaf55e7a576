"""The pure rules as tables: limits, two weeks, stays, the visit after the return (A-11, A-14, A-17, A-27)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from weimin.calendars.clock import due
from weimin.calendars.queries import calendar_for
from weimin.referrals.flow import DESKS
from weimin.referrals.flow import MOVES as WAYS
from weimin.referrals.limits import days, limit, rules
from weimin.referrals.models import LANES, MOVES, ON_THE_WAY, OVER, State
from weimin.referrals.rules import follow_by, followed_in_time, limit_key, refers, stay_of, urgency_of

pytestmark = pytest.mark.req("H4")
DAY = date(2026, 11, 23)


def test_the_flow_and_the_database_know_the_same_moves():
    assert {(move.start, move.end) for move in WAYS if move.start} == {(str(old), str(new)) for old, new in MOVES}


def test_every_state_has_a_lane_and_every_open_one_a_desk():
    assert set(LANES) == set(State)
    assert set(DESKS) == set(State) - set(OVER)
    assert set(ON_THE_WAY) & set(OVER) == set()


@pytest.mark.parametrize(
    ("state", "urgency", "key"),
    [
        ("sent", "emergency", "answer_emergency"), ("sent", "ordinary", "answer_ordinary"), ("accepted", "emergency", ""), ("declined", "ordinary", "arrange_again"),
        ("missed", "emergency", "arrange_again"), ("arrived", "ordinary", ""), ("returned", "ordinary", "receive"), ("received", "ordinary", ""),
    ],
)  # fmt: skip
def test_each_desk_has_its_limit(state, urgency, key):
    assert limit_key(state, urgency) == key
    assert not key or limit(key, DAY).value > 0


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("answer_emergency", datetime(2026, 11, 21, 15, 30, tzinfo=UTC), "2026-11-22 01:30"),  # a Saturday night: hours run
        ("answer_ordinary", datetime(2026, 11, 20, 8, 0, tzinfo=UTC), "2026-11-24 00:00"),  # Friday: until the end of Monday
        ("receive", datetime(2026, 11, 20, 8, 0, tzinfo=UTC), "2026-11-26 00:00"),
    ],
)
def test_hours_run_by_night_and_working_days_skip_the_weekend(key, start, end, db):
    assert due(limit(key, DAY), start, calendar_for(500242101200)).at.strftime("%Y-%m-%d %H:%M") == end


def test_every_limit_names_its_source_and_those_of_the_house_ask_to_be_confirmed():
    assert {key: row.confirm for key, row in rules().items()} == {
        "answer_emergency": True, "answer_ordinary": True, "arrange_again": True, "receive": True, "follow_up": False, "recovery_visit": True, "latest_recovery_visit": False,
        "fresh_visit": True, "appointment": True,
    }  # fmt: skip
    assert days("follow_up", DAY) == 14
    assert all(len(row.source) > 10 for row in rules().values())


@pytest.mark.parametrize(
    ("by", "on", "today", "said"),
    [
        (DAY, DAY, DAY, True), (DAY, date(2026, 11, 24), DAY, False), (DAY, None, DAY, None), (DAY, None, date(2026, 11, 24), False), (None, None, DAY, None),
        (DAY, date(2026, 11, 1), date(2027, 1, 1), True),
    ],
)  # fmt: skip
def test_two_weeks_are_kept_by_the_day_of_asking(by, on, today, said):
    assert followed_in_time(by, on, today) is said
    assert follow_by(date(2026, 11, 9), 14) == DAY


@pytest.mark.parametrize(
    ("arrived", "admitted", "returned", "closed", "stay"),
    [
        (None, None, None, None, None), (None, None, None, DAY, None), (DAY, None, None, None, (DAY, None)), (DAY, date(2026, 11, 24), None, None, (DAY, None)),
        (DAY, None, date(2026, 11, 30), date(2026, 12, 9), (DAY, date(2026, 11, 30))), (DAY, None, None, date(2026, 11, 28), (DAY, date(2026, 11, 28))),
        (None, DAY, date(2026, 11, 30), None, (DAY, date(2026, 11, 30))),
    ],
)  # fmt: skip
def test_a_stay_is_from_the_arrival_to_the_return_or_the_end(arrived, admitted, returned, closed, stay):
    assert stay_of(arrived, admitted, returned, closed) == stay


@pytest.mark.parametrize(
    ("emergency", "refer", "on", "said"),
    [
        (True, True, DAY, True),
        (False, True, date(2026, 11, 9), True),
        (False, True, date(2026, 11, 8), False),
        (False, False, DAY, False),
        (True, False, DAY, True),
    ],
)
def test_a_visit_is_the_ground_of_a_referral_for_two_weeks(emergency, refer, on, said):
    assert refers(emergency, refer, on, DAY, days("fresh_visit", DAY)) is said
    assert urgency_of(emergency) == ("emergency" if emergency else "ordinary")
