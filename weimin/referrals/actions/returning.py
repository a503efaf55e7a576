"""Back for recovery: the hospital's summary, the community receives and visits, the end (康复回社区)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.referrals.actions.base import CLINICIANS, KEEPERS, at, carry, find_referral, hospital_side, tell_community, told, where
from weimin.referrals.actions.sending import check_nobody_else_has, find_patient, unit_of
from weimin.referrals.desks import own_hospital, own_unit, pairings_of
from weimin.referrals.dues import drop_follow_up, plan_recovery, settle_follow_up, touch
from weimin.referrals.forms_return import Close, Receive, ReferDown, SummaryForm
from weimin.referrals.models import Direction, EndReason, FollowResult, Referral, State, Summary
from weimin.regions.queries import names
from weimin.residents.models import Resident
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

HEARD = {
    EndReason.RECOVERED: FollowResult.BACK, EndReason.GONE_HOME: FollowResult.TREATED, EndReason.ELSEWHERE: FollowResult.ADMITTED,
    EndReason.OTHER: FollowResult.TREATED,
}  # fmt: skip
SAID = ("diagnosis", "results", "treatment", "drugs", "rehabilitation", "next_steps", "visit_by", "doctor_name", "doctor_phone")


def write_summary(referral: Referral, data: dict[str, Any], by: Actor, now: datetime) -> None:
    facts = {name: data[name] for name in SAID}
    Summary.objects.create(referral=referral, region=referral.region, written_by=by.name or by.role, written_at=now, **facts)


@register(
    "referrals.send_back", label=_("转回社区"), form=SummaryForm, roles=CLINICIANS, find=find_referral, region=where, check=hospital_side(State.ARRIVED),
    template="referrals/form.html",
)  # fmt: skip
def send_back(by: Actor, referral: Referral, data: dict[str, Any], now: datetime) -> Outcome:
    """病情稳定后转回社区康复：写明检查、治疗、用药和康复建议，社区按日期随访。"""
    start, today = referral.state, timezone.localdate(now)
    referral.state, referral.returned_on = State.RETURNED, data["returned_on"]
    referral.hospital_number = data["hospital_number"] or referral.hospital_number
    write_summary(referral, data, by, now)
    carry(referral, "referrals.send_back", start, by, now, today)
    tell_community(referral, _("医院转回一位病人，请接收并安排康复随访。"), now, today)
    return told(referral, start, _now("已转回社区。"))


@register(
    "referrals.refer_down", label=_("下转"), form=ReferDown, roles=["hospital"], find=find_patient, region=where, check=check_nobody_else_has,
    template="referrals/form.html",
)  # fmt: skip
def refer_down(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """没有经社区上转、自己来看病的居民，病情稳定后转回其社区康复。"""
    today, hospital = timezone.localdate(now), own_hospital(by) or unit_of(by, by.low)
    paired = next((one for one in pairings_of(resident.region, today) if one.hospital == hospital), None)
    referral = Referral(
        region=resident.region, resident=resident, record=resident.file, direction=Direction.DOWN, state=State.RETURNED, hospital=hospital, sent_at=now,  # type: ignore[attr-defined]
        unit=paired.institution if paired else names({resident.region})[resident.region], pairing=paired, department=data["department"],
        hospital_number=data["hospital_number"], hospital_doctor=data["doctor_name"], admitted_on=data["admitted_on"], returned_on=data["returned_on"],
        doctor=resident.file.doctor if resident.file else None, wait_until=now,  # type: ignore[attr-defined]
    )  # fmt: skip
    referral.save()
    write_summary(referral, data, by, now)
    carry(referral, "referrals.refer_down", "", by, now, today)
    tell_community(referral, _("医院转回一位病人，请接收并安排康复随访。"), now, today)
    return told(referral, "", _now("已转到社区，社区医生会收到消息。"))


@register("referrals.receive", label=_("接收"), form=Receive, roles=KEEPERS, find=find_referral, region=where, check=at(State.RETURNED))
def receive(by: Actor, referral: Referral, data: dict[str, Any], now: datetime) -> Outcome:
    """看过医院的小结，接收病人；随访自动提前到医院写的日期之前。"""
    start, today = referral.state, timezone.localdate(now)
    referral.state, referral.received_on = State.RECEIVED, today
    if referral.is_up and referral.followed_on is None:
        referral.followed_on, referral.follow_result = today, FollowResult.BACK
    if not referral.is_up:
        referral.doctor, referral.doctor_name, referral.unit = by.person, by.name or by.role, own_unit(by) or referral.unit
    settle_follow_up(referral, today)
    plan_recovery(referral, referral.returned_on or today, data["visit_by"], today)
    touch(referral.record, today)
    carry(referral, "referrals.receive", start, by, now, today, due_on=data["visit_by"])
    return told(referral, start, _now("已接收，请在 %(day)s 前做康复随访。") % {"day": data["visit_by"]})


def check_ending(referral: Referral, actor: Actor, now: datetime) -> None:
    """Who was sent back, or did not come, is in the community's hands: the hospital does not end that."""
    at(State.MISSED, State.ARRIVED, State.RETURNED, State.RECEIVED)(referral, actor, now)
    if actor.role == "hospital" and referral.state != State.ARRIVED:
        raise RuleBroken(_now("病人现在由社区负责，请由社区医生结束。"))


def heard(referral: Referral, why: str, today: date) -> None:
    """Whoever ends a referral in the community knows what became of the patient."""
    if referral.is_up and referral.followed_on is None and why in HEARD:
        result = HEARD[EndReason(why)]
        stayed_away = result == FollowResult.TREATED and referral.arrived_on is None
        referral.followed_on, referral.follow_result = today, FollowResult.NOT_GONE if stayed_away else result


@register("referrals.close", label=_("结束转诊"), form=Close, roles=CLINICIANS, find=find_referral, region=where, check=check_ending)
def close(by: Actor, referral: Referral, data: dict[str, Any], now: datetime) -> Outcome:
    """康复随访做完了，或者病人自行出院、转往别处、死亡，这次转诊到此结束；医院结束的，社区还要问清结果。"""
    start, today, by_hospital = referral.state, timezone.localdate(now), by.role == "hospital"
    referral.state, referral.closed_on, referral.end_reason, referral.end_note = State.CLOSED, today, data["why"], data["note"]
    referral.visited_on = data["visited_on"] or referral.visited_on
    if by_hospital:
        tell_community(referral, _("医院结束了一位病人的转诊，请看原因，问清病人的情况。"), now, today)
    else:
        heard(referral, data["why"], today)
    carry(referral, "referrals.close", start, by, now, today)
    if data["why"] == EndReason.DEAD:
        drop_follow_up(referral, today)
    elif not by_hospital:  # else it is still asked about
        settle_follow_up(referral, data["visited_on"] or today)
    return told(referral, start, _now("这次转诊已结束。"), why=data["why"])
