"""The hospital answers, the patient comes or does not, is admitted. For a hospital that does not work here the community writes it down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.referrals.actions.base import CLINICIANS, carry, find_referral, hospital_side, tell_community, told, where
from weimin.referrals.forms_referral import Accept, Admit, Arrive, Decline, Miss
from weimin.referrals.models import Referral, State
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


@register("referrals.accept", label=_("同意接收"), form=Accept, roles=CLINICIANS, find=find_referral, region=where, check=hospital_side(State.SENT))
def accept(by: Actor, referral: Referral, data: dict[str, Any], now: datetime) -> Outcome:
    """同意接收，写明科室、医生和预约日期，社区医生马上看到。"""
    start, today = referral.state, timezone.localdate(now)
    referral.state, referral.answered_at = State.ACCEPTED, now
    referral.department, referral.hospital_doctor, referral.appointment_on = data["department"], data["hospital_doctor"], data["appointment_on"]
    carry(referral, "referrals.accept", start, by, now, today, due_on=referral.appointment_on)
    tell_community(referral, _("医院同意接收一位病人，预约日期 %(day)s。"), now, today, day=referral.appointment_on)
    return told(referral, start, _now("已同意接收，社区医生会收到消息。"))


@register("referrals.decline", label=_("不能接收"), form=Decline, roles=CLINICIANS, find=find_referral, region=where, check=hospital_side(State.SENT))
def decline(by: Actor, referral: Referral, data: dict[str, Any], now: datetime) -> Outcome:
    """不能接收，写明原因和建议，社区另行安排。"""
    start, today = referral.state, timezone.localdate(now)
    referral.state, referral.answered_at, referral.declined_reason = State.DECLINED, now, data["reason"]
    carry(referral, "referrals.decline", start, by, now, today)
    tell_community(referral, _("医院不能接收一位病人，请另行安排。"), now, today)
    return told(referral, start, _now("已答复，由社区另行安排。"))


ARRIVING = (State.SENT, State.ACCEPTED, State.MISSED)


@register("referrals.arrive", label=_("登记到院"), form=Arrive, roles=CLINICIANS, find=find_referral, region=where, check=hospital_side(*ARRIVING))
def arrive(by: Actor, referral: Referral, data: dict[str, Any], now: datetime) -> Outcome:
    """病人到了；紧急的不用等答复。办了住院的一并登记。"""
    start, today = referral.state, timezone.localdate(now)
    referral.state, referral.arrived_on, referral.hospital_number = State.ARRIVED, data["arrived_on"], data["hospital_number"]
    referral.answered_at = referral.answered_at or now
    if data["admitted"]:
        referral.admitted_on = data["arrived_on"]
    carry(referral, "referrals.arrive", start, by, now, today)
    tell_community(referral, _("转去的一位病人已经到院。"), now, today)
    return told(referral, start, _now("已登记到院。"), admitted=bool(data["admitted"]))


@register("referrals.miss", label=_("登记没有到院"), form=Miss, roles=CLINICIANS, find=find_referral, region=where, check=hospital_side(State.ACCEPTED))
def miss(by: Actor, referral: Referral, data: dict[str, Any], now: datetime) -> Outcome:
    """预约了没有来，交给社区去问。"""
    start, today = referral.state, timezone.localdate(now)
    referral.state, referral.end_note = State.MISSED, data["note"]
    carry(referral, "referrals.miss", start, by, now, today)
    tell_community(referral, _("一位病人预约了没有到院，请问清情况。"), now, today)
    return told(referral, start, _now("已登记，由社区去问。"))


def check_admittable(referral: Referral, actor: Actor, now: datetime) -> None:
    hospital_side(State.ARRIVED)(referral, actor, now)
    if referral.admitted_on is not None:
        raise RuleBroken(_now("已在 %(day)s 登记住院。") % {"day": referral.admitted_on})


@register("referrals.admit", label=_("登记住院"), form=Admit, roles=CLINICIANS, find=find_referral, region=where, check=check_admittable)
def admit(by: Actor, referral: Referral, data: dict[str, Any], now: datetime) -> Outcome:
    """门诊看过后收住院的，补登入院日期。"""
    referral.admitted_on, referral.hospital_number = data["admitted_on"], data["hospital_number"] or referral.hospital_number
    referral.save(update_fields=["admitted_on", "hospital_number"])
    return told(referral, "", _now("已登记住院。"), admitted=True)
