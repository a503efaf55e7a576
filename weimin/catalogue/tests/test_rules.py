"""Rules of an implementation list as tables; the papers of a bundle."""

from __future__ import annotations

import pytest

from weimin.catalogue.content import ItemContent, Material
from weimin.catalogue.rules import faults, faults_of, union_of_materials
from weimin.catalogue.rules_code import official_fault
from weimin.catalogue.tests.builders import content

pytestmark = pytest.mark.req("S1")
DAYS = "workday"


def said(**over) -> list[tuple]:
    return [(path, str(sentence)) for path, sentence in faults(ItemContent.model_validate(content(**over)))]


@pytest.mark.parametrize(
    ("over", "path"),
    [
        ({"promised_limit": {"value": 21, "unit": DAYS}}, ("promised_limit",)),
        ({"promised_limit": {"value": 2, "unit": "month"}}, ("promised_limit",)),
        ({"promised_limit": None}, ("promised_limit",)),
        ({"handling": "instant", "promised_limit": {"value": 2, "unit": DAYS}}, ("promised_limit",)),
        ({"handling": "instant", "promised_limit": None, "steps": [{"key": "accept", "desk": "village"}, {"key": "site_check", "desk": "township"}]}, ("steps", 1, "key")),
        ({"kind": "01", "legal_limit": {"value": 30, "unit": DAYS}}, ("legal_limit",)),
        ({"steps": [{"key": "decide", "desk": "township"}]}, ("steps", 0, "key")),
        ({"steps": [{"key": "accept", "desk": "village"}, {"key": "decide", "desk": "village"}]}, ("steps", 1, "desk")),
        ({"steps": [{"key": "accept", "desk": "village", "limit": {"value": 11}}]}, ("steps",)),
        ({"public_notice_days": 7}, ("public_notice_days",)),
        ({"in_person": True, "in_person_reason": "拍照", "online": False}, ("agent_allowed",)),
        ({"in_person": True, "in_person_reason": "拍照", "agent_allowed": False}, ("online",)),
        ({"in_person_reason": "拍照"}, ("in_person_reason",)),
        ({"power": "entrusted"}, ("entrusted_by",)),
        ({"power": "law", "entrusted_by": "县民政局"}, ("entrusted_by",)),
        ({"official_code": "123"}, ("official_code",)),
        ({"in_person": True, "in_person_reason": "拍照", "agent_allowed": False, "online": False, "visits": 0}, ("visits",)),
        ({"materials": [{"key": "a", "name": "甲表"}, {"key": "a", "name": "乙表"}]}, ("materials", 1, "key")),
        ({"materials": [{"key": "a", "name": "甲表", "deferrable": True}]}, ("materials",)),
    ],
)  # fmt: skip
def test_a_list_that_contradicts_itself_is_refused(over, path) -> None:
    assert [where for where, _sentence in said(**over)] == [path]


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"name": "其他材料"}, "name"),
        ({"name": "其它相关证明"}, "name"),
        ({"name": "户口簿等材料"}, "name"),
        ({"name": "有关资料"}, "name"),
        ({"shared": "公安人口信息"}, "shared"),
        ({"name": "申请表", "deferrable": True}, "deferrable"),
        ({"required": False, "condition": "已婚的", "deferrable": True}, "deferrable"),
        ({"required": False}, "condition"),
        ({"copies": 0}, "copies"),
    ],
)
def test_a_paper_is_named_and_its_marks_agree(over, field) -> None:
    assert [where for where, _sentence in faults_of(Material.model_validate({"key": "x", "name": "结婚照片", **over}))] == [field]


def part(code: str, **over) -> ItemContent:
    return ItemContent.model_validate(content(code=code, materials=[{"key": "card", "name": "户口簿", "origin": "government", **over}]))


def test_the_same_paper_is_asked_for_once_and_as_the_strictest_item_asks() -> None:
    (found,) = union_of_materials([part("AA0001", form="copy", copies=2, shared="公安", deferrable=True), part("AA0002", form="original")])
    row = found.material
    assert (row.form, row.copies, row.shared, row.deferrable, found.codes) == ("original_and_copy", 2, "", False, ("AA0001", "AA0002"))


def test_a_paper_that_one_item_needs_is_needed() -> None:
    (found,) = union_of_materials([part("AA0001", required=False, condition="已婚的"), part("AA0002")])
    assert (found.material.required, found.material.condition) == (True, "")


def test_papers_of_different_names_stay_apart() -> None:
    assert len(union_of_materials([part("AA0001"), part("AA0002", name="家庭成员户口簿")])) == 2


GOOD = "11330000002482090Q3330111001000"  # of a licence; the example of C-04 with the check sign that GB 32100 gives it


@pytest.mark.parametrize("code", ["", "330111001000", GOOD, GOOD + "01", "62052400MZ-XK-0001"])
def test_an_official_code_of_every_kind_is_taken(code: str) -> None:
    assert official_fault(code, "01") == ""


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("33011100100", "现在是 11 位"),
        ("33O111001000", "12 位数字"),
        (GOOD.replace("0Q", "0W", 1), "统一社会信用代码"),
        (GOOD[:18] + "7" + GOOD[19:], "行使层级"),
        (GOOD + "0A", "最后两位"),
        (GOOD + "１１", "最后两位"),
        ("330511001000", "和所选的事项类型"),
        ("339911001000", "和所选的事项类型"),
    ],
)
def test_an_official_code_with_anything_wrong_says_which_part(code: str, part: str) -> None:
    assert part in official_fault(code, "01")
