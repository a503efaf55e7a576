# text: data
"""Record exchange in the demonstration: one record handed over, and one from the neighbouring district that waits to be looked at.

The bundle of the neighbour is made as that district would make it: some of it is new, one visit and two answers are not as they are here.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.demonstration.stage import Stage
from weimin.exchange.collecting import facts_of
from weimin.exchange.packing import to_json
from weimin.exchange.rules_bundle import Content, Sender, build
from weimin.health.models import HealthRecord
from weimin.walls.session import entered

NEIGHBOUR, CENTRE = "urn:weimin:371403000000", "陵城区安德街道社区卫生服务中心"
SAME_DAY_AGO, EARLIER = 115, (420, 330)


def exchange(stage: Stage, village: int) -> None:
    doctor = ("doctor", village)
    with entered(stage.whole):
        leaving, coming = list(HealthRecord.objects.filter(region=village).select_related("resident").order_by("pk")[3:5])
        bundle = build(content(stage, coming), sender(stage))
    stage.act(doctor, "exchange.export_record", {"reason": "本人随子女迁往济南，随迁移交", "release": "R5", "full": "on"}, 1, target=leaving.pk)
    file = SimpleUploadedFile("陵城区健康档案.json", to_json(bundle), "application/json")
    stage.act(doctor, "exchange.upload_bundle", {}, 0, files={"bundle": file})


def content(stage: Stage, record: HealthRecord) -> Content:
    """What the neighbour had: care with its grade, two older visits, one of a day that has one here too."""
    care = {"key": f"{NEIGHBOUR}:care|71", "programme": "hypertension", "state": "managed", "grade": "2 级", "since_on": stage.today - timedelta(days=500)}
    days = [stage.today - timedelta(days=ago) for ago in EARLIER] + [stage.moment(SAME_DAY_AGO).date()]
    visits = [visit(stage, number, on, systolic) for number, (on, systolic) in enumerate(zip(days, (156, 148, 142), strict=True), start=1)]
    facts = {"opened_on": days[0] - timedelta(days=90), "opened_by": "马医生", "state": "active", "personal": {"blood": "1", "rh": "2", "contact": "长子"}}
    person = facts_of(record.resident) | {"number": "37140300110100118"}
    return Content(person, {"key": f"{NEIGHBOUR}:record|118", "personal_on": days[0], **facts}, {"care": [care], "visit": visits})


def visit(stage: Stage, number: int, on: date, systolic: int) -> dict[str, Any]:
    return {
        "key": f"{NEIGHBOUR}:visit|{number}", "on": on, "way": "clinic", "programmes": ["hypertension"], "systolic": systolic, "diastolic": 86, "pulse": 74,
        "findings": {"adherence": "1", "hypertension_symptoms": ["1"]}, "medication": [{"name": "氨氯地平", "use": "每天1次 每次5mg"}], "doctor_name": "马医生",
        "entered_at": stage.moment(SAME_DAY_AGO), "outcomes": [],
    }  # fmt: skip


def sender(stage: Stage) -> Sender:
    return Sender("5f0b4a52-7c1e-4d59-9d0a-2f6f1a7d3371", stage.moment(2), "马医生", "基层医生 · 安德街道", CENTRE, "居民迁往德城区，随迁移交", True)
