"""One person of a list: does not want to come, comes another day (A-43)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.examinations.actions.base import batch_url, check_plan_open, find_invitation, plan_url
from weimin.examinations.calling import uncall
from weimin.examinations.forms_plan import MoveInvitation, Refuse
from weimin.examinations.models import WAITING, Batch, Invitation, InvitationState
from weimin.examinations.placing import invite
from weimin.health.actions.base import KEEPERS, named, where
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def check_waiting(row: Invitation, actor: Actor, now: datetime) -> None:
    if row.state not in WAITING:
        raise RuleBroken(_now("这位居民现在是“%(state)s”，不用再登记。") % {"state": row.get_state_display()})


def back_to(row: Invitation) -> str:
    return batch_url(row.batch_id) if row.batch_id else plan_url(row.plan_id)


@register("examinations.refuse", label=_("登记拒绝体检"), form=Refuse, roles=KEEPERS, find=find_invitation, region=where, check=check_waiting)
def refuse(by: Actor, row: Invitation, data: dict[str, Any], now: datetime) -> Outcome:
    """本人或监护人不愿意体检：写明原因，今年不再催；以后愿意了可以再安排。"""
    row.state, row.refusal, row.refusal_note, row.settled_on = InvitationState.REFUSED, data["refusal"], data["refusal_note"], data["on"]
    row.save(update_fields=["state", "refusal", "refusal_note", "settled_on"])
    uncall([row.record_id])
    return Outcome(row, after={"name": named(row.record.resident), "state": row.state}, message=_now("已登记。"), next_url=back_to(row))


def check_movable(row: Invitation, actor: Actor, now: datetime) -> None:
    check_plan_open(row.plan, actor, now)
    if row.state not in (InvitationState.LISTED, InvitationState.INVITED, InvitationState.ABSENT, InvitationState.REFUSED):
        raise RuleBroken(_now("这位居民现在是“%(state)s”，不能再安排批次。") % {"state": row.get_state_display()})


@register("examinations.move_invitation", label=_("安排批次"), form=MoveInvitation, roles=KEEPERS, find=find_invitation, region=where, check=check_movable)
def move_invitation(by: Actor, row: Invitation, data: dict[str, Any], now: datetime) -> Outcome:
    """把一个人安排到某一批：没安排的、未到的、改主意的都可以。"""
    batch = Batch.objects.visible_to(by).select_for_update(of=("self",)).select_related("plan").get(pk=data["batch"])
    if batch.on < timezone.localdate(now):
        raise RuleBroken(_now("这一批的日期已经过了。"))
    if Invitation.objects.visible_to(by).filter(batch=batch).exclude(state=InvitationState.REFUSED).count() >= batch.capacity:
        raise RuleBroken(_now("这一批已经满了，请换一批或先调整人数。"))
    invite(batch, [row])
    return Outcome(row, after={"name": named(row.record.resident), "on": str(batch.on)}, message=_now("已安排，请通知本人。"), next_url=batch_url(batch.pk))
