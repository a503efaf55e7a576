"""Somebody under care cannot be reached, is found again, or comes back after the end (A-19, A-44)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.health.actions.base import KEEPERS, where
from weimin.health.actions.care import at, find_care, replan, told
from weimin.health.forms_care import FindAgain, LoseTrack, ReopenCare
from weimin.health.judging import order
from weimin.health.missing import drop_call
from weimin.health.models import Care, CareState, EndReason, NextFrom
from weimin.health.rules_chain import Order
from weimin.health.standards import standard
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

BACK = ["state", "since_on", "ended_on", "end_reason", "next_on", "last_on", "last_outcome", "anew_on"]


def see_soon(care: Care, on: date) -> None:
    """Who was out of sight is seen within so many days (A-17)."""
    order([care], Order(on + timedelta(days=standard("calendar", on).days("returned_days")), on, NextFrom.RETURNED))


@register("health.lose_track", label=_("登记失访"), form=LoseTrack, roles=KEEPERS, find=find_care, region=where, check=at("managed"))
def lose_track(by: Actor, care: Care, data: dict[str, Any], now: datetime) -> Outcome:
    """联系不上的登记失访和原因：不再排随访，控制率按未达标算，找到后恢复。"""
    care.state, care.lost_on, care.lost_reason, care.next_on = CareState.LOST, data["on"], data["why"], None
    care.save(update_fields=["state", "lost_on", "lost_reason", "next_on"])
    replan(by, care.record, now)
    if not Care.objects.visible_to(by).filter(record=care.record, state=CareState.MANAGED).exists():
        drop_call(care.record, by, now, "health.lose_track")
    return told(care, _now("已登记失访。找到后请登记恢复。"), why=data["why"])


@register("health.find_again", label=_("失访找到"), form=FindAgain, roles=KEEPERS, find=find_care, region=where, check=at("lost"))
def find_again(by: Actor, care: Care, data: dict[str, Any], now: datetime) -> Outcome:
    """失访的人找到了，恢复管理，两周内随访一次；管理年限接着算。"""
    care.state = CareState.MANAGED
    care.save(update_fields=["state"])
    see_soon(care, data["on"])
    replan(by, care.record, now)
    return told(care, _now("已恢复管理，两周内随访一次。"))


def check_reopenable(care: Care, actor: Actor, now: datetime) -> None:
    at("ended")(care, actor, now)
    if care.end_reason == EndReason.EXCLUDED:
        raise RuleBroken(_now("已经排除诊断。新发现的，请重新做筛查登记。"))
    if Care.objects.visible_to(actor).filter(record=care.record_id, programme=care.programme).exclude(state=CareState.ENDED).exists():
        raise RuleBroken(_now("这一类已经在管理或待确诊，不用再登记。"))


@register("health.reopen_care", label=_("恢复管理"), form=ReopenCare, roles=KEEPERS, find=find_care, region=where, check=check_reopenable)
def reopen_care(by: Actor, care: Care, data: dict[str, Any], now: datetime) -> Outcome:
    """结案后又回来的，从恢复那天起管理；结案登记有误的，按原来的日期恢复。"""
    mistaken = data["mistaken"] and care.since_on is not None
    before = {"ended_on": str(care.ended_on), "why": care.end_reason}
    care.state, care.ended_on, care.end_reason, care.next_on = CareState.MANAGED, None, "", None
    if not mistaken:
        care.since_on = care.anew_on = data["on"]
        care.last_on, care.last_outcome = None, ""
    care.save(update_fields=BACK)
    see_soon(care, timezone.localdate(now))
    replan(by, care.record, now)
    outcome = told(care, _now("已恢复管理，两周内随访一次。"), mistaken=bool(mistaken))
    return Outcome(care, before=before, after=outcome.after, reason=data["reason"], message=outcome.message, next_url=outcome.next_url)
