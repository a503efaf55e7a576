"""A plan with a batch and an invitation, an examination and what of it is followed; every word carries the mark."""

from __future__ import annotations

from typing import Any

from weimin.examinations.tests.builders import make_batch, make_examination, make_follow_up, make_invitation, make_plan
from weimin.health.tests.builders import make_record


def one_of_examinations(village: int, mark: str) -> dict[str, Any]:
    """pk of each kind of record; `mark` goes into every name and remark."""
    record = make_record(village, mark or "冉体检")
    plan = make_plan(village, title=f"{mark}2026 年健康体检", place=mark, made_by=mark or "李医生")
    batch = make_batch(plan, place=f"{mark}村卫生室", doctor_name=mark)
    invitation = make_invitation(plan, record, batch, refusal_note=mark)
    examination = make_examination(record, invitation=invitation, doctor_name=mark or "李医生", findings={"remark": mark, "hospital": mark})
    row = make_follow_up(record, examination=examination, recall_note=mark, closing_note=mark)
    return {"examination_plan": plan.pk, "examination_batch": batch.pk, "invitation": invitation.pk, "examination": examination.pk, "abnormal": row.pk}
