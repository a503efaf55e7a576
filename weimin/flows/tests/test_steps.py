"""A record's way through its flow: deadlines, one open step, pauses, extensions, time booked to the desk."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from weimin.calendars.clock import ZONE
from weimin.flows.models import Step
from weimin.flows.queries import history_of
from weimin.flows.steps import current_step, extend_step, move, open_step, pause_step, resume_step
from weimin.flows.tests.builders import make_step
from weimin.sites.models import Site
from weimin.walls.actor import system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered

SUBJECT = Site(pk=77)


@pytest.fixture
def inside(jurisdiction: Any, flow: Any) -> Any:
    with entered(system_actor()):
        yield


@pytest.fixture
def begun(inside: Any, places: Any, now: datetime) -> Step:
    return open_step("test_flow", "doing", SUBJECT, title="渤海社区站点备案", region=places.village, now=now)


@pytest.mark.req("S5")
def test_five_working_days_from_a_monday_end_with_the_next_monday(begun: Step) -> None:
    assert begun.due_on == date(2026, 11, 30)
    assert begun.due_at == datetime(2026, 12, 1, tzinfo=ZONE)
    assert begun.legal_basis == "测试办法第三条"


def test_a_plan_s_date_wins_over_the_limit(inside: Any, places: Any, now: datetime) -> None:
    step = open_step("test_flow", "doing", SUBJECT, title="t", region=places.village, now=now, due_on=date(2026, 12, 31))
    assert (step.due_on, step.limit_value) == (date(2026, 12, 31), None)


def test_a_limit_into_an_unpublished_year_is_provisional(inside: Any, places: Any) -> None:
    late = datetime(2026, 12, 30, 9, tzinfo=ZONE)
    assert open_step("test_flow", "doing", SUBJECT, title="t", region=places.village, now=late).provisional


def test_the_database_refuses_a_second_open_step_of_a_record(begun: Step, now: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        open_step("test_flow", "check", SUBJECT, title="t", region=begun.region, now=now)
    assert Step.objects.filter(subject_id=77).count() == 1


def test_a_move_that_the_flow_does_not_have_is_refused_and_changes_nothing(begun: Step, actor: Any, now: datetime) -> None:
    with pytest.raises(RuleBroken, match="办理中"):
        move(SUBJECT, "test_flow", "test.approve", "doing", "end", system_actor(), now, title="t", region=begun.region)
    assert current_step(SUBJECT, "test_flow") == begun


def test_a_move_closes_the_step_and_opens_the_next_desk_s(begun: Step, now: datetime) -> None:
    step = move(SUBJECT, "test_flow", "test.finish", "doing", "check", system_actor(), now, title="t", region=begun.region)
    begun.refresh_from_db()
    assert step is not None and (step.role, step.state) == ("township", "check")
    assert (begun.closed_at, begun.outcome, begun.on_time) == (now, "test.finish", True)


def test_a_move_to_an_end_opens_nothing(begun: Step, now: datetime) -> None:
    move(SUBJECT, "test_flow", "test.finish", "doing", "check", system_actor(), now, title="t", region=begun.region)
    assert move(SUBJECT, "test_flow", "test.approve", "check", "end", system_actor(), now, title="t", region=begun.region) is None


def test_a_pause_moves_the_end_by_the_working_days_it_lasted(begun: Step, now: datetime) -> None:
    pause_step(begun, now + timedelta(days=1), "补正")
    resume_step(begun, now + timedelta(days=3))
    assert (begun.paused_units, begun.due_on) == (2, date(2026, 12, 2))


def test_an_extension_adds_to_the_limit_in_its_own_unit(begun: Step) -> None:
    extend_step(begun, 3, "下雪封路")
    assert (begun.extended, begun.extended_reason, begun.due_on) == (3, "下雪封路", date(2026, 12, 3))


@pytest.mark.req("X2")
def test_working_time_without_pauses_is_booked_to_the_desk(begun: Step, now: datetime) -> None:
    pause_step(begun, now + timedelta(days=1), "补正")
    resume_step(begun, now + timedelta(days=2))
    move(
        SUBJECT,
        "test_flow",
        "test.finish",
        "doing",
        "check",
        system_actor(),
        now + timedelta(days=7),
        title="t",
        region=begun.region,
    )
    held = history_of(SUBJECT)[0]
    assert (held.role, held.held_for) == ("village", timedelta(days=4))  # seven days less a weekend less the pause


def test_closing_a_paused_step_first_ends_the_pause(begun: Step, now: datetime) -> None:
    pause_step(begun, now, "公示")
    move(
        SUBJECT,
        "test_flow",
        "test.finish",
        "doing",
        "check",
        system_actor(),
        now + timedelta(days=1),
        title="t",
        region=begun.region,
    )
    begun.refresh_from_db()
    assert (begun.paused_since, begun.held_for, begun.on_time) == (None, timedelta(), True)


def test_a_closed_step_names_who_closed_it_or_the_database_refuses(jurisdiction: Any, places: Any, now: datetime) -> None:
    with pytest.raises(IntegrityError):
        make_step(places.village, now, closed_at=now, closed_name="", outcome="done")
