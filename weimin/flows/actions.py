"""Every write on steps that a person asks for: urge, pause, resume, extend, follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.accounts.roles import Role
from weimin.actions.registry import Outcome, register
from weimin.flows.forms import ExtendForm, ReasonForm, UrgeForm
from weimin.flows.models import Step, Watch
from weimin.flows.registry import FLOWS
from weimin.flows.steps import extend_step, pause_step, resume_step
from weimin.flows.urging import check_urgeable, urge_step
from weimin.flows.veil import veil
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def locked(actor: Actor, number: Any) -> Step:
    return veil(actor, Step.objects.visible_to(actor).select_for_update().get(pk=number))


def visible(actor: Actor, number: Any) -> Step:
    return veil(actor, Step.objects.visible_to(actor).get(pk=number))


def region_of(step: Step, data: dict[str, Any]) -> int:
    return step.region


def page_of(step: Step) -> str:
    return FLOWS[step.flow].url(step.subject_id) if step.flow in FLOWS and not step.veil else ""


def check_clock(step: Step) -> None:
    """A step of a record with limits of its own would stop alone, and the record's limits would run on."""
    if step.flow in FLOWS and FLOWS[step.flow].own_clock:
        raise RuleBroken(_("这件事的计时和承诺时限连在一起，暂停、恢复和延期在它自己的页面上办理。"))


def check_running(step: Step, actor: Actor, now: datetime) -> None:
    check_clock(step)
    if step.closed_at is not None:
        raise RuleBroken(_("这一步已经办结。"))
    if step.paused_since is not None:
        raise RuleBroken(_("计时已经暂停。"))


def check_paused(step: Step, actor: Actor, now: datetime) -> None:
    check_clock(step)
    if step.closed_at is not None:
        raise RuleBroken(_("这一步已经办结。"))
    if step.paused_since is None:
        raise RuleBroken(_("计时没有暂停。"))


def check_extendable(step: Step, actor: Actor, now: datetime) -> None:
    check_running(step, actor, now)
    if step.due_on is None:
        raise RuleBroken(_("这一步没有时限，不用延长。"))


def deadline(step: Step) -> dict[str, str]:
    return {"due_on": step.due_on.isoformat() if step.due_on else ""}


@register(
    "flows.urge", label=_("催办"), form=UrgeForm, roles=("lead_office", "leader", "supervisor", "township"),
    find=locked, region=region_of, check=check_urgeable, bulk=True,
)  # fmt: skip
def urge(by: Actor, target: Step, data: dict[str, Any], now: datetime) -> Outcome:
    """督办一件事：先提醒承办人，再次催办或逾期多日时同时报上一级。"""
    before = {"urged_count": target.urged_count}
    upwards = urge_step(target, by, now, data["note"])
    message = _("已催办承办人，并报上一级。") if upwards else _("已催办承办人。")
    after = {"urged_count": target.urged_count, "upwards": upwards}
    return Outcome(target, before, after, message, next_url=page_of(target), reason=data["note"])


@register(
    "flows.pause",
    label=_("暂停计时"),
    form=ReasonForm,
    roles=("lead_office",),
    find=locked,
    region=region_of,
    check=check_running,
)
def pause(by: Actor, target: Step, data: dict[str, Any], now: datetime) -> Outcome:
    """暂停一步的计时（补正、听证、公示等），恢复后时限顺延。"""
    pause_step(target, now, data["reason"])
    return Outcome(target, {"paused": False}, {"paused": True}, _("计时已暂停。"), next_url=page_of(target), reason=data["reason"])


@register(
    "flows.resume",
    label=_("恢复计时"),
    form=ReasonForm,
    roles=("lead_office",),
    find=locked,
    region=region_of,
    check=check_paused,
)
def resume(by: Actor, target: Step, data: dict[str, Any], now: datetime) -> Outcome:
    """恢复一步的计时，暂停的时间不计入时限。"""
    before = deadline(target)
    resume_step(target, now)
    return Outcome(target, before, deadline(target), _("计时已恢复。"), next_url=page_of(target), reason=data["reason"])


@register(
    "flows.extend",
    label=_("延长时限"),
    form=ExtendForm,
    roles=("lead_office",),
    find=locked,
    region=region_of,
    check=check_extendable,
)
def extend(by: Actor, target: Step, data: dict[str, Any], now: datetime) -> Outcome:
    """批准延长一步的时限，理由记入办理过程。"""
    before = deadline(target)
    extend_step(target, data["days"], data["reason"])
    return Outcome(target, before, deadline(target), _("时限已延长。"), next_url=page_of(target), reason=data["reason"])


@register("flows.watch", label=_("关注"), roles=Role.values, find=visible, region=region_of, bulk=True)
def watch(by: Actor, target: Step, data: dict[str, Any], now: datetime) -> Outcome:
    """关注一件事，在工作台的“我关注的”里看进展。"""
    Watch.objects.get_or_create(person=by.person or 0, subject_type=target.subject_type, subject_id=target.subject_id, defaults={"at": now})
    return Outcome(target, {}, {"watched": True}, _("已关注。"), next_url=page_of(target))


@register("flows.unwatch", label=_("取消关注"), roles=Role.values, find=visible, region=region_of, bulk=True)
def unwatch(by: Actor, target: Step, data: dict[str, Any], now: datetime) -> Outcome:
    """不再关注一件事。"""
    Watch.objects.filter(person=by.person or 0, subject_type=target.subject_type, subject_id=target.subject_id).delete()
    return Outcome(target, {"watched": True}, {}, _("已取消关注。"), next_url=page_of(target))
