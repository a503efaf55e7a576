"""From screening over the diagnosis to the end of care (H2; A-10, A-11, A-15, A-25, A-40)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.health.actions.base import CLINICIANS, KEEPERS, check_active, find_record, named, record_url, where
from weimin.health.calling import open_due, plan
from weimin.health.flow import UNASKED
from weimin.health.forms_care import CONFIRMED, ConfirmCare, EndCare, ExcludeCare, Screen, SetTarget
from weimin.health.missing import drop_call
from weimin.health.models import Care, CareState, Due, DueKind, DueState, EndReason, HealthRecord, Programme
from weimin.health.standards import standard
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def find_care(actor: Actor, pk: Any) -> Care:
    return Care.objects.visible_to(actor).select_for_update(of=("self",)).select_related("record__resident").get(pk=pk)


def at(*states: str) -> Any:
    """A check: the care is in one of the states and the record is active."""

    def check(care: Care, actor: Actor, now: datetime) -> None:
        check_active(care.record, actor, now)
        if care.state not in states:
            raise RuleBroken(_now("“%(programme)s”现在是“%(state)s”，不能办理这一步。") % {"programme": care, "state": care.get_state_display()})

    return check


def replan(by: Actor, record: HealthRecord, now: datetime) -> None:
    """The calendar anew from all care of the person."""
    plan(record, Care.objects.visible_to(by).filter(record=record), open_due(record), timezone.localdate(now))


def take_in(care: Care, on: date, by: Actor) -> None:
    """Under care from a day on."""
    care.state, care.since_on, care.ended_on, care.end_reason = CareState.MANAGED, on, None, ""
    care.institution = care.record.institution
    care.doctor = care.record.doctor or (by.person if by.role == "doctor" else None)
    care.last_on = care.next_on = None
    care.last_outcome = ""


def ask_for(record: HealthRecord, care: Care, on: date) -> None:
    """What the hospital says of a suspicion is asked within so many days (A-11); several suspicions are asked about together, by the earliest day."""
    due, last = open_due(record, DueKind.REFERRAL), on + timedelta(days=standard("calendar", on).days("referral_days"))
    if due is not None:
        due.programmes, due.due_on = sorted({*due.programmes, care.programme}), max(min(due.due_on, last), due.from_on)
        due.save(update_fields=["programmes", "due_on"])
        return
    days = {"from_on": on, "due_on": last}
    Due.objects.create(region=record.region, record=record, kind=DueKind.REFERRAL, programmes=[care.programme], doctor=record.doctor, urgent=True, **days)


def close_referral(record: HealthRecord, on: date, state: str) -> None:
    due = open_due(record, DueKind.REFERRAL)
    if due is None:
        return
    due.state = state
    if state == DueState.DONE:
        due.done_on, due.on_time = on, on <= due.due_on
    due.save(update_fields=["state", "done_on", "on_time"])


def answered(by: Actor, care: Care, on: date, now: datetime, action: str) -> None:
    """The hospital has said what a suspicion is; what else is suspected is still waited for."""
    left = Care.objects.visible_to(by).filter(record=care.record, state=CareState.SUSPECTED).exclude(pk=care.pk)
    due = open_due(care.record, DueKind.REFERRAL)
    if due is not None and left:
        due.programmes = sorted(one.programme for one in left)
        due.save(update_fields=["programmes"])
        return
    close_referral(care.record, on, DueState.DONE)
    drop_call(care.record, by, now, action, UNASKED)


def told(care: Care, message: Any, **after: Any) -> Outcome:
    """The trail names the person by a masked name and no illness."""
    return Outcome(care, after={"name": named(care.record.resident), "state": care.state, **after}, message=message, next_url=record_url(care.record_id))


@register("health.screen", label=_("筛查登记"), form=Screen, roles=KEEPERS, find=find_record, region=where, check=check_active)
def screen(by: Actor, record: HealthRecord, data: dict[str, Any], now: datetime) -> Outcome:
    """登记筛查发现的人：可疑的请上级确诊并追踪结果，已确诊的直接纳入管理。"""
    on, today = data["found_on"], timezone.localdate(now)
    facts = {"programme": data["programme"], "found_on": on, "grade": data["grade"], "state": CareState.SUSPECTED}
    care = Care(region=record.region, record=record, institution=record.institution, **facts)
    if data["verdict"] == CONFIRMED:
        care.confirmed_on, care.confirmed_at = on, data["confirmed_at"]
        take_in(care, today, by)
        care.save()
        replan(by, record, now)
        return told(care, _now("已纳入管理，下次随访已排好。"))
    care.save()
    ask_for(record, care, on)
    return told(care, _now("已登记，请在两周内问清确诊结果。"))


@register("health.confirm_care", label=_("确诊纳入管理"), form=ConfirmCare, roles=CLINICIANS, find=find_care, region=where, check=at("suspected"))
def confirm_care(by: Actor, care: Care, data: dict[str, Any], now: datetime) -> Outcome:
    """确诊后纳入管理，首次随访自动排期。"""
    if Care.objects.filter(record=care.record, programme=care.programme).exclude(state=CareState.ENDED).exclude(pk=care.pk).exists():
        raise RuleBroken(_now("这一类已经在管理或待确诊，不用再登记。"))
    care.confirmed_on, care.confirmed_at, care.grade = data["confirmed_on"], data["confirmed_at"], data["grade"] or care.grade
    take_in(care, timezone.localdate(now), by)
    care.save()
    answered(by, care, data["confirmed_on"], now, "health.confirm_care")
    replan(by, care.record, now)
    return told(care, _now("已纳入管理，下次随访已排好。"))


@register("health.exclude", label=_("排除诊断"), form=ExcludeCare, roles=CLINICIANS, find=find_care, region=where, check=at("suspected"))
def exclude(by: Actor, care: Care, data: dict[str, Any], now: datetime) -> Outcome:
    """上级医院排除了诊断，登记结案，不再追踪。"""
    care.state, care.ended_on, care.end_reason, care.confirmed_at = CareState.ENDED, data["on"], EndReason.EXCLUDED, data["excluded_at"]
    care.save(update_fields=["state", "ended_on", "end_reason", "confirmed_at"])
    answered(by, care, data["on"], now, "health.exclude")
    return told(care, _now("已登记排除诊断。"))


@register("health.end_care", label=_("结案"), form=EndCare, roles=KEEPERS, find=find_care, region=where, check=at("managed", "lost"))
def end_care(by: Actor, care: Care, data: dict[str, Any], now: datetime) -> Outcome:
    """死亡、迁出、拒绝管理等，结束这一类管理，排好的随访随之调整。"""
    care.state, care.ended_on, care.end_reason, care.next_on = CareState.ENDED, data["on"], data["why"], None
    care.save(update_fields=["state", "ended_on", "end_reason", "next_on"])
    replan(by, care.record, now)
    return told(care, _now("已结案。"), why=data["why"])


def check_has_target(care: Care, actor: Actor, now: datetime) -> None:
    at("managed")(care, actor, now)
    if care.programme not in (Programme.HYPERTENSION, Programme.DIABETES):
        raise RuleBroken(_now("这一类管理没有血压、血糖目标。"))


@register("health.set_target", label=_("个体目标"), form=SetTarget, roles=CLINICIANS, find=find_care, region=where, check=check_has_target)
def set_target(by: Actor, care: Care, data: dict[str, Any], now: datetime) -> Outcome:
    """为这位患者单独定血压或血糖目标，以后按它评价；都不填就恢复规范的目标。"""
    care.target = {name: str(data[name]) if name == "fasting" else data[name] for name in ("systolic", "diastolic", "fasting") if data.get(name)}
    care.save(update_fields=["target"])
    return told(care, _now("个体目标已更新。"))
