"""Cases of a township: one on its way with a paper, a notice, an office asked, an extension asked; every word carries the mark."""

from __future__ import annotations

from typing import Any

from weimin.cases.models import CaseMaterial, CaseNotice, Extension, JointReview
from weimin.cases.tests.builders import NOW, make_case

ITEM = "CV0001"


def one_of_cases(village: int, mark: str) -> dict[str, Any]:
    """pk of each kind of record; `mark` goes into every name and remark."""
    case = make_case(village, "review", applicant_name=mark or "冉桂兰", address=mark, note=mark, organisation=mark, received_by=mark or "张三")
    make_case(village)  # an item with the code that the intake pages are asked for
    CaseMaterial.objects.filter(case=case).update(note=mark, source=mark)
    CaseNotice.objects.create(case=case, region=village, kind="supplement", lines=[{"name": mark}], reason=mark, issued_by=mark or "张三", issued_at=NOW)
    review = JointReview.objects.create(case=case, region=village, office=f"{mark}县自然资源局", role="county_office", asked_at=NOW)
    extension = Extension.objects.create(case=case, region=village, value=5, reason=mark or "外地协查", asked_by=mark or "李四", asked_at=NOW)
    return {"case": case.pk, "case_review": review.pk, "case_extension": extension.pk}
