"""What is done at night: who came under care, or back, since the list of a plan was drawn is put onto it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.act import act
from weimin.examinations.listing import behind
from weimin.examinations.models import ExaminationPlan, PlanState
from weimin.walls.actor import system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.periodic import every
from weimin.walls.session import entered


@every("30 4 * * *", "examinations.draw_lists", label=_("体检名单自动核对"), own_transactions=True)
def draw_lists(jurisdiction: Any, now: datetime) -> None:
    """One action for each plan that somebody is missing from, in its own transaction; a plan that ended in this very moment is left alone."""
    robot, today = system_actor(jurisdiction.low, jurisdiction.high, name="examinations.draw_lists"), timezone.localdate(now)
    with entered(robot):
        plans = ExaminationPlan.objects.visible_to(robot).filter(state=PlanState.OPEN, year=today.year, ends_on__gte=today)
        found = [plan.pk for plan in plans.order_by("pk") if behind(robot, plan)]
    for number in found:
        with suppress(RuleBroken):
            act(robot, "examinations.draw_list", {}, f"draw-{number}-{today}", target=number, now=now)
