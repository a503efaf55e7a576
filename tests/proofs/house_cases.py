"""Cases of a township: one on its way with a paper, a notice, an office asked, an extension asked; every word carries the mark."""

from __future__ import annotations

from typing import Any

from weimin.cases.models import AgentChange, AgentChangeLine, CaseMaterial, CaseNotice, Extension, IssuedPaper, JointReview
from weimin.cases.papers_setting import Writing
from weimin.cases.tests.agency_builders import make_agent, make_errand, make_held, make_mandate, put_case_under
from weimin.cases.tests.builders import NOW, make_case, make_item_version
from weimin.cases.tests.rating_builders import make_rating
from weimin.catalogue.models import Item

ITEM = "CV0001"
BUNDLE = ("FM0014", "FM0005")  # 育儿补贴一件事


def one_of_cases(village: int, mark: str) -> dict[str, Any]:
    """pk of each kind of record; `mark` goes into every name and remark."""
    case = make_case(village, "review", applicant_name=mark or "冉桂兰", address=mark, note=mark, organisation=mark, received_by=mark or "张三")
    make_case(village)  # an item with the code that the intake pages are asked for
    for code in BUNDLE:
        if not Item.objects.filter(code=code).exists():
            make_item_version(code=code)
    CaseMaterial.objects.filter(case=case).update(note=mark, source=mark)
    CaseNotice.objects.create(case=case, region=village, kind="supplement", lines=[{"name": mark}], reason=mark, issued_by=mark or "张三", issued_at=NOW)
    review = JointReview.objects.create(case=case, region=village, office=f"{mark}县自然资源局", role="county_office", asked_at=NOW)
    extension = Extension.objects.create(case=case, region=village, value=5, reason=mark or "外地协查", asked_by=mark or "李四", asked_at=NOW)
    return {"case": case.pk, "case_review": review.pk, "case_extension": extension.pk}


def one_of_agency(village: int, mark: str) -> dict[str, Any]:
    """A mandate with its papers and errands, clients handed over, a paper given out, a bad rating."""
    mandate = make_mandate(
        village, make_agent(village, name=mark or "田小红"), principal_name=mark or "冉桂兰", note=mark, items={ITEM: mark or "高龄津贴申领"}
    )
    make_errand(mandate, what=mark or "取证", place=mark)
    held = make_held(mandate, name=mark or "户口簿")
    case = put_case_under(mandate, "deliver", applicant_name=mark or "冉桂兰", number=f"5002422026112388{village % 10**5:05d}")
    line = {"mandate": mandate.number, "client": mark, "items": [mark], "until": "2027-01-01", "papers": [mark], "errands": [mark]}
    change = AgentChange.objects.create(
        region=village // 1000 * 1000, number=f"YJ{village}", before=mandate.agent, after=make_agent(village, name=mark or "冉光明"), reason=mark or "调离",
        lines=[line], by=mark or "张三", at=NOW,
    )  # fmt: skip
    AgentChangeLine.objects.create(change=change, mandate=mandate, region=village)
    writing = Writing(mark or "受理通知书", mark, case.number, mark).text(mark or "予以受理")
    paper = IssuedPaper.objects.create(
        region=village, kind="acceptance", number=f"{case.number}-SL01", case=case, content=writing.content(), digest="0" * 64, issued_by=mark or "张三", issued_at=NOW
    )  # fmt: skip
    rating = make_rating(village, "contact", words=mark, item_name=mark or "高龄津贴申领", rater_name=mark or "冉桂兰")
    return {"mandate": mandate.pk, "agent_change": change.pk, "case_paper": paper.pk, "rating": rating.pk, "held": held.pk}
