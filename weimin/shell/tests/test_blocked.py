"""What stands still and for whom, and the one click to what is next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from weimin.flows.queries import BLOCKED, list_steps
from weimin.flows.tests.builders import make_step
from weimin.shell.todo import row_of, waits_for
from weimin.walls.session import entered

pytestmark = pytest.mark.req("X2")


def waiting(who: Any, now: datetime) -> list[str]:
    with entered(who):
        return [waits_for(step, step.role == who.role, now) for step in list_steps(who, now, BLOCKED).rows]


def test_my_step_whose_clock_stands_says_why_and_how_long(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    make_step(places.village, now, paused_since=now - timedelta(days=3), paused_reason="等材料")
    make_step(places.village, now, subject_id=2)
    assert waiting(actor("village", places.village), now) == ["暂停计时：等材料，已 3 天"]


def test_what_i_handed_on_says_who_has_it_since_when(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    me = actor("village", places.village)
    make_step(places.village, now, closed_at=now, closed_by=me.person, closed_name="张三", outcome="done")
    make_step(places.village, now, role="township", state="check", opened_at=now - timedelta(days=5))
    assert waiting(me, now) == ["等乡镇经办办理，已 5 天"]


def test_a_step_is_blocked_once_though_i_hold_it_myself(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    me = actor("village", places.village)
    make_step(places.village, now, closed_at=now, closed_by=me.person, closed_name="张三", outcome="done")
    make_step(places.village, now, role="township", holder=me.person, paused_since=now - timedelta(days=1))
    assert len(waiting(me, now)) == 1


def test_the_tab_shows_it(jurisdiction: Any, client_as: Any, places: Any, now: datetime) -> None:
    make_step(places.village, now, title="等材料的事", paused_since=now - timedelta(days=3), paused_reason="等材料")
    page = client_as("village", places.village).get("/?tab=blocked").content.decode()
    assert "等材料的事" in page and "暂停计时：等材料" in page


def test_the_button_of_my_row_opens_what_is_next(actor: Any, jurisdiction: Any, places: Any, now: datetime) -> None:
    step = make_step(places.village, now, role="village", flow="site_build", state="filed", subject_type="buildout.project", subject_id=7)
    row = row_of(step, actor("village", places.village), now, {})
    assert (row.way, str(row.verb), row.url) == ("/act/buildout.start_building/7/", "开工", "/buildout/projects/7/")


@pytest.mark.parametrize(("state", "action"), [("review", "cases.resume"), ("public_notice", "cases.close_notice"), ("supplement", "cases.supplement")])
def test_what_is_next_of_a_case_whose_clock_stands_is_what_may_be_done(
    actor: Any, jurisdiction: Any, places: Any, now: datetime, state: str, action: str
) -> None:
    step = make_step(places.village, now, role="village", flow="case", state=state, subject_type="cases.case", subject_id=7, paused_since=now)
    assert row_of(step, actor("village", places.village), now, {}).way == f"/act/{action}/7/"


def test_the_button_of_another_desk_s_row_opens_the_record(actor: Any, jurisdiction: Any, places: Any, now: datetime) -> None:
    step = make_step(places.village, now, role="finance", flow="site_build", state="filed", subject_type="buildout.project", subject_id=7)
    assert row_of(step, actor("village", places.village), now, {}).way == "/buildout/projects/7/"
