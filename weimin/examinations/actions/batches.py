"""Batches: planned, changed, cancelled; on the day who came is ticked, and at its end who did not come is known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.examinations.actions.base import batch_url, check_batch_open, check_plan_open, find_batch, find_plan, plan_url
from weimin.examinations.calling import call_to
from weimin.examinations.forms_plan import AddBatch, ChangeBatch, CheckIn
from weimin.examinations.models import Batch, BatchState, ExaminationPlan, Invitation, InvitationState
from weimin.examinations.placing import release
from weimin.health.actions.base import KEEPERS, where
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

CHANGED = ("on", "hours", "place", "capacity", "doctor_name")


def of_batch(by: Actor, batch: Batch, *states: str) -> list[Invitation]:
    return list(Invitation.objects.visible_to(by).select_for_update().filter(batch=batch, state__in=states).order_by("pk"))


@register(
    "examinations.add_batch", label=_("增加批次"), form=AddBatch, roles=KEEPERS, find=find_plan, region=lambda plan, data: data["region"], check=check_plan_open
)
def add_batch(by: Actor, plan: ExaminationPlan, data: dict[str, Any], now: datetime) -> Outcome:
    """安排一天、一个地点、最多多少人；安排好再“分到各批次”。"""
    batch = Batch.objects.create(plan=plan, **{name: data[name] for name in ("region", *CHANGED)})
    return Outcome(batch, after={"on": str(batch.on), "capacity": batch.capacity}, message=_now("批次已增加。"), next_url=plan_url(plan.pk))


@register("examinations.change_batch", label=_("调整批次"), form=ChangeBatch, roles=KEEPERS, find=find_batch, region=where, check=check_batch_open)
def change_batch(by: Actor, batch: Batch, data: dict[str, Any], now: datetime) -> Outcome:
    """改日期、时间、地点、人数；已邀请的人跟着改，请重新通知。"""
    before = {"on": str(batch.on), "capacity": batch.capacity}
    for name in CHANGED:
        setattr(batch, name, data[name])
    batch.save(update_fields=list(CHANGED))
    people = of_batch(by, batch, InvitationState.INVITED)
    call_to(batch, people)
    after = {"on": str(batch.on), "capacity": batch.capacity}
    return Outcome(
        batch, before=before, after=after, message=_now("批次已调整，请重新通知 %(count)d 人。") % {"count": len(people)}, next_url=batch_url(batch.pk)
    )


def check_nobody_came(batch: Batch, actor: Actor, now: datetime) -> None:
    check_batch_open(batch, actor, now)
    if Invitation.objects.visible_to(actor).filter(batch=batch, state__in=(InvitationState.CAME, InvitationState.EXAMINED)).exists():
        raise RuleBroken(_now("这一批已经有人到场，不能取消；请办理“本批结束”。"))


@register(
    "examinations.cancel_batch", label=_("取消批次"), roles=KEEPERS, find=find_batch, region=where, check=check_nobody_came, confirm=_("已邀请的人回到待安排，请通知他们。")
)  # fmt: skip
def cancel_batch(by: Actor, batch: Batch, data: dict[str, Any], now: datetime) -> Outcome:
    """这一批不办了，已邀请的人回到待安排。"""
    people = of_batch(by, batch, InvitationState.INVITED, InvitationState.ABSENT)
    release(batch, people)
    batch.state = BatchState.CANCELLED
    batch.save(update_fields=["state"])
    return Outcome(
        batch, before={"state": "open"}, after={"state": batch.state, "people": len(people)}, message=_now("批次已取消。"), next_url=plan_url(batch.plan_id)
    )


def check_begun(batch: Batch, actor: Actor, now: datetime) -> None:
    check_batch_open(batch, actor, now)
    if batch.on > timezone.localdate(now):
        raise RuleBroken(_now("还没有到这一批的日期 %(on)s。") % {"on": batch.on.isoformat()})


@register(
    "examinations.check_in", label=_("保存到场情况"), form=CheckIn, roles=KEEPERS, find=find_batch, region=where, check=check_begun, keeps_draft=False
)  # fmt: skip
def check_in(by: Actor, batch: Batch, data: dict[str, Any], now: datetime) -> Outcome:
    """勾选到场的人；勾错的再取消勾选。"""
    ticked = {int(pk) for pk in data["came"]}
    rows = of_batch(by, batch, InvitationState.INVITED, InvitationState.CAME, InvitationState.ABSENT)
    changed = []
    for row in rows:
        state = InvitationState.CAME if row.pk in ticked else InvitationState.INVITED if row.state == InvitationState.CAME else row.state
        if state != row.state:
            row.state = state
            changed.append(row)
    Invitation.objects.bulk_update(changed, ["state"], batch_size=500)
    return Outcome(batch, after={"came": len(ticked)}, message=_now("到场 %(count)d 人，已保存。") % {"count": len(ticked)}, next_url=batch_url(batch.pk))


@register(
    "examinations.end_batch",
    label=_("本批结束"),
    roles=KEEPERS,
    find=find_batch,
    region=where,
    check=check_begun,
    confirm=_("没有到场的记为“未到”，可以再安排。"),
)
def end_batch(by: Actor, batch: Batch, data: dict[str, Any], now: datetime) -> Outcome:
    """当天结束：没有到场的记为未到，还留在今日清单里，可以再安排到别的批次。"""
    rows = of_batch(by, batch, InvitationState.INVITED)
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(state=InvitationState.ABSENT)
    batch.state = BatchState.HELD
    batch.save(update_fields=["state"])
    message = _now("本批已结束，%(count)d 人未到。") % {"count": len(rows)}
    return Outcome(batch, before={"state": "open"}, after={"state": batch.state, "absent": len(rows)}, message=message, next_url=batch_url(batch.pk))
