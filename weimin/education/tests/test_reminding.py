"""An activity that is over and not recorded, and a board that is due, stand on the institution's desk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from weimin.education.models import Board
from weimin.education.reminding import remind_of_all
from weimin.education.tests.builders import NOW, TODAY, act_now, make_activity, make_board, make_institution
from weimin.education.tests.examples.activities import RECORDED
from weimin.flows.models import Step
from weimin.walls.errors import InputInvalid

pytestmark = pytest.mark.req("H7")


@pytest.fixture
def centre(everywhere, places):
    return make_institution(places.township)


@pytest.fixture
def institution(actor, places):
    return actor("institution", places.township)


def steps():
    return list(Step.objects.order_by("pk").values_list("flow", "role", "due_on", "outcome"))


def test_what_is_near_or_over_becomes_a_step_once(centre):
    make_activity(centre, TODAY - timedelta(days=3))
    make_activity(centre, TODAY + timedelta(days=8))
    make_activity(centre, TODAY - timedelta(days=3), state="held")
    make_board(centre, date(2026, 11, 28))
    make_board(centre, date(2026, 12, 28))
    assert (remind_of_all(NOW), remind_of_all(NOW)) == (2, 0)
    assert steps() == [("education_activity", "institution", date(2026, 11, 25), ""), ("education_board", "institution", date(2026, 11, 28), "")]


def test_the_step_goes_when_the_activity_is_recorded(centre, institution):
    activity = make_activity(centre)
    remind_of_all(NOW)
    act_now(institution, "education.record_activity", RECORDED, target=activity.pk)
    assert steps() == [("education_activity", "institution", date(2026, 11, 25), "education.record_activity")]


def test_a_board_that_was_changed_waits_two_months_more(centre, institution):
    board = make_board(centre, date(2026, 11, 20))
    remind_of_all(NOW)
    act_now(institution, "education.change_board", {"subject": "冬季呼吸道防护", "on": "2026-11-23"}, target=board.pk)
    assert (Board.objects.get().due_on, Board.objects.get().issues.get().on_time) == (date(2027, 1, 23), False)
    assert [outcome for _flow, _role, _due, outcome in steps()] == ["education.change_board"]


def test_a_board_does_not_go_back_in_time(centre, institution):
    board = make_board(centre, last_on=date(2026, 11, 1))
    with pytest.raises(InputInvalid, match="2026-11-01"):
        act_now(institution, "education.change_board", {"subject": "x", "on": "2026-10-31"}, target=board.pk)


def test_a_board_has_two_square_metres(centre, institution):
    data = {"name": "东墙", "place": "院内", "area": "1.9", "on": "2026-11-20"}
    with pytest.raises(InputInvalid, match="不小于 2"):
        act_now(institution, "education.set_up_board", data, target=centre.pk)
    act_now(institution, "education.set_up_board", {**data, "area": "2"}, "k", target=centre.pk)
    assert Board.objects.get().due_on == date(2027, 1, 20)
