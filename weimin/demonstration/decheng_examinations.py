# text: data
"""The yearly examination of one community in the demonstration: a plan, two batches, results, one finding closed and one that cannot wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from weimin.demonstration.stage import Stage
from weimin.examinations.models import AbnormalFollowUp, Batch, ExaminationPlan, Invitation
from weimin.walls.session import entered

PLANNED_DAYS_AGO, HELD_DAYS_AGO, CLOSED_DAYS_AGO, AHEAD_DAYS = 40, 21, 4, 6
SEATS = 8
HEALTHY = {
    "symptoms": ["1"], "temperature": "36.4", "pulse": "72", "breath": "18", "left_systolic": "126", "left_diastolic": "76", "right_systolic": "124", "right_diastolic": "74",
    "height": "162", "weight": "60", "waist": "80", "self_health": "2", "care_eating": "0", "care_washing": "0", "care_dressing": "0", "care_toilet": "0",
    "care_moving": "0", "cognition": "1", "mood": "1", "exercise": "2", "diet": ["1"], "smoking": "1", "drinking": "1", "hemoglobin": "138", "leukocyte": "6.2",
    "platelet": "210", "urine_protein": "1", "urine_glucose": "1", "fasting": "5.4", "hba1c": "5.6", "alt": "20", "ast": "22", "bilirubin": "12.0",
    "creatinine": "70", "urea": "5.2", "cholesterol": "4.60", "triglyceride": "1.20", "ldl": "2.60", "hdl": "1.40", "ecg": "1", "ultrasound": "1", "chest_dr": "1",
    "risk_control": ["4"],
}  # fmt: skip
FATTY = {"alt": "112", "ast": "84", "ultrasound": "2", "ultrasound_what": "脂肪肝", "weight": "78", "drinking": "3", "risk_control": ["2", "3", "5"]}
SUGAR = {"fasting": "17.4", "hba1c": "9.8", "urine_glucose": "5", "guidance": ["2", "3"]}
RESULTS: tuple[dict[str, Any], ...] = ({}, FATTY, SUGAR)
SETTLED = {"result_alt": "treated", "result_ast": "treated", "result_ultrasound": "treated", "note": "戒酒、减重，肝功能复查正常"}


def examine(stage: Stage, village: int) -> None:
    doctor = ("doctor", village)
    plan = make_plan(stage, doctor, village)
    held = add_batches(stage, doctor, plan)
    stage.act(doctor, "examinations.distribute", {}, HELD_DAYS_AGO + 10, target=plan.pk)
    people = people_of(stage, held)
    refusal = {"refusal": "elsewhere", "refusal_note": "单位已体检", "on": day(stage, HELD_DAYS_AGO + 5)}
    stage.act(doctor, "examinations.refuse", refusal, HELD_DAYS_AGO + 5, target=people[-1].pk)
    came = {"came": [str(row.pk) for row in people[: len(RESULTS) + 1]]}
    stage.act(doctor, "examinations.check_in", came, HELD_DAYS_AGO, target=held.pk)
    for row, over in zip(people, RESULTS, strict=False):
        stage.act(doctor, "examinations.record", {**HEALTHY, **over, "on": day(stage, HELD_DAYS_AGO)}, HELD_DAYS_AGO - 1, target=row.record_id)
    stage.act(doctor, "examinations.end_batch", {}, HELD_DAYS_AGO - 1, target=held.pk)
    close_one(stage, doctor)


def make_plan(stage: Stage, doctor: tuple[str, int], village: int) -> ExaminationPlan:
    """For the year in which its first batch lies, whatever day the demonstration is begun on."""
    year = stage.moment(HELD_DAYS_AGO).year
    facts = {"region": str(village), "year": str(year), "groups": ["elderly", "hypertension", "diabetes"], "from_age": "60", "place": "社区卫生服务站"}
    days = {"starts_on": max(day(stage, PLANNED_DAYS_AGO), f"{year}-01-01"), "ends_on": f"{year}-12-31"}
    stage.act(doctor, "examinations.make_plan", facts | days, PLANNED_DAYS_AGO)
    with entered(stage.whole):
        return ExaminationPlan.objects.get(region=village, year=year)


def add_batches(stage: Stage, doctor: tuple[str, int], plan: ExaminationPlan) -> Batch:
    """One that was held and one to come; answers the first."""
    coming = min((stage.today + timedelta(days=AHEAD_DAYS)).isoformat(), plan.ends_on.isoformat())
    for on in (day(stage, HELD_DAYS_AGO), coming):
        facts = {"region": str(plan.region), "on": on, "hours": "7:30—11:00", "place": "社区卫生服务站", "capacity": str(SEATS), "doctor_name": ""}
        stage.act(doctor, "examinations.add_batch", facts, PLANNED_DAYS_AGO - 1, target=plan.pk)
    with entered(stage.whole):
        return Batch.objects.filter(plan=plan).order_by("on", "pk")[0]


def people_of(stage: Stage, batch: Batch) -> list[Invitation]:
    with entered(stage.whole):
        return list(Invitation.objects.filter(batch=batch).order_by("pk"))


def close_one(stage: Stage, doctor: tuple[str, int]) -> None:
    """The fatty liver was rechecked and treated; the high sugar still waits to be called back."""
    with entered(stage.whole):
        row = AbnormalFollowUp.objects.filter(region=doctor[1], rank=1).first()
    if row is not None:
        told = {"on": day(stage, HELD_DAYS_AGO - 3), "note": "电话告知本人，约一周后复查"}
        stage.act(doctor, "examinations.recall", told, HELD_DAYS_AGO - 3, target=row.pk)
        stage.act(doctor, "examinations.recheck", SETTLED | {"on": day(stage, CLOSED_DAYS_AGO)}, CLOSED_DAYS_AGO, target=row.pk)


def day(stage: Stage, days_ago: int) -> str:
    return stage.moment(days_ago).date().isoformat()
