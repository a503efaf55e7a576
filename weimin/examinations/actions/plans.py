"""The yearly plan: made with its list, its list drawn again, people put into batches, ended (A-18, A-35)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.examinations.actions.base import check_plan_open, find_plan, plan_url
from weimin.examinations.calling import call
from weimin.examinations.forms_plan import ChangePlan, MakePlan
from weimin.examinations.listing import draw
from weimin.examinations.models import ExaminationPlan, Invitation, InvitationState, PlanState
from weimin.examinations.placing import place_waiting
from weimin.health.actions.base import KEEPERS, where
from weimin.regions.queries import names
from weimin.walls.actor import Actor


@register("examinations.make_plan", label=_("制定体检计划"), form=MakePlan, roles=KEEPERS, region=lambda target, data: data["region"])
def make_plan(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """制定一个村或乡镇一年的体检计划，名单由健康档案和重点管理自动生成。"""
    title = f"{data['year']} 年{names([data['region']])[data['region']]}健康体检"  # text: data
    facts = {name: data[name] for name in ("region", "year", "groups", "from_age", "place", "starts_on", "ends_on")}
    plan = ExaminationPlan.objects.create(**facts, title=title[:60], made_by=by.name or by.role, made_at=now, listed_at=now)
    drawn = draw(by, plan, timezone.localdate(now))
    message = _now("计划已制定，名单 %(count)d 人。请安排批次。") % {"count": drawn.added}
    return Outcome(plan, after={"year": plan.year, "people": drawn.added}, message=message, next_url=plan_url(plan.pk))


@register("examinations.change_plan", label=_("调整计划"), form=ChangePlan, roles=KEEPERS, find=find_plan, region=where, check=check_plan_open)
def change_plan(by: Actor, plan: ExaminationPlan, data: dict[str, Any], now: datetime) -> Outcome:
    """改起止日期和地点；还没安排批次的人跟着改，已有批次的按批次的日期。"""
    before = {"starts_on": str(plan.starts_on), "ends_on": str(plan.ends_on)}
    for name in ("place", "starts_on", "ends_on"):
        setattr(plan, name, data[name])
    plan.save(update_fields=["place", "starts_on", "ends_on"])
    call(list(Invitation.objects.visible_to(by).filter(plan=plan, state=InvitationState.LISTED)), plan.starts_on, plan.ends_on)
    after = {"starts_on": str(plan.starts_on), "ends_on": str(plan.ends_on)}
    return Outcome(plan, before=before, after=after, message=_now("计划已调整。"), next_url=plan_url(plan.pk))


@register("examinations.draw_list", label=_("重新核对名单"), roles=KEEPERS, find=find_plan, region=where, check=check_plan_open)
def draw_list(by: Actor, plan: ExaminationPlan, data: dict[str, Any], now: datetime) -> Outcome:
    """按现在的档案和重点管理核对名单：新建档、新纳入的加进来，死亡、迁出的不再等。"""
    drawn = draw(by, plan, timezone.localdate(now))
    plan.listed_at = now
    plan.save(update_fields=["listed_at"])
    message = _now("名单已核对：新增 %(added)d 人，减少 %(gone)d 人。") % {"added": drawn.added, "gone": drawn.withdrawn}
    return Outcome(plan, after={"added": drawn.added, "withdrawn": drawn.withdrawn}, message=message, next_url=plan_url(plan.pk))


@register("examinations.distribute", label=_("分到各批次"), roles=KEEPERS, find=find_plan, region=where, check=check_plan_open)
def distribute(by: Actor, plan: ExaminationPlan, data: dict[str, Any], now: datetime) -> Outcome:
    """把还没安排的人按所在村和批次人数分到各批次，同户的在一起。"""
    placed, left = place_waiting(by, plan, timezone.localdate(now))
    message = _now("已安排 %(placed)d 人，还有 %(left)d 人没有批次。") % {"placed": placed, "left": left}
    return Outcome(plan, after={"placed": placed, "left": left}, message=message, next_url=plan_url(plan.pk))


@register(
    "examinations.close_plan", label=_("结束计划"), roles=KEEPERS, find=find_plan, region=where, check=check_plan_open, confirm=_("结束后不能再安排批次。")
)  # fmt: skip
def close_plan(by: Actor, plan: ExaminationPlan, data: dict[str, Any], now: datetime) -> Outcome:
    """一年的体检做完了，结束计划；没有体检的人照样列在名单上。"""
    plan.state = PlanState.CLOSED
    plan.save(update_fields=["state"])
    return Outcome(plan, before={"state": "open"}, after={"state": plan.state}, message=_now("计划已结束。"), next_url=plan_url(plan.pk))
