"""What the actions of this room share: how its things are found and locked, and which states they must be in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now

from weimin.examinations.models import Batch, BatchState, ExaminationPlan, Invitation, PlanState
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def plan_url(number: int) -> str:
    return reverse("examinations:plan", args=[number])


def batch_url(number: int) -> str:
    return reverse("examinations:batch", args=[number])


def find_plan(actor: Actor, pk: Any) -> ExaminationPlan:
    return ExaminationPlan.objects.visible_to(actor).select_for_update().get(pk=pk)


def find_batch(actor: Actor, pk: Any) -> Batch:
    return Batch.objects.visible_to(actor).select_for_update(of=("self",)).select_related("plan").get(pk=pk)


def find_invitation(actor: Actor, pk: Any) -> Invitation:
    rows = Invitation.objects.visible_to(actor).select_for_update(of=("self",)).select_related("plan", "batch", "record__resident")
    return rows.get(pk=pk)


def check_plan_open(plan: ExaminationPlan, actor: Actor, now: datetime) -> None:
    if plan.state != PlanState.OPEN:
        raise RuleBroken(_now("这份体检计划已经结束。"))


def check_batch_open(batch: Batch, actor: Actor, now: datetime) -> None:
    if batch.state != BatchState.OPEN:
        raise RuleBroken(_now("这一批现在是“%(state)s”，不能再办理。") % {"state": batch.get_state_display()})
