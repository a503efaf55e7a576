"""Plans, batches, invitations, examinations and what is followed, for tests of this room and the house."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from weimin.examinations.models import AbnormalFollowUp, Batch, Examination, ExaminationPlan, Invitation
from weimin.health.models import HealthRecord
from weimin.health.tests.builders import make_record
from weimin.residents.tests.builders import NOW, TODAY

HIGH_PRESSURE = {"item": "pressure", "value": "162/94", "why": "pressure_high", "level": "recheck", "within": ""}
CRISIS = {"item": "pressure", "value": "186/112", "why": "pressure_crisis", "level": "urgent", "within": ""}


def make_plan(region: int, **over: Any) -> ExaminationPlan:
    """The plan of 2026 for everybody, from 1 March to 20 December."""
    facts: dict[str, Any] = {
        "year": 2026, "title": "2026 年健康体检", "groups": ["elderly", "hypertension", "diabetes"], "from_age": 65, "place": "村卫生室",
        "starts_on": date(2026, 3, 1), "ends_on": date(2026, 12, 20), "made_by": "李医生", "made_at": NOW, **over,
    }  # fmt: skip
    return ExaminationPlan.objects.create(region=region, **facts)


def make_batch(plan: ExaminationPlan, region: int | None = None, **over: Any) -> Batch:
    """In four days, ten seats, for the plan's own place unless another is given."""
    facts: dict[str, Any] = {"on": TODAY + timedelta(days=4), "hours": "7:30—11:00", "place": "村卫生室", "capacity": 10, "doctor_name": "李医生", **over}
    return Batch.objects.create(plan=plan, region=region or plan.region, **facts)


def make_invitation(plan: ExaminationPlan, record: HealthRecord | None = None, batch: Batch | None = None, **over: Any) -> Invitation:
    """On the list; invited when a batch is given."""
    record = record or make_record(plan.region)
    facts: dict[str, Any] = {"state": "invited" if batch else "listed", "groups": ["elderly"], "listed_on": TODAY, "year": plan.year, **over}
    return Invitation.objects.create(plan=plan, record=record, region=record.region, batch=batch, **facts)


def make_examination(record: HealthRecord, **over: Any) -> Examination:
    """On 1 November 2026, everything in range."""
    facts: dict[str, Any] = {
        "on": date(2026, 11, 1), "left_systolic": 128, "left_diastolic": 78, "right_systolic": 126, "right_diastolic": 76, "height": 158, "weight": 56,
        "bmi": "22.4", "findings": {"symptoms": ["1"]}, "doctor_name": "李医生", "entered_at": NOW, **over,
    }  # fmt: skip
    return Examination.objects.create(record=record, region=record.region, **facts)


def make_follow_up(record: HealthRecord, items: tuple[dict[str, str], ...] = (HIGH_PRESSURE,), **over: Any) -> AbnormalFollowUp:
    """Open since the first of November, to be closed by the end of it."""
    examination = over.pop("examination", None) or make_examination(record, abnormal=list(items))
    facts: dict[str, Any] = {
        "items": list(items), "rank": 0 if any(one["level"] == "urgent" for one in items) else 1, "found_on": examination.on,
        "due_on": examination.on + timedelta(days=29), **over,
    }  # fmt: skip
    return AbnormalFollowUp.objects.create(examination=examination, record=record, region=record.region, **facts)
