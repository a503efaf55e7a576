"""An institution with everything in each township of the house; every word that a person typed carries the mark."""

from __future__ import annotations

from typing import Any

from weimin.institutions.models import StaffPost
from weimin.institutions.tests.builders import make_bulletin, make_inspection, make_institution, make_rating, make_report, make_round, make_star


def one_of_institutions(village: int, mark: str) -> dict[str, Any]:
    """pk of each kind of record; `mark` goes into every name and remark."""
    institution = make_institution(village, f"{mark}卫生服务中心", villages=(village,), licence_number=mark, insured_by=mark, insured_document=mark)
    StaffPost.objects.create(institution=institution, region=village, kind="doctor", approved=4, reported=3)
    make_star(institution, name=f"{mark}星级机构", granted_by=mark or "省卫生厅", document=mark)
    make_report(institution, reported_by=mark or "李院长")
    inspection = make_inspection(institution, "rectifying", planned_by=mark or "王科长", note=mark)
    typed = {"opinion": mark, "held_by": mark or "王科长", "signed_by": mark or "李院长", "rectified_note": mark}
    held = make_round(inspection, {"rules": 0, "plates": 0}, **typed)
    rating = make_rating(institution, statement=mark, applied_by=mark or "李院长")
    return {"institution": institution.pk, "inspection": inspection.pk, "inspection_round": held.pk, "star_rating": rating.pk}


def issued() -> dict[str, Any]:
    """What goes to everybody: a quarterly bulletin."""
    return {"quarter_bulletin": make_bulletin().pk}
