"""The application form of an item: what stands in it, empty and as an example."""

from __future__ import annotations

from typing import Any

import pytest

from weimin.catalogue.blanks import OPEN, TICKED, blank, example, title_of
from weimin.catalogue.content import ItemContent
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.tests.builders import content
from weimin.papers.content import Heading, KeyValues, Signatures, Table, texts


def version(**over: Any) -> ItemVersion:
    made = ItemVersion(number=1, state="published", data=content(**over))
    made.fingerprint = str(over)
    return made


def said(paper: Any) -> str:
    return "\n".join(words for _where, words in texts(paper))


def headings(paper: Any) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Heading)]


def test_an_empty_form_has_every_paper_with_its_boxes_and_no_invented_word() -> None:
    paper = blank(version(), "示例县")
    [ticks, _later] = [block for block in paper.blocks if isinstance(block, Table)]
    assert [(row[1], row[3]) for row in ticks.rows] == [("居民身份证", "□已交　□免交"), ("居民户口簿", "□已交　□免交"), ("本人银行账户", "□已交　□后补")]
    assert ("示例" in paper.title or "王示例" in said(paper) or TICKED in said(paper)) is False


def test_the_example_is_marked_filled_and_signed() -> None:
    paper = example(version(), "渤海县")
    signed = [one.name for block in paper.blocks if isinstance(block, Signatures) for one in block.people]
    assert (paper.title, paper.footer, signed) == ("高龄津贴申领申请表（示例）", "渤海县　示例", ["王示例", "李示例", "王示例"])
    assert all(words in said(paper) for words in ("都是编的", "1944年3月7日", f"{OPEN}已交　{TICKED}后补"))


def test_an_item_without_agent_or_papers_that_may_follow_has_no_room_for_them() -> None:
    paper = blank(version(agent_allowed=False, materials=[]), "示例县")
    assert headings(paper) == ["申请人", "申请事项", "承诺和签名", "申请材料", "收件情况（由窗口填）"]


def test_a_form_that_the_list_names_gives_the_title_and_a_further_one_its_own_sheet() -> None:
    papers = [{"key": "form", "name": "申请表", "blank": "高龄津贴申请表"}, {"key": "promise", "name": "承诺书", "blank": "诚信承诺书"}]
    paper = blank(version(materials=papers), "示例县")
    assert (paper.title, headings(paper)[-1]) == ("高龄津贴申请表", "诚信承诺书")


@pytest.mark.parametrize(("audience", "labels"), [(["person"], "姓名"), (["enterprise"], "名称"), (["person", "organisation"], "姓名名称")])
def test_the_applicant_is_a_person_a_unit_or_either(audience: list[str], labels: str) -> None:
    paper = blank(version(audience=audience), "示例县")
    begins = [block.pairs[0][0] for block in paper.blocks if isinstance(block, KeyValues)]
    assert "".join(label for label in begins if label in ("姓名", "名称")) == labels


def test_without_a_named_form_the_title_is_made_from_the_item() -> None:
    assert title_of(ItemContent.model_validate(content())) == "高龄津贴申领申请表"
