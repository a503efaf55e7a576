"""Steps of this room: what an examination found stands on the doctor's desk until it is closed, and so does an examination that was missed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.examinations.models import AbnormalFollowUp
from weimin.flows.registry import Flow, Move, State, register_flow
from weimin.health.flow import record_url
from weimin.health.models import HealthRecord

FOUND, MISSED = "examination_abnormal", "examination_missed"
STATES = (State("recall", _("通知复查"), "doctor"), State("recheck", _("复查"), "doctor"), State("closed", _("已了结")))
MOVES = (
    Move("", "examinations.record", "recall"), Move("recall", "examinations.recall", "recheck"), Move("recall", "examinations.recheck", "recheck"),
    Move("recall", "examinations.recheck", "closed"), Move("recheck", "examinations.recheck", "recheck"), Move("recheck", "examinations.recheck", "closed"),
    Move("recall", "examinations.close_follow_up", "closed"), Move("recheck", "examinations.close_follow_up", "closed"),
)  # fmt: skip
MISSED_STATES = (State("late", _("到期没有体检"), "doctor"), State("done", _("已体检")))
MISSED_MOVES = (Move("", "examinations.distribute", "late"), Move("late", "examinations.record", "done"))


def follow_up_url(number: int) -> str:
    return reverse("examinations:follow_up", args=[number])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(FOUND, _("体检异常追踪"), AbnormalFollowUp._meta.label_lower, follow_up_url, STATES, MOVES))
    register_flow(Flow(MISSED, _("体检超期"), HealthRecord._meta.label_lower, record_url, MISSED_STATES, MISSED_MOVES))
