"""Identity numbers (H-01, H-22) and the readings of names."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.residents.rules import IdFacts, check_id_number, check_phone, facts_of_id_number, names_of, upgraded

TODAY = date(2026, 11, 23)
SOUND = [
    ("11010519491231002X", "id_card"), ("11010519491231002x", "id_card"), (" 110105 19491231 002X", "id_card"), ("１１０１０５１９４９１２３１００２Ｘ", "id_card"),
    ("E12345678", "passport"), ("H12345678", "hong_kong_macao"), ("810000199408230021", "hong_kong_macao"), ("830000199201300022", "taiwan"),
    ("12345678", "taiwan"), ("ABC123456789012", "foreign_permanent"), ("", "none"),
]  # fmt: skip
WRONG = [
    ("110105194912310021", "id_card", "校验位"), ("11010519491331002X", "id_card", "不是真实的日期"), ("11010519490230002X", "id_card", "不是真实的日期"),
    ("1101051949123100", "id_card", "16 位"), ("110105491231002", "id_card", "15 位旧号码"), ("11010519491231002Y", "id_card", "数字或 X"),
    ("99010519491231002X", "id_card", "前两位“99”"), ("110105202612310028", "id_card", "晚于今天"), ("", "id_card", "请填写"), ("E1", "passport", "护照"),
    ("110105194912310021", "taiwan", "830000"), ("X123", "hong_kong_macao", "18 位"), ("11010519491231002X", "foreign_permanent", "以 9 开头"),
    ("11010519491231002X", "none", "不用填"),
]  # fmt: skip


@pytest.mark.req("A1")
@pytest.mark.parametrize(("number", "kind"), SOUND)
def test_a_sound_number_of_each_kind_is_taken(number, kind):
    assert check_id_number(number, kind, TODAY) == ""


@pytest.mark.req("A1")
@pytest.mark.parametrize(("number", "kind", "said"), WRONG)
def test_what_is_wrong_with_a_number_is_said(number, kind, said):
    assert said in check_id_number(number, kind, TODAY)


def test_a_number_tells_region_birth_and_gender():
    assert facts_of_id_number("11010519491231002X") == IdFacts(110105, date(1949, 12, 31), "f")
    assert facts_of_id_number("E12345678") is None


def test_an_old_number_becomes_the_new_one():
    assert upgraded("110105491231002") == "11010519491231002X"
    assert upgraded("E12345678") == "E12345678"


@pytest.mark.parametrize(("number", "sound"), [("13912345678", True), ("02358881234", True), ("12912345678", False), ("139123", False), ("", True)])
def test_phones_are_mobile_or_with_area_code(number, sound):
    assert (check_phone(number) == "") is sound


@pytest.mark.req("A1")
@pytest.mark.parametrize(
    ("name", "given", "pinyin", "initials", "other"),
    [
        ("张小红", "小红", "zhangxiaohong", "zxh", ""),
        ("单小红", "小红", "shanxiaohong", "sxh", "danxiaohong"),
        ("曾国", "国", "zengguo", "zg", "cengguo"),
        ("解放", "放", "xiefang", "xf", "jiefang"),
        ("仇和", "和", "qiuhe", "qh", "chouhe"),
        ("区志", "志", "ouzhi", "oz", "quzhi"),
        ("查良", "良", "zhaliang", "zl", "chaliang"),
        ("张乐", "乐", "zhangle", "zl", "zhangyue"),
        ("欧阳小红", "小红", "ouyangxiaohong", "oyxh", ""),
        ("尉迟恭", "恭", "yuchigong", "ycg", "weichigong"),
        ("买买提·艾力", "艾力", "maimaitiaili", "mmtal", ""),
        ("John Smith", "smith", "johnsmith", "js", ""),
        ("红", "", "hong", "h", ""),
    ],
)
def test_a_name_is_read_as_people_type_it(name, given, pinyin, initials, other):
    columns = names_of(name)
    assert (columns.given, columns.pinyin, columns.initials, columns.pinyin_other) == (given, pinyin, initials, other)
