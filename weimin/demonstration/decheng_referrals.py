# text: data
"""Two-way referral in the demonstration: one hospital paired with two centres; one patient waits for an answer, one is in hospital, one came
back and recovers at home, one was sent down today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from weimin.demonstration.stage import Stage
from weimin.health.models import HealthRecord
from weimin.referrals.models import Pairing, Referral
from weimin.regions.rules import township_of
from weimin.sites.models import Site
from weimin.walls.session import entered

DISTRICT = 371402000000
HOSPITAL, BUREAU = ("hospital", DISTRICT), ("health_bureau", DISTRICT)
NAME = "德城区人民医院"
UP = {
    "hospital": NAME, "department": "心内科", "reason": "两次随访血压都没有控制好", "impression": "高血压 1 级", "present": "近一个月血压 152/84 mmHg，有时头晕。",
    "past": "没有", "treatment": "氨氯地平 每天1次 每次5mg",
}  # fmt: skip
BACK = {
    "hospital_number": "Z20260318", "diagnosis": "高血压 2 级（中危）", "results": "心电图：左室高电压；颈动脉彩超：小斑块；血脂偏高。", "treatment": "联合用药降压，加用他汀。",
    "drugs": "氨氯地平 每天1次 每次5mg\n缬沙坦 每天1次 每次80mg\n阿托伐他汀 每晚1次 每次20mg", "rehabilitation": "低盐低脂饮食，每天早晚量血压，每周走路五次。",
    "next_steps": "一个月后复查血脂和肝功能；血压高于 180/110 马上来院。", "doctor_name": "王主任", "doctor_phone": "05342660000",
}  # fmt: skip


def refer(stage: Stage, villages: list[int]) -> None:
    """Two communities, each with its doctor; the residents' records are there."""
    pair(stage, [township_of(village) for village in villages])
    first, second = (("doctor", village) for village in villages)
    one, other = (patients(stage, village) for village in villages)
    recovering(stage, first, one[4])
    send(stage, second, other[4], 6, "ordinary")
    answer(stage, other[4], 6, 5)
    send(stage, first, one[2], 0, "ordinary")
    down = BACK | {
        "returned_on": day(stage, 0),
        "visit_by": day(stage, -10),
        "admitted_on": day(stage, 12),
        "department": "骨科",
        "diagnosis": "右股骨颈骨折术后",
    }
    stage.act(HOSPITAL, "referrals.refer_down", down, 0, target=one[1].resident_id)


def day(stage: Stage, days_ago: int) -> str:
    on: date = stage.moment(days_ago).date() if days_ago >= 0 else stage.today - timedelta(days=days_ago)
    return on.isoformat()


def patients(stage: Stage, village: int) -> list[HealthRecord]:
    """The first records of a community, in the order in which they were opened."""
    with entered(stage.whole):
        return list(HealthRecord.objects.filter(region=village).order_by("pk")[:6])


def pair(stage: Stage, townships: list[int]) -> None:
    with entered(stage.whole):
        sites = list(Site.objects.filter(region__in=townships, tier="institution").order_by("pk"))
    for site in sites:
        terms = {
            "site": str(site.pk), "hospital": NAME, "from_on": day(stage, 200), "agreement": "对口支援和双向转诊协议", "specialities": "心内科、内分泌科、康复科",
            "days_a_year": "48", "contact": "社区联络科", "contact_phone": "05342660001",
        }  # fmt: skip
        stage.act(BUREAU, "referrals.agree_pairing", terms, 200)
    with entered(stage.whole):
        pairings = list(Pairing.objects.order_by("pk"))
    for place, pairing in enumerate(pairings):
        support = {"on": day(stage, 40 - 10 * place), "days": "2", "doctors": "王主任、李医师", "speciality": "心内科", "work": "坐诊、带教", "patients": "46"}
        stage.act(HOSPITAL, "referrals.record_support", support, 40 - 10 * place, target=pairing.pk)


def send(stage: Stage, doctor: tuple[str, int], record: HealthRecord, days_ago: int, urgency: str) -> None:
    stage.act(doctor, "referrals.refer_up", UP | {"urgency": urgency}, days_ago, target=record.resident_id)


def answer(stage: Stage, record: HealthRecord, days_ago: int, came: int) -> Any:
    """The hospital accepts, the patient comes and is admitted."""
    with entered(stage.whole):
        number = Referral.objects.get(record=record).pk
    accepted = {"department": "心内科", "hospital_doctor": "王主任", "appointment_on": day(stage, came)}
    stage.act(HOSPITAL, "referrals.accept", accepted, days_ago, target=number)
    arrived = {"arrived_on": day(stage, came), "admitted": "on", "hospital_number": "Z20260318"}
    stage.act(HOSPITAL, "referrals.arrive", arrived, came, target=number)
    return number


def recovering(stage: Stage, doctor: tuple[str, int], record: HealthRecord) -> None:
    """Three weeks ago to the hospital, a week ago back, to be visited by the day after tomorrow."""
    send(stage, doctor, record, 21, "ordinary")
    number = answer(stage, record, 21, 20)
    stage.act(HOSPITAL, "referrals.send_back", BACK | {"returned_on": day(stage, 7), "visit_by": day(stage, -2)}, 7, target=number)
    stage.act(doctor, "referrals.receive", {"visit_by": day(stage, -2)}, 6, target=number)
