from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.messages.rules import QUIET, ZONE, allowed_at, retry_at


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),
        ("2026-11-23 20:59", "2026-11-23 20:59"),
        ("2026-11-23 21:00", "2026-11-24 08:00"),
        ("2026-11-24 00:30", "2026-11-24 08:00"),
        ("2026-11-24 08:00", "2026-11-24 08:00"),
    ],
)
@pytest.mark.req("X8")
def test_an_sms_waits_for_the_morning(moment, allowed):
    assert allowed_at("sms", at(moment)) == at(allowed)


def test_an_urgent_sms_and_other_channels_do_not_wait():
    night = at("2026-11-23 23:00")
    assert (allowed_at("sms", night, urgent=True), allowed_at("webhook", night)) == (night, night)


def test_quiet_hours_are_those_of_china():
    assert allowed_at("sms", datetime.fromisoformat("2026-11-23T14:00:00+00:00")) == at("2026-11-24 08:00")


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(ZONE)))
def test_the_allowed_moment_is_not_quiet_and_at_most_eleven_hours_away(moment):
    allowed = allowed_at("sms", moment)
    assert not QUIET["sms"].holds(allowed.time())
    assert timedelta(0) <= allowed - moment <= timedelta(hours=11)


def test_failures_are_tried_again_at_growing_distances_and_then_given_up():
    now = at("2026-11-23 10:00")
    waits = [retry_at(count, now) for count in range(1, 7)]
    assert [wait and (wait - now) // timedelta(minutes=1) for wait in waits] == [1, 5, 30, 120, 720, None]
