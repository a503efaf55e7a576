"""The chain of a public-health emergency: from hop to hop two hours (A-52)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.calendars.clock import due
from weimin.calendars.queries import calendar_for
from weimin.epidemics.actions.base import LEADS, check_open, find_outbreak, signed, where
from weimin.epidemics.finding import with_chain
from weimin.epidemics.flow import CHAIN, hop_on, outbreak_url
from weimin.epidemics.forms.outbreaks import DeclareEmergency, ReportUp
from weimin.epidemics.models import ChainState, Hop, Outbreak
from weimin.flows.steps import move, open_step
from weimin.messages.sending import send
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

NEXT = {ChainState.TO_BUREAU: ChainState.TO_GOVERNMENT, ChainState.TO_GOVERNMENT: ChainState.TOLD}


def find_with_chain(actor: Actor, pk: Any) -> Outbreak:
    return with_chain(find_outbreak(actor, pk))


def check_undeclared(outbreak: Outbreak, actor: Actor, now: datetime) -> None:
    check_open(outbreak, actor, now)
    if outbreak.chain:
        raise RuleBroken(_now("已经按突发公共卫生事件报告。"))


@in_chinese
def title_of(outbreak: Outbreak) -> str:
    return _now("突发公共卫生事件报告：%(name)s") % {"name": outbreak.name}


@register(
    "epidemics.declare_emergency", label=_("按突发事件报告"), form=DeclareEmergency, roles=LEADS, find=find_outbreak, region=where, check=check_undeclared
)
def declare_emergency(by: Actor, outbreak: Outbreak, data: dict[str, Any], now: datetime) -> Outcome:
    """达到突发公共卫生事件标准的，从发现起 2 小时内报县级卫健部门，再 2 小时内报政府和上一级。"""
    outbreak.chain = ChainState.TO_BUREAU
    outbreak.save(update_fields=["chain"])
    title, limit = title_of(outbreak), hop_on(timezone.localdate(data["found_at"]))
    open_step(CHAIN, ChainState.TO_BUREAU, outbreak, title=title, region=outbreak.region, now=data["found_at"], limit=limit)
    for role in ("institution", "health_bureau"):
        send(role, outbreak.region, title, outbreak_url(outbreak.pk), now, urgent=True)
    after = {"chain": outbreak.chain}
    return Outcome(
        outbreak,
        after=after,
        reason=data["reason"],
        message=_now("已开始计时，请在 %(hours)d 小时内报告。") % {"hours": limit.value},
        next_url=outbreak_url(outbreak.pk),
    )


def check_chain(outbreak: Outbreak, actor: Actor, now: datetime) -> None:
    if outbreak.chain not in NEXT:
        raise RuleBroken(_now("没有待报的突发事件环节。"))
    if outbreak.chain == ChainState.TO_GOVERNMENT and actor.role == "institution":
        raise RuleBroken(_now("这一环由县级卫健部门报告。"))


@register("epidemics.report_up", label=_("登记上报"), form=ReportUp, roles=LEADS, find=find_with_chain, region=where, check=check_chain)
def report_up(by: Actor, outbreak: Outbreak, data: dict[str, Any], now: datetime) -> Outcome:
    """登记向谁、什么时间、用什么方式报告；下一环从这个时间起再计 2 小时。"""
    link, since = outbreak.chain, outbreak.chain_since  # type: ignore[attr-defined]
    limit = hop_on(timezone.localdate(since))
    end = due(limit, since, calendar_for(outbreak.region)).at
    facts = {"told": data["told"], "way": data["way"], "told_at": data["told_at"], "due_at": end, "by": signed(by)}
    hop = Hop.objects.create(region=outbreak.region, outbreak=outbreak, link=link, **facts)
    outbreak.chain = NEXT[ChainState(link)]
    outbreak.save(update_fields=["chain"])
    title = title_of(outbreak)
    move(
        outbreak,
        CHAIN,
        "epidemics.report_up",
        link,
        outbreak.chain,
        by,
        data["told_at"],
        title=title,
        region=outbreak.region,
        limit=hop_on(timezone.localdate(data["told_at"])),
    )
    message = _now("已登记，按时报告。") if hop.on_time else _now("已登记，超过 %(hours)d 小时。") % {"hours": limit.value}
    return Outcome(outbreak, after={"chain": outbreak.chain, "on_time": hop.on_time}, message=message, next_url=outbreak_url(outbreak.pk))
