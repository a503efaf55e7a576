"""The way to the hospital and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weimin.actions.examples import Example
from weimin.health.tests.builders import make_record
from weimin.referrals.tests.builders import HOSPITAL, make_referral
from weimin.residents.tests.builders import make_resident
from weimin.sites.tests.examples import village
from weimin.walls.actor import Actor

Build = Callable[[Actor, int], tuple[Any, dict[str, Any]]]
UP = {
    "urgency": "emergency", "elsewhere": HOSPITAL, "department": "心内科", "reason": "血压达到危急值", "impression": "高血压 3 级", "present": "血压 186/112",
    "past": "没有", "treatment": "卡托普利 舌下含服", "doctor_phone": "13800001111",
}  # fmt: skip
SUMMARY = {
    "returned_on": "2026-11-21", "hospital_number": "Z2026001", "diagnosis": "高血压 3 级", "results": "心电图：左室高电压", "treatment": "降压、调脂", "drugs": "氨氯地平 每天1次",
    "rehabilitation": "低盐饮食，每天量血压", "next_steps": "一个月后复查", "visit_by": "2026-11-30", "doctor_name": "王主任", "doctor_phone": "02300001111",
}  # fmt: skip


def somebody(data: dict[str, Any]) -> Build:
    return lambda actor, region: (make_resident(village(region)).pk, dict(data))


def a_record(data: dict[str, Any], state: str = "") -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        record = make_record(village(region))
        if state:
            make_referral(record, state)
        return record.resident_id, dict(data)

    return build


def a_referral(state: str, data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_referral(village(region), state, **over).pk, dict(data))


EXAMPLES = {
    "referrals.refer_up": Example("doctor", a_record(UP)),
    "referrals.send_again": Example("doctor", a_referral("declined", {"urgency": "ordinary", "elsewhere": "县中医院", "department": "心内科"})),
    "referrals.cancel": Example("doctor", a_referral("sent", {"reason": "本人不愿去"})),
    "referrals.follow_up": Example("doctor", a_referral("accepted", {"on": "2026-11-20", "result": "treated", "note": "已开药"})),
    "referrals.accept": Example("hospital", a_referral("sent", {"department": "心内科", "hospital_doctor": "王主任", "appointment_on": "2026-11-24"})),
    "referrals.decline": Example("hospital", a_referral("sent", {"reason": "没有床位，建议转市医院"})),
    "referrals.arrive": Example("hospital", a_referral("accepted", {"arrived_on": "2026-11-20", "admitted": "on", "hospital_number": "Z2026001"})),
    "referrals.miss": Example("hospital", a_referral("accepted", {"note": "电话里说改天来"})),
    "referrals.admit": Example("hospital", a_referral("arrived", {"admitted_on": "2026-11-20", "hospital_number": "Z2026001"})),
    "referrals.send_back": Example("hospital", a_referral("arrived", SUMMARY)),
    "referrals.refer_down": Example("hospital", somebody({**SUMMARY, "admitted_on": "2026-11-10", "department": "康复科"}), wrong=a_record(SUMMARY, "sent")),
    "referrals.receive": Example("doctor", a_referral("returned", {"visit_by": "2026-11-30"})),
    "referrals.close": Example("doctor", a_referral("received", {"why": "recovered", "visited_on": "2026-11-22", "note": ""})),
}
