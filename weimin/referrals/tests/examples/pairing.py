"""Pairings and their support."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from weimin.actions.examples import Example
from weimin.referrals.tests.builders import make_pairing, make_support
from weimin.sites.tests.examples import village
from weimin.walls.actor import Actor

Build = Callable[[Actor, int], tuple[Any, dict[str, Any]]]
TERMS = {
    "from_on": "2026-01-01",
    "until_on": "2028-12-31",
    "agreement": "对口支援协议",
    "specialities": "心内科、康复科",
    "days_a_year": "48",
    "contact": "王主任",
}
SUPPORT = {"on": "2026-11-20", "days": "2", "doctors": "王主任", "speciality": "心内科", "work": "坐诊、带教", "patients": "35"}
OVER: dict[str, Any] = {"ended_on": date(2026, 6, 1), "end_reason": "期满"}


def named(actor: Actor, region: int) -> tuple[None, dict[str, Any]]:
    return None, {**TERMS, "institution": "大坡村卫生室", "place": str(village(region)), "elsewhere": "县中医院"}


def a_pairing(data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_pairing(village(region), **over).pk, dict(data))


def a_support(data: dict[str, Any]) -> Build:
    return lambda actor, region: (make_support(make_pairing(village(region))).pk, dict(data))


EXAMPLES = {
    "referrals.agree_pairing": Example("health_bureau", named),
    "referrals.change_pairing": Example("health_bureau", a_pairing(TERMS), wrong=a_pairing(TERMS, **OVER)),
    "referrals.end_pairing": Example("health_bureau", a_pairing({"on": "2026-11-20", "reason": "医院停诊"})),
    "referrals.record_support": Example("hospital", a_pairing(SUPPORT), wrong=a_pairing(SUPPORT, **OVER)),
    "referrals.withdraw_support": Example("hospital", a_support({"reason": "登记重复"})),
}
