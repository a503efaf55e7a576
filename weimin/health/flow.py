"""Steps of this room: a visit that was not made in time stands on the doctor's desk until it is; a value that looks odd on the institution's."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.calendars.clock import Limit
from weimin.flows.registry import Flow, Move, State, register_flow
from weimin.health.models import CheckState, HealthRecord, ValueCheck

MISSED, UNASKED, UNMEASURED, CHECK = "health_missed", "health_unasked", "health_unmeasured", "health_check"
STATES = (State("missed", _("超期未随访"), "doctor"), State("done", _("已随访")))
MOVES = (Move("", "health.confirm_care", "missed"), Move("missed", "health.record_visit", "done"))


ASKED_STATES = (State("late", _("两周内没有问清确诊结果"), "doctor"), State("done", _("已问清")))
ASKED = (Move("", "health.screen", "late"), Move("late", "health.confirm_care", "done"), Move("late", "health.exclude", "done"))
MEASURED_STATES = (State("late", _("到期没有测血压"), "doctor"), State("done", _("已测血压")))
MEASURED = (Move("", "health.measure", "late"), Move("late", "health.measure", "done"))
CHECK_STATES = (
    State("to_check", CheckState.TO_CHECK.label, "institution", Limit(10, "workday")), State("explained", CheckState.EXPLAINED.label),
    State("corrected", CheckState.CORRECTED.label),
)  # fmt: skip
ANSWERS = (
    Move("", "health.record_visit", "to_check"),
    Move("to_check", "health.explain_value", "explained"),
    Move("to_check", "health.correct_visit", "corrected"),
)


def check_url(number: int) -> str:
    return reverse("health:check", args=[number])


def record_url(number: int) -> str:
    return reverse("health:record", args=[number])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(MISSED, _("随访超期"), HealthRecord._meta.label_lower, record_url, STATES, MOVES))
    asked_at = ("health.confirm_care", "health.exclude")
    register_flow(Flow(UNASKED, _("确诊追踪超期"), HealthRecord._meta.label_lower, record_url, ASKED_STATES, ASKED, elsewhere=asked_at))
    register_flow(Flow(UNMEASURED, _("测血压超期"), HealthRecord._meta.label_lower, record_url, MEASURED_STATES, MEASURED))
    register_flow(Flow(CHECK, _("数值核对"), ValueCheck._meta.label_lower, check_url, CHECK_STATES, ANSWERS, elsewhere=("health.correct_visit",)))
