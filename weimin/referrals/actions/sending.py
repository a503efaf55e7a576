"""Up to the hospital: sent, sent again, cancelled, asked after (A-11, A-14, A-17, A-27)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.health.models import HealthRecord
from weimin.referrals.actions.base import KEEPERS, at, carry, find_referral, tell_hospital, told, where
from weimin.referrals.desks import hospital_desk, own_unit
from weimin.referrals.dues import drop_follow_up, owe_two_weeks, settle_follow_up, touch
from weimin.referrals.forms_referral import Cancel, FollowUp, ReferUp, SendAgain
from weimin.referrals.limits import days
from weimin.referrals.models import ON_THE_WAY, Direction, EndReason, Referral, State
from weimin.referrals.rules import follow_by
from weimin.regions.queries import names
from weimin.residents.models import Resident, ResidentStatus
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken
from weimin.walls.questions import Question

WRITTEN = ("urgency", "department", "reason", "impression", "present", "past", "treatment", "doctor_phone")
UNDER_WAY = Question(Referral, lambda rows, resident: rows.filter(resident=resident, state__in=ON_THE_WAY).values("pk")[:1])
OPEN = tuple(State(state) for state in State if state not in (State.CLOSED, State.CANCELLED))


def find_patient(actor: Actor, pk: Any) -> Resident:
    """The resident, locked, with `file`: the health record, or None."""
    resident = Resident.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=pk)
    resident.file = HealthRecord.objects.visible_to(actor).select_for_update().filter(resident=resident).first()  # type: ignore[attr-defined]
    return resident


def check_nobody_else_has(resident: Resident, actor: Actor, now: datetime) -> None:
    """A living resident who is not on the way already. Only whether there is one is asked, of whatever hospital."""
    if resident.status != ResidentStatus.LIVING:
        raise RuleBroken(_now("这位居民现在是“%(status)s”，不能转诊。") % {"status": resident.get_status_display()})
    waits = getattr(resident, "on_the_way", None)  # a list has asked for all of its people at once
    if waits or (waits is None and UNDER_WAY(actor, resident.pk)):
        raise RuleBroken(_now("这位居民有一次转诊还没有转回，先办完那一次。"))


def unit_of(by: Actor, region: int) -> str:
    """The unit of the post, else the name of the place."""
    return own_unit(by) or names({region})[region]


@register(
    "referrals.refer_up",
    label=_("上转"),
    form=ReferUp,
    roles=KEEPERS,
    find=find_patient,
    region=where,
    check=check_nobody_else_has,
    template="referrals/form.html",
)
def refer_up(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """把居民转到医院：随访结果、用药和既往史自动填好，医院按时限答复，两周内追踪。"""
    today = timezone.localdate(now)
    referral = Referral(
        region=resident.region, resident=resident, record=resident.file, direction=Direction.UP, state=State.SENT, unit=unit_of(by, resident.region),  # type: ignore[attr-defined]
        doctor=by.person, doctor_name=by.name or by.role, hospital=data["to"], pairing=data["pairing"], attended=hospital_desk(data["to"], today).attended,
        grounds=data["grounds"], sent_at=now, wait_until=now, follow_by=follow_by(today, days("follow_up", today)), **{name: data[name] for name in WRITTEN},
    )  # fmt: skip
    referral.save()
    carry(referral, "referrals.refer_up", "", by, now, today)
    owe_two_weeks(referral, today)
    touch(referral.record, today)
    tell_hospital(referral, _("有一位病人要转来，请答复能不能接收。"), now, today)
    message = _now("已发给医院，等候答复；请在 %(day)s 前追踪结果。") % {"day": referral.follow_by}
    if not referral.attended:
        message = _now("已登记。这家医院不在本系统里，请电话联系后由您登记答复；%(day)s 前追踪结果。") % {"day": referral.follow_by}
    return told(referral, "", message, urgency=referral.urgency)


@register(
    "referrals.send_again", label=_("另行转诊"), form=SendAgain, roles=KEEPERS, find=find_referral, region=where, check=at(State.DECLINED, State.MISSED),
    template="referrals/form.html",
)  # fmt: skip
def send_again(by: Actor, referral: Referral, data: dict[str, Any], now: datetime) -> Outcome:
    """医院不能接或病人没有去的，转往另一家医院或重新预约；写过的不用再写。"""
    start, today = referral.state, timezone.localdate(now)
    referral.state, referral.hospital, referral.pairing = State.SENT, data["to"], data["pairing"]
    referral.urgency, referral.department = data["urgency"], data["department"]
    referral.attended = hospital_desk(referral.hospital, today).attended
    referral.answered_at = referral.appointment_on = None
    referral.hospital_doctor = referral.declined_reason = ""
    if referral.followed_on is not None:  # what was asked was said of the other hospital
        referral.followed_on, referral.follow_result, referral.follow_by = None, "", follow_by(today, days("follow_up", today))
        owe_two_weeks(referral, today)
    carry(referral, "referrals.send_again", start, by, now, today)
    tell_hospital(referral, _("有一位病人要转来，请答复能不能接收。"), now, today)
    return told(referral, start, _now("已重新发出，等候答复。"))


@register(
    "referrals.cancel", label=_("取消转诊"), form=Cancel, roles=KEEPERS, find=find_referral, region=where, check=at(State.SENT, State.ACCEPTED, State.DECLINED)
)
def cancel(by: Actor, referral: Referral, data: dict[str, Any], now: datetime) -> Outcome:
    """不用转诊了，写明原因；医院会收到消息。"""
    start, today = referral.state, timezone.localdate(now)
    referral.state, referral.closed_on, referral.end_note = State.CANCELLED, today, data["reason"]
    carry(referral, "referrals.cancel", start, by, now, today)
    drop_follow_up(referral, today)
    tell_hospital(referral, _("一次转诊已取消，不用再等。"), now, today)
    return told(referral, start, _now("已取消。"))


def check_to_follow(referral: Referral, actor: Actor, now: datetime) -> None:
    if not referral.is_up:
        raise RuleBroken(_now("从医院转回的，不用追踪转诊结果。"))
    if referral.state != State.CLOSED or referral.end_reason == EndReason.DEAD:  # what the hospital ended is still asked about
        at(*OPEN)(referral, actor, now)
    if referral.followed_on is not None:
        raise RuleBroken(_now("已在 %(day)s 追踪过。") % {"day": referral.followed_on})


@register("referrals.follow_up", label=_("追踪结果"), form=FollowUp, roles=KEEPERS, find=find_referral, region=where, check=check_to_follow)
def follow_up(by: Actor, referral: Referral, data: dict[str, Any], now: datetime) -> Outcome:
    """转诊两周内主动问清结果：去了没有、医院怎么说。"""
    referral.followed_on, referral.follow_result, referral.follow_note = data["on"], data["result"], data["note"]
    referral.save(update_fields=["followed_on", "follow_result", "follow_note"])
    settle_follow_up(referral, data["on"])
    touch(referral.record, data["on"])
    return told(referral, "", _now("追踪结果已登记。"), followed_on=str(data["on"]))
