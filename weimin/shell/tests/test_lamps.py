"""When lamps turn yellow is set by the jurisdiction, from tomorrow on, for clocks that begin then (X2, C3)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.actions.act import act
from weimin.calendars.clock import ZONE, Limit, due, lamp
from weimin.calendars.queries import calendar_for, commit_seen, forget
from weimin.calendars.rules import SHIPPED, Calendar, Warning
from weimin.flows.rules import fixed_end, rule_of, turns_yellow
from weimin.walls.errors import InputInvalid, NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.req("X2"), pytest.mark.req("C3")]
NOW = datetime(2026, 11, 23, 10, tzinfo=ZONE)
TOMORROW = date(2026, 11, 24)
RULE = {"share": "50", "least": "3", "most": "20", "fixed": "14", "effective_from": str(TOMORROW), "source": "×办发〔2026〕3 号", "reason": "提早提醒"}


@pytest.fixture(autouse=True)
def fresh_calendar():
    forget()
    yield
    forget()


@pytest.fixture
def administrator(jurisdiction, actor, places):
    return actor("administrator", places.county)


def turn(days, opened, calendar):
    """How long before its end a limit of so many days turns yellow."""
    end = due(Limit(days, "day"), opened, calendar)
    return end.at - turns_yellow(end, opened, calendar)


def test_a_rule_holds_for_clocks_from_its_day_on_and_only_here(administrator, places):
    act(administrator, "calendars.set_warning", RULE, "k", now=NOW)
    here = calendar_for(places.village)
    assert (here.warning(NOW.date()), here.warning(TOMORROW)) == (SHIPPED, Warning(50, 3, 20, 14))
    assert calendar_for(371402000000).warning(TOMORROW) == SHIPPED
    assert (turn(10, NOW, here).days, turn(10, NOW + timedelta(days=1), here).days) == (3, 6)


def test_neither_a_long_limit_nor_a_fixed_date_is_yellow_before_the_days_that_were_set():
    calendar = Calendar({}, [2026, 2027], warnings=[(TOMORROW, Warning(50, 3, 20, 14))])
    opened = NOW + timedelta(days=1)
    assert turn(300, opened, calendar) == timedelta(days=20)
    end = fixed_end(date(2027, 11, 30), opened, rule_of(opened, calendar))
    assert end.at - turns_yellow(end, opened, calendar) == timedelta(days=15)


def test_a_limit_in_hours_keeps_its_last_hour():
    calendar = Calendar({}, [2026], warnings=[(date(2026, 1, 1), Warning(5, 10))])
    end = due(Limit(24, "hour"), NOW, calendar)
    assert [lamp(end, end.at - timedelta(hours=left), calendar).colour for left in (4, 1)] == ["green", "yellow"]


@pytest.mark.parametrize(("name", "value"), [("effective_from", "2026-11-23"), ("share", "60"), ("most", "31"), ("least", "11")])
def test_what_would_reach_back_or_too_far_is_refused_and_nothing_is_kept(administrator, places, name, value):
    with pytest.raises(InputInvalid):
        act(administrator, "calendars.set_warning", RULE | {name: value}, "k", now=NOW)
    assert calendar_for(places.county).warnings == ()


def test_a_township_may_not_set_it(jurisdiction, actor, places):
    with pytest.raises(NotAllowed):
        act(actor("township", places.township), "calendars.set_warning", RULE, "k", now=NOW)


def test_the_page_shows_every_rule_with_source_and_name_and_lamps_ask_no_question(administrator, client_as, places):
    act(administrator, "calendars.set_warning", RULE, "k", now=NOW)
    page = client_as("administrator", places.county).get("/calendars/").content.decode()
    assert "×办发〔2026〕3 号" in page and administrator.name in page and "50%" in page
    commit_seen()
    calendar_for(places.village)
    with CaptureQueriesContext(connection) as asked:
        calendar_for(places.village).warning(TOMORROW)
    assert len(asked) == 0
