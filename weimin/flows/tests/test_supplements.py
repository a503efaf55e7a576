"""A desk's clock around a supplement, against a table worked out from the law texts and the holiday notices."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from weimin.calendars.clock import ZONE, Limit, due, remaining
from weimin.calendars.published import package_days, package_years
from weimin.calendars.rules import Calendar
from weimin.flows.models import Step
from weimin.flows.rules import lamp_of, stored_end
from weimin.flows.steps import carry

ROWS = YAML(typ="safe").load(Path(__file__).with_name("data") / "supplements.yaml")
CALENDAR = Calendar({day: kind for day, (kind, _name) in package_days().items()}, package_years())
pytestmark = [pytest.mark.req("S3"), pytest.mark.req("S5")]


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def begun(row) -> Step:
    end = due(Limit(row["limit"], row["unit"]), moment(row["start"]), CALENDAR)
    return Step(opened_at=moment(row["start"]), limit_value=row["limit"], limit_unit=row["unit"], due_on=end.on, due_at=end.at)


def gone_on(before: Step, stop: datetime, go_on: datetime) -> Step:
    before.closed_at, step = stop, Step(opened_at=go_on)
    carry(step, before, CALENDAR)
    return step


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["say"])
def test_what_was_left_of_a_desks_time_goes_on_and_what_was_past_stays_past(row):
    step = gone_on(begun(row), moment(row["stop"]), moment(row["go_on"]))
    end = stored_end(step)
    assert end is not None
    shown = end.at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") if row["unit"] == "hour" else end.on
    assert (shown, remaining(moment(row["go_on"]), end, CALENDAR)) == (row["due"], row["left"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["say"])
def test_a_desk_is_late_after_a_supplement_exactly_when_it_was_before(row):
    before = begun(row)
    was = moment(row["stop"]) >= before.due_at
    step = gone_on(before, moment(row["stop"]), moment(row["go_on"]))
    assert (step.due_at <= moment(row["go_on"]), lamp_of(step, moment(row["go_on"]), CALENDAR).colour == "red") == (was, was)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["say"])
def test_two_stops_take_no_more_and_no_less_than_what_they_lasted(row):
    once = gone_on(begun(row), moment(row["stop"]), moment(row["go_on"]))
    again = gone_on(once, moment(row["go_on"]), moment(row["go_on"]) + timedelta(days=7))
    assert (again.due_at <= again.opened_at) == (once.due_at <= once.opened_at)
    assert (again.runs_from, again.limit_value) == (moment(row["start"]), row["limit"])


def test_a_plans_fixed_date_moves_by_the_days_of_the_stop():
    before = Step(opened_at=moment("2026-11-02 09:00"), due_on=moment("2026-11-20 00:00").date())
    step = gone_on(before, moment("2026-11-10 09:00"), moment("2026-11-15 09:00"))
    assert str(step.due_on) == "2026-11-25"
