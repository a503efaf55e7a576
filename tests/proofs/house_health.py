"""A health record with care, something due, a visit that is to be checked, self-care, a record that was merged into it; every word carries the mark."""

from __future__ import annotations

from typing import Any

from weimin.health.models import RecordMerge
from weimin.health.tests.builders import make_care, make_check, make_due, make_record, make_self_care, make_visit
from weimin.residents.tests.builders import NOW


def one_of_health(village: int, mark: str) -> dict[str, Any]:
    """pk of each kind of record; `mark` goes into every name and remark."""
    record = make_record(village, mark or "冉桂兰", opened_by=mark or "李医生", personal={"employer": mark}, personal_on="2026-05-01")
    make_care(record, confirmed_at=mark)
    make_due(record, reason=mark)
    visit = make_visit(record, doctor_name=mark or "李医生", findings={"remark": mark}, medication=[{"name": mark, "use": mark}])
    make_self_care(record, assessed_by=mark or "李医生")
    RecordMerge.objects.create(region=village, record=make_record(village, mark or "冉桂兰"), into=record, moved={"said": mark}, merged_at=NOW)
    return {"health_record": record.pk, "value_check": make_check(visit, answer=mark).pk}
