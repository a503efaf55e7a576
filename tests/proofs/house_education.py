"""Health education of a township: an activity with quiz and names, materials, a board, a letter, kits; every word carries the mark."""

from __future__ import annotations

from typing import Any

from weimin.education.models import KitReceipt, Letter, SignIn, YearPlan
from weimin.education.tests.builders import (
    NOW,
    TODAY,
    make_activity,
    make_board,
    make_count,
    make_delivery,
    make_handout,
    make_institution,
    make_issue,
    make_letter,
    make_material,
    make_quiz,
    make_stock,
)
from weimin.residents.tests.builders import make_household


def one_of_education(village: int, mark: str) -> dict[str, Any]:
    """pk of each kind of record; `mark` goes into every name and remark."""
    site = make_institution(village, f"{mark}卫生服务站", address=mark)
    words = {"content": mark, "evaluation": mark, "leader": mark, "speaker": mark, "audience": mark}
    activity = make_activity(site, state="held", subject=f"{mark}控油限盐", venue=f"{mark}会议室", **words)
    SignIn.objects.create(region=village, activity=activity, name=f"{mark}冉大山", entered_at=NOW)
    quiz = make_quiz(activity, prizes=mark)
    make_count(quiz, "after", 1, 50, 40)
    make_material(site, f"{mark}健康素养66条", topic=mark)
    board = make_board(site, name=f"{mark}宣传栏", place=f"{mark}门口")
    make_issue(board, subject=f"{mark}手足口病")
    YearPlan.objects.create(region=village, institution=site.pk, year=TODAY.year, level="station", made_by=mark or "李四", made_at=NOW)
    letter = Letter.objects.first() or make_letter()
    make_delivery(letter, village, venue=mark, entered_by=mark or "李四")
    make_stock(site)
    KitReceipt.objects.create(region=village, institution=site.pk, kind="oil_pot", quantity=10, on=TODAY, source=mark, entered_by="李四", entered_at=NOW)
    make_handout(make_household(village, address=f"{mark}幸福小区1号楼", head_name=f"{mark}田大山"), site, received_by=f"{mark}田大山")
    return {"education_site": site.pk, "education_activity": activity.pk, "education_board": board.pk, "education_quiz": quiz.pk}
