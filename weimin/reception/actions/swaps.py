"""Two people change half-days: proposed, agreed by the other, approved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.reception.actions.duties import check_free, drop_swaps, roster_url
from weimin.reception.actions.finding import KEEPERS, where
from weimin.reception.actions.telling import APPROVED, REFUSED, tell_both, tell_keeper, tell_other
from weimin.reception.figures import SWAP_NEEDS_APPROVAL
from weimin.reception.forms.duties import Decision, SwapForm
from weimin.reception.models import Duty, DutySwap
from weimin.staffing.models import Worker
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

SITTERS = ("window", "village", "township")


def find_duty(actor: Actor, pk: Any) -> Duty:
    rows = Duty.objects.visible_to(actor).select_for_update(of=("self",))
    return rows.select_related("window__site", "worker").get(pk=pk)


def find_swap(actor: Actor, pk: Any) -> DutySwap:
    """The swap with both duties locked, the lower number first, so that two decisions wait for each other."""
    found = DutySwap.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=pk)
    rows = Duty.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk__in=[found.mine_id, found.theirs_id])
    duties = {row.pk: row for row in rows.select_related("window__site", "worker").order_by("pk")}
    found.mine, found.theirs = duties[found.mine_id], duties[found.theirs_id]
    return found


def is_self(actor: Actor, worker: Worker | None) -> bool:
    """Whether the actor may speak for a worker: it is them, or the worker has no account and the desk writes it down."""
    return worker is not None and (worker.person_id is None or worker.person_id == actor.person)


def check_to_come(duty: Duty, now: datetime) -> None:
    if duty.on < timezone.localdate(now):
        raise RuleBroken(_now("这个班已经过去。"))
    if duty.worker is None:
        raise RuleBroken(_now("这个班没有人值，请直接指定值班人。"))


def check_proposable(duty: Duty, actor: Actor, now: datetime) -> None:
    check_to_come(duty, now)
    if not is_self(actor, duty.worker):
        raise RuleBroken(_now("只能换自己的班。"))
    if duty.swapping or (duty.swapping is None and DutySwap.objects.filter(mine=duty, state__in=["proposed", "agreed"]).exists()):
        raise RuleBroken(_now("这个班已经提出换班，还没有结果。"))


@register("reception.propose_swap", label=_("提出换班"), form=SwapForm, roles=SITTERS, find=find_duty, region=where, check=check_proposable)
def propose_swap(by: Actor, duty: Duty, data: dict[str, Any], now: datetime) -> Outcome:
    """提出和同事换一个班；对方同意、批准后生效。"""
    theirs = Duty.objects.visible_to(by).select_related("worker", "window").get(pk=data["theirs"])
    swap = DutySwap.objects.create(region=duty.region, mine=duty, theirs=theirs, reason=data["reason"], proposed_by=by.name, proposed_at=now)
    tell_other(swap, roster_url(duty.window.site_id, theirs.on), now)
    return told(swap, duty, {}, _now("已提出，等对方同意。"))


def url_of(swap: DutySwap) -> str:
    return roster_url(swap.mine.window.site_id, swap.mine.on)


def told(swap: DutySwap, mine: Duty, before: dict[str, Any], message: Any, reason: str = "") -> Outcome:
    after = {"state": swap.state, "mine": str(mine), "theirs": str(swap.theirs)}
    return Outcome(swap, before=before, after=after, message=message, reason=reason, next_url=roster_url(mine.window.site_id, mine.on))


def check_state(swap: DutySwap, now: datetime, *states: str) -> None:
    if swap.state not in states:
        raise RuleBroken(_now("换班现在是“%(state)s”，不能办理这一步。") % {"state": swap.get_state_display()})
    for duty in (swap.mine, swap.theirs):
        check_to_come(duty, now)


def check_agreeable(swap: DutySwap, actor: Actor, now: datetime) -> None:
    check_state(swap, now, "proposed")
    if not is_self(actor, swap.theirs.worker):
        raise RuleBroken(_now("要由对方本人同意。"))


@register("reception.agree_swap", label=_("同意换班"), roles=SITTERS, find=find_swap, region=where, check=check_agreeable)
def agree_swap(by: Actor, swap: DutySwap, data: dict[str, Any], now: datetime) -> Outcome:
    """对方同意换班；没有账号的人由值班窗口代为登记。"""
    swap.state, swap.agreed_by, swap.agreed_at = "agreed", by.name, now
    swap.save()
    if not SWAP_NEEDS_APPROVAL:
        return approve(by, swap, now)
    tell_keeper(swap, url_of(swap), now)
    return told(swap, swap.mine, {"state": "proposed"}, _now("已同意，等批准。"))


def approve(by: Actor, swap: DutySwap, now: datetime) -> Outcome:
    """Both seats change hands; nobody sits at two sites because of it. Other swaps that were proposed about them are over."""
    mine, theirs = swap.mine, swap.theirs
    assert mine.worker is not None and theirs.worker is not None  # check_to_come
    check_free(by, theirs.worker, mine.window.site, mine.on, mine.half)
    check_free(by, mine.worker, theirs.window.site, theirs.on, theirs.half)
    mine.worker, theirs.worker = theirs.worker, mine.worker
    mine.instead_of, theirs.instead_of = theirs.worker, mine.worker
    for duty in (mine, theirs):
        duty.note = _now("换班")
        duty.save()
    drop_swaps([mine.pk, theirs.pk], by, now, but=swap.pk)
    swap.state, swap.decided_by, swap.decided_at = "approved", by.name, now
    swap.save()
    tell_both(swap, theirs.worker, mine.worker, APPROVED, url_of(swap), now)  # the seats have changed hands above
    return told(swap, mine, {"state": "agreed"}, _now("已换班。"))


@register(
    "reception.approve_swap", label=_("批准换班"), roles=KEEPERS, find=find_swap, region=where,
    check=lambda swap, actor, now: check_state(swap, now, "agreed"),
)  # fmt: skip
def approve_swap(by: Actor, swap: DutySwap, data: dict[str, Any], now: datetime) -> Outcome:
    """批准换班，值班表随即改过来。"""
    return approve(by, swap, now)


def check_refusable(swap: DutySwap, actor: Actor, now: datetime) -> None:
    check_state(swap, now, "proposed", "agreed")
    if swap.state == "proposed" and actor.role == "window" and not is_self(actor, swap.theirs.worker):
        raise RuleBroken(_now("要由对方本人决定。"))


@register(
    "reception.refuse_swap", label=_("不同意换班"), form=Decision, roles=(*KEEPERS, "window"), find=find_swap, region=where, check=check_refusable,
)  # fmt: skip
def refuse_swap(by: Actor, swap: DutySwap, data: dict[str, Any], now: datetime) -> Outcome:
    """对方或负责人不同意换班，写明理由。"""
    before = swap.state
    swap.state, swap.decided_by, swap.decided_at, swap.decision = "refused", by.name, now, data["reason"]
    swap.save()
    tell_both(swap, swap.mine.worker, swap.theirs.worker, REFUSED, url_of(swap), now)
    return told(swap, swap.mine, {"state": before}, _now("已登记。"), data["reason"])


def check_withdrawable(swap: DutySwap, actor: Actor, now: datetime) -> None:
    check_state(swap, now, "proposed", "agreed")
    if not is_self(actor, swap.mine.worker):
        raise RuleBroken(_now("要由提出的人撤回。"))


@register("reception.withdraw_swap", label=_("撤回换班"), roles=SITTERS, find=find_swap, region=where, check=check_withdrawable)
def withdraw_swap(by: Actor, swap: DutySwap, data: dict[str, Any], now: datetime) -> Outcome:
    """提出的人撤回换班。"""
    before = swap.state
    swap.state, swap.decided_by, swap.decided_at = "withdrawn", by.name, now
    swap.save()
    return told(swap, swap.mine, {"state": before}, _now("已撤回。"))
