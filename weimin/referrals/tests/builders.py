"""Pairings, referrals in any state and summaries, for tests of this and higher rooms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from weimin.flows.models import NEVER
from weimin.health.models import HealthRecord
from weimin.health.tests.builders import make_record
from weimin.referrals.models import Pairing, Referral, Summary, SupportVisit
from weimin.residents.tests.builders import NOW, TODAY

HOSPITAL = "县人民医院"
PAST = {
    "arrived": ("arrived",),
    "returned": ("arrived", "returned"),
    "received": ("arrived", "returned", "received"),
    "closed": ("arrived", "returned", "received"),
}


def make_pairing(region: int, hospital: str = HOSPITAL, **over: Any) -> Pairing:
    facts: dict[str, Any] = {"institution": f"{region}卫生院", "from_on": date(2026, 1, 1), "specialities": "心内科", **over}
    return Pairing.objects.create(region=region, hospital=hospital, **facts)


def make_support(pairing: Pairing, **over: Any) -> SupportVisit:
    facts: dict[str, Any] = {
        "on": date(2026, 11, 2),
        "days": 2,
        "doctors": "王主任",
        "work": "坐诊、带教",
        "patients": 30,
        "entered_by": "李医生",
        "entered_at": NOW,
        **over,
    }
    return SupportVisit.objects.create(region=pairing.region, pairing=pairing, **facts)


def make_referral(record: HealthRecord | int, state: str = "sent", **over: Any) -> Referral:
    """Sent ten days ago; for later states with the days that lead there. A region makes the record too."""
    found = make_record(record) if isinstance(record, int) else record
    days = {"arrived": TODAY - timedelta(days=8), "returned": TODAY - timedelta(days=3), "received": TODAY - timedelta(days=2)}
    facts: dict[str, Any] = {
        "direction": "up", "urgency": "ordinary", "unit": "大坡村卫生室", "doctor_name": "李医生", "hospital": HOSPITAL, "department": "心内科", "reason": "血压没有控制好",
        "impression": "高血压 2 级", "sent_at": NOW - timedelta(days=10), "follow_by": TODAY + timedelta(days=4), "wait_until": NEVER,
        **{f"{step}_on": days[step] for step in PAST.get(state, ())}, **({"closed_on": TODAY} if state in ("closed", "cancelled") else {}), **over,
    }  # fmt: skip
    referral = Referral.objects.create(region=found.region, resident=found.resident, record=found, state=state, **facts)
    if referral.returned_on:
        make_summary(referral)
    return referral


def make_summary(referral: Referral, **over: Any) -> Summary:
    facts: dict[str, Any] = {
        "diagnosis": "高血压 2 级", "results": "心电图正常", "treatment": "调整用药", "drugs": "氨氯地平 每天1次", "rehabilitation": "低盐饮食", "doctor_name": "王主任",
        "visit_by": TODAY + timedelta(days=10), "written_by": "王主任", "written_at": NOW, **over,
    }  # fmt: skip
    return Summary.objects.create(referral=referral, region=referral.region, **facts)
