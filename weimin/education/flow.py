"""Steps of this room: an activity that is near or over waits to be recorded, a notice board for its next content."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.education.models import Activity, ActivityState, Board
from weimin.flows.registry import Flow, Move, State, register_flow

ACTIVITY, BOARD = "education_activity", "education_board"
DESK = "institution"
STATES = tuple(State(str(state.value), state.label, DESK if state == ActivityState.PLANNED else "") for state in ActivityState)
MOVES = (
    Move("", "education.plan_activity", "planned"),
    Move("planned", "education.record_activity", "held"),
    Move("planned", "education.cancel_activity", "cancelled"),
)
BOARD_STATES = (State("standing", _("待更换宣传栏内容"), DESK), State("removed", _("已拆除")))
BOARD_MOVES = (
    Move("", "education.set_up_board", "standing"),
    Move("standing", "education.change_board", "standing"),
    Move("standing", "education.remove_board", "removed"),
)


def activity_url(number: int) -> str:
    return reverse("education:activity", args=[number])


def board_url(number: int) -> str:
    return reverse("education:board", args=[number])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(ACTIVITY, _("健康教育活动"), Activity._meta.label_lower, activity_url, STATES, MOVES))
    register_flow(Flow(BOARD, _("宣传栏更换"), Board._meta.label_lower, board_url, BOARD_STATES, BOARD_MOVES))
