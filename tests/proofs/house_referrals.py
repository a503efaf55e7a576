"""A pairing with support, a referral that waits and one that came back; every word carries the mark."""

from __future__ import annotations

from typing import Any

from weimin.health.tests.builders import make_record
from weimin.referrals.tests.builders import make_pairing, make_referral, make_summary, make_support


def one_of_referrals(village: int, mark: str) -> dict[str, Any]:
    """pk of each; `mark` goes into every name and remark."""
    hospital = f"{mark}县人民医院"
    pairing = make_pairing(
        village, hospital, institution=f"{mark}卫生院{village}", agreement=mark, contact=mark, contact_phone=mark, specialities=mark or "心内科"
    )
    make_support(pairing, doctors=mark or "王主任", work=mark or "坐诊", speciality=mark, entered_by=mark or "李医生")
    words = dict.fromkeys(("reason", "impression", "present", "past", "treatment", "doctor_name", "unit", "department"), mark or "高血压")
    waiting = make_referral(make_record(village, f"{mark}田大山"), hospital=hospital, pairing=pairing, **words)
    back = make_referral(make_record(village, f"{mark}田小山"), "arrived", hospital=hospital, hospital_doctor=mark, hospital_number=mark, **words)
    said = dict.fromkeys(("diagnosis", "results", "treatment", "drugs", "rehabilitation", "next_steps", "doctor_name", "written_by"), mark or "稳定")
    type(back).objects.filter(pk=back.pk).update(state="returned", returned_on=back.arrived_on)
    make_summary(back, **said)
    return {"referral": waiting.pk, "returned_referral": back.pk, "pairing": pairing.pk}
