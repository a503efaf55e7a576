"""Records with everything, and bundles of them, for tests of this and higher rooms."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.act import act
from weimin.actions.models import Receipt
from weimin.examinations.tests.builders import HIGH_PRESSURE, make_examination, make_follow_up
from weimin.exchange.collecting import collect
from weimin.exchange.models import Exchange
from weimin.exchange.packing import digest, packed, to_json, unpacked
from weimin.exchange.rules_bundle import Content, Sender, build
from weimin.health.models import Care, Due, HealthRecord, SelfCare, VisitOutcome
from weimin.health.tests.builders import make_care, make_due, make_record, make_visit
from weimin.referrals.models import Referral
from weimin.referrals.tests.builders import make_referral
from weimin.residents.tests.builders import NOW
from weimin.walls.actor import Actor, system_actor
from weimin.walls.tenancy import here

PERSONAL = {"blood": "1", "illness": ["2", "3"], "contact": "冉大山", "employer": ""}
FINDINGS = {"hypertension_symptoms": ["1"], "adherence": "1", "smoking": 3, "remark": "<b>头晕</b>", "signs": ["headache"], "adverse": True}
SENDER = Sender("11111111-2222-3333-4444-555555555555", NOW, "王医生", "医生 · 板溪镇", "板溪镇卫生院", "迁往外县，随迁移交", True)


def make_full_record(region: int, name: str = "冉桂兰", **over: Any) -> HealthRecord:
    """A record in which every kind of row and every column has something."""
    record = make_record(region, name, personal=PERSONAL, personal_on=date(2026, 5, 1), touched_on=date(2026, 11, 1), **over)
    late = {"last_on": date(2026, 11, 1), "last_outcome": "satisfied"}
    care = make_care(
        record, grade="2 级", found_on=date(2024, 3, 1), confirmed_on=date(2024, 3, 9), confirmed_at="县医院", target={"systolic": 130, "diastolic": 80}, **late
    )
    make_care(record, "diabetes", target={"fasting": "6.5"}, anew_on=date(2026, 1, 5))
    make_care(record, "elderly", state="ended", ended_on=date(2026, 2, 1), end_reason="other", next_on=None)
    values = {
        "pulse": 71,
        "weight": Decimal("62.5"),
        "fasting": Decimal("6.1"),
        "temperature": Decimal("36.6"),
        "findings": FINDINGS,
        "programmes": ["hypertension", "diabetes"],
    }
    first = make_visit(record, on=date(2026, 8, 1), medication=[{"name": "氨氯地平", "use": "每天1次 每次5mg"}, {"name": "二甲双胍", "use": ""}], **values)
    make_visit(record, on=date(2026, 8, 1), corrects=first, systolic=142, outcome="unsatisfied", **values)
    make_visit(record)
    make_due(record, reason="两周内复查", urgent=True)
    make_due(
        record, kind="examination", programmes=(), state="done", done_on=date(2026, 6, 1), on_time=True, from_on=date(2026, 1, 1), due_on=date(2026, 12, 31)
    )
    make_others(record)
    wanted = {
        "ordered_on": date(2026, 12, 3),
        "ordered_since": date(2026, 11, 20),
        "ordered_from": "hospital",
        "next_on": date(2026, 12, 3),
        "next_from": "hospital",
    }
    Care.objects.filter(record=record, state="managed").update(**wanted, ordered_referral=Referral.objects.get(record=record).pk)
    VisitOutcome.objects.filter(visit__record=record, outcome="satisfied").update(chosen_on=date(2026, 12, 1))
    Due.objects.filter(record=record, kind="visit").update(source="hospital")
    SelfCare.objects.create(
        region=region, record=record, on=date(2026, 4, 1), scores={"eating": 0, "washing": 3}, total=3, grade="independent", assessed_by="李医生"
    )
    assert care.pk
    return record


def make_others(record: HealthRecord) -> None:
    """Examinations with what is followed, and a referral that came back, in every column."""
    blood = {
        "hemoglobin": 131,
        "leukocyte": Decimal("5.25"),
        "fasting": Decimal("6.1"),
        "creatinine": Decimal("78.5"),
        "urea": Decimal("5.31"),
        "ldl": Decimal("3.05"),
    }
    words = {"symptoms": ["2", "3"], "exercise": "1", "exercise_minutes": 30, "sight_left": 4.8, "exposure_what": "<i>粉尘</i>"}
    first = make_examination(record, on=date(2026, 6, 1), findings=words, abnormal=[HIGH_PRESSURE], self_care=3, complete=True, **blood)
    make_examination(record, on=date(2026, 6, 1), corrects=first, findings=words, abnormal=[HIGH_PRESSURE], weight=Decimal("57.5"))
    recheck = [{"on": "2026-06-20", "by": "李医生", "results": {"pressure": "138/86"}, "note": ""}]
    ended = {
        "state": "closed",
        "closed_on": date(2026, 6, 21),
        "closing": "normal",
        "closing_note": "已复查",
        "rechecks": recheck,
        "recalled_on": date(2026, 6, 3),
    }
    make_follow_up(record, examination=first, recall_note="电话通知", **ended)
    notes = {
        "follow_note": "已住院",
        "follow_result": "admitted",
        "followed_on": date(2026, 11, 15),
        "grounds": ["pressure_crisis"],
        "present": "头痛三天\n加重半天",
    }
    make_referral(
        record, "received", admitted_on=date(2026, 11, 15), hospital_number="Z001", answered_at=NOW, hospital_doctor="王主任", urgency="emergency", **notes
    )


def content_of(record: HealthRecord) -> Content:
    return collect(system_actor(), record, here().code).content


def bundle_of(record: HealthRecord, sender: Sender = SENDER) -> dict[str, Any]:
    return build(content_of(record), sender)


def upload(bundle: dict[str, Any] | bytes, name: str = "bundle.json") -> SimpleUploadedFile:
    raw = bundle if isinstance(bundle, bytes) else to_json(bundle)
    return SimpleUploadedFile(name, raw, "application/json")


def bring(who: Actor, bundle: dict[str, Any] | bytes, key: str = "up") -> Exchange:
    """The bundle as somebody uploads it; it waits."""
    receipt = act(who, "exchange.upload_bundle", {}, key, files={"bundle": upload(bundle)}, now=NOW)
    return Exchange.objects.get(pk=receipt.subject_id)


def take_in(who: Actor, exchange: Exchange, key: str = "in", **chosen: Any) -> Receipt:
    return act(who, "exchange.apply_bundle", chosen, key, target=exchange.pk, now=NOW)


def make_waiting(region: int, document: dict[str, Any], **over: Any) -> Exchange:
    """A bundle that waits, without the action."""
    raw = to_json(document)
    facts = {"way": "in", "state": "waiting", "bundle": "urn:x|" + digest(raw)[:20], "release": "R5", "person": 1, "person_name": "李医生", "at": NOW, **over}
    return Exchange.objects.create(region=region, size=len(raw), digest=digest(raw), content=packed(raw), **facts)


def file_of(exchange: Exchange) -> dict[str, Any]:
    return dict(json.loads(unpacked(exchange.content)))
