"""The catalogue as a workbook: exact there and back, in both languages, and every fault at its cell."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from weimin.catalogue.content import ItemContent
from weimin.catalogue.files import FilesInvalid, shipped
from weimin.catalogue.tests.builders import content
from weimin.catalogue.workbook import read_workbook, to_workbook

pytestmark = [pytest.mark.req("S1"), pytest.mark.req("X5")]
ITEM = content(questions=[["要钱吗？", "不要。"]], steps=[{"key": "accept", "desk": "village"}, {"key": "decide", "desk": "township", "limit": {"value": 3}}])
Change = Callable[[Workbook], object]


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(change: Change) -> bytes:
    book = load_workbook(io.BytesIO(to_workbook([ItemContent.model_validate(ITEM)], "李四")))
    change(book)
    return saved(book)


def put(sheet: str, column: str, value: object, row: int = 2) -> Change:
    def change(book: Workbook) -> None:
        heads = [cell.value for cell in book[sheet][1]]
        book[sheet].cell(row, heads.index(column) + 1).value = value

    return change


def faults_of(change: Change) -> list[str]:
    with pytest.raises(FilesInvalid) as refused:
        read_workbook("目录.xlsx", changed(change))
    return refused.value.lines


@pytest.mark.parametrize(("written", "read"), [("zh-hans", "zh-hans"), ("en", "zh-hans"), ("zh-hans", "en")])
def test_the_shipped_catalogue_comes_back_as_it_went_out_whatever_the_language(written: str, read: str) -> None:
    some = list(shipped())[::5]
    with translation.override(written):
        book = to_workbook(some, "李四")
    with translation.override(read):
        assert read_workbook("目录.xlsx", book) == some


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("事项", "事项编码", "高龄"), "目录.xlsx 第 2 行 “事项”表“事项编码”"),
        (put("事项", "窗口", "三号窗口"), "第 2 行 “事项”表“窗口”：没有“三号窗口”，可以填：党群服务窗口"),
        (put("事项", "承诺期限", "十天"), "第 2 行 “事项”表“承诺期限”：应是整数，现在是“十天”"),
        (put("事项", "承诺期限", 30), "第 2 行 “事项”表“承诺期限”：承诺期限不能比法定期限长"),
        (put("事项", "可以代办", "也许"), "第 2 行 “事项”表“可以代办”：请填“是”或“否”"),
        (put("事项", "官方编码", "12"), "第 2 行 “事项”表“官方编码”：应是 12 位基本编码"),
        (put("材料", "材料名称", "其他材料", 3), "第 3 行 “材料”表“材料名称”：“其他材料”没有说清"),
        (put("材料", "事项编码", "CV9999", 4), "第 4 行 “材料”表“事项编码”：“事项”表里没有这个编码"),
        (put("环节", "岗位", "村（社区）", 3), "第 3 行 “环节”表“岗位”：审批环节的岗位"),
        (put("环节", "环节", "审批"), "第 2 行 “环节”表“环节”：第一个环节应是受理"),
    ],
)
def test_a_fault_is_named_by_sheet_row_and_column(change: Change, said: str) -> None:
    assert any(said in line for line in faults_of(change))


def test_every_fault_of_many_rows_is_told_at_once() -> None:
    def spoil(book: Workbook) -> None:
        for number in range(60):
            book["材料"].append(["CV0001", "", f"材料 {number}", "不知道" if number < 50 else "申请人自备"])

    assert len(faults_of(spoil)) == 50


def test_an_item_that_stands_there_twice_says_where_the_other_is() -> None:
    assert any(
        "第 3 行 “事项”表“事项编码”：和第 2 行重复" in line for line in faults_of(lambda book: book["事项"].append([cell.value for cell in book["事项"][2]]))
    )


def test_columns_in_another_order_under_a_title_and_with_blank_rows_are_read_by_their_names() -> None:
    def shuffle(book: Workbook) -> None:
        sheet: Worksheet = book["材料"]
        rows = [[cell.value for cell in row][::-1] for row in sheet.rows]
        sheet.delete_rows(1, sheet.max_row)
        apart = [part for row in rows[1:] for part in (row, [])]
        for line in [["申请材料清单"], [], rows[0], *apart]:
            sheet.append(line)

    assert read_workbook("目录.xlsx", changed(shuffle)) == [ItemContent.model_validate(ITEM)]


@pytest.mark.parametrize(("typed", "value"), [("１０", 10), ("10", 10), (10.0, 10)])
def test_numbers_as_people_type_them_are_read(typed: object, value: int) -> None:
    (read,) = read_workbook("目录.xlsx", changed(put("事项", "承诺期限", typed)))
    assert read.promised_limit is not None and read.promised_limit.value == value


def test_a_paper_without_a_key_gets_one_that_is_free() -> None:
    (read,) = read_workbook("目录.xlsx", changed(lambda book: book["材料"].append(["CV0001", "", "收入证明"])))
    assert [row.key for row in read.materials] == ["id_card", "household_book", "bank_card", "paper_1"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda book: book.remove(book["事项"]), "没有找到“事项”这张表"),
        (put("事项", "收费", "=1+1"), "是公式"),
        (lambda book: book["事项"].delete_rows(1), "没有找到列名"),
        (lambda book: book["事项"].delete_rows(2), "表里没有数据行"),
    ],
)
def test_what_is_no_catalogue_says_so(change: Change, said: str) -> None:
    assert any(said in line for line in faults_of(change))
