"""When a lamp turns yellow, and which time is working time. Monday 23 November 2026 is an ordinary working day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from weimin.calendars.clock import ZONE, Limit, due, lamp
from weimin.calendars.rules import Calendar
from weimin.flows.rules import fixed_end, lamp_of, turns_yellow, working_time

PLAIN = Calendar({}, range(2020, 2030))


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.req("S5")
@pytest.mark.parametrize("limit", [Limit(5, "workday"), Limit(10, "workday"), Limit(7, "day"), Limit(24, "hour"), Limit(1, "month")])
def test_yellow_begins_in_the_minute_in_which_the_clock_says_so(limit: Limit) -> None:
    end = due(limit, at(2), PLAIN)
    turn = turns_yellow(end, at(2), PLAIN)
    assert lamp(end, turn, PLAIN).colour == "yellow"
    assert lamp(end, turn - timedelta(minutes=1), PLAIN).colour == "green"


def test_a_limit_of_years_warns_thirty_days_ahead() -> None:
    end = due(Limit(24, "month"), at(2), PLAIN)
    assert turns_yellow(end, at(2), PLAIN) == end.at - timedelta(days=30)


def test_a_fixed_date_a_year_ahead_warns_seven_days_before() -> None:
    end = fixed_end(date(2027, 11, 30), at(2))
    assert turns_yellow(end, at(2), PLAIN) == datetime(2027, 11, 23, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (at(23, 9), at(23, 17), 8),
        (at(20, 12), at(23, 12), 24),  # Friday noon to Monday noon: the weekend does not count
        (at(21, 9), at(22, 18), 0),
        (at(23, 9), at(23, 8), 0),
    ],
)
def test_working_time_counts_working_days_only(start: datetime, end: datetime, hours: int) -> None:
    assert working_time(start, end, PLAIN) == timedelta(hours=hours)


def shown(**over: Any) -> Any:
    given = {
        "opened_at": at(2), "due_on": date(2026, 11, 30), "due_at": at(30, 23), "warn_at": at(25), "provisional": False, "limit_value": None,
        "limit_unit": "", "legal_basis": "", "extended": 0, "paused_units": 0, "paused_since": None,
    }  # fmt: skip
    return SimpleNamespace(**{**given, **over})


def test_a_paused_step_is_paused_even_when_its_date_is_past() -> None:
    assert lamp_of(shown(paused_since=at(2)), at(30, 23), PLAIN).colour == "paused"


def test_a_step_without_a_deadline_has_no_colour() -> None:
    assert lamp_of(shown(due_on=None, due_at=None, warn_at=None), at(23), PLAIN).colour == "none"


@pytest.mark.parametrize(("now", "colour"), [(at(24), "green"), (at(25), "yellow"), (datetime(2026, 12, 1, tzinfo=ZONE), "red")])
def test_the_lamp_follows_the_stored_turn(now: datetime, colour: str) -> None:
    assert lamp_of(shown(), now, PLAIN).colour == colour
