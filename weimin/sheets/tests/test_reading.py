import io
from datetime import date

import pytest
from django.utils.translation import override
from openpyxl import Workbook
from rustpy_xlsxwriter import write_worksheet

from weimin.sheets.errors import FileRefused
from weimin.sheets.reading import read
from weimin.sheets.tests.builders import LABELS, VisitForm, make_file, make_row, saved


def test_rows_carry_the_numbers_that_excel_shows():
    sheet = read(make_file(make_row(), [None] * 9, make_row(name="李四"), above=(["名册"], [None])), VisitForm)
    assert [(row.number, row.cells["name"]) for row in sheet.rows] == [(4, "张三"), (6, "李四")]


def test_rows_above_and_columns_left_may_be_empty():
    book = Workbook()
    page = book.active
    for column, (label, value) in enumerate(zip(LABELS, make_row(), strict=True), start=3):
        page.cell(5, column, label)
        page.cell(6, column, value)
    page.cell(6, 4, 500242199001011234)
    sheet = read(saved(book), VisitForm)
    assert [(row.number, row.cells["name"], row.cells["village"]) for row in sheet.rows] == [(6, "张三", "扎营村")]
    assert (sheet.positions["name"], sheet.rows[0].rounded) == (2, {"id_number"})


def test_labels_may_come_in_any_order_with_marks_and_strangers():
    labels = ["备注", "*性别", "走访日期（必填）", " 身份证号：", "姓 名"]
    sheet = read(make_file(["x", "男", "2026-11-03", "50024219900101123X", "张三"], labels=labels), VisitForm)
    assert sheet.rows[0].cells == {
        "sex": "男",
        "visited_on": "2026-11-03",
        "id_number": "50024219900101123X",
        "name": "张三",
    }
    assert sheet.unknown == ["备注"]


def test_field_names_are_understood_as_labels():
    sheet = read(make_file(make_row(), labels=list(VisitForm.base_fields)), VisitForm)
    assert sheet.rows[0].cells["village"] == "扎营村"


def test_labels_are_understood_whatever_language_is_active():
    with override("en"):
        assert read(make_file(make_row()), VisitForm).rows[0].cells["village"] == "扎营村"


def test_a_missing_required_column_is_named():
    with pytest.raises(FileRefused, match="缺少必填的列：身份证号、走访日期"):
        read(make_file(["张三", "男"], labels=["姓名", "性别"]), VisitForm)


def test_dates_that_excel_keeps_as_dates_are_read():
    sheet = read(make_file(make_row(visited_on=date(2026, 11, 3))), VisitForm)
    assert sheet.rows[0].cells["visited_on"].startswith("2026-11-03")


@pytest.mark.req("X5")
def test_an_id_number_that_excel_keeps_as_a_number_is_marked():
    rows = read(
        make_file(make_row(), make_row(id_number=500242199001011234), make_row(id_number="500242199001011234")),
        VisitForm,
    ).rows
    assert [row.rounded for row in rows] == [frozenset(), {"id_number"}, frozenset()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_that_offices_use(encoding):
    text = "姓名,身份证号,走访日期,性别\n田䶮,50024219900101123X,2026-11-03,男\n"
    row = read(text.encode(encoding), VisitForm).rows[0]
    assert (row.number, row.cells["name"], row.rounded) == (2, "田䶮", frozenset())


def test_a_csv_whose_id_number_was_rounded_is_marked():
    text = "姓名,身份证号,走访日期,性别\n张三,5.00242E+17,2026-11-03,男\n"
    assert read(text.encode(), VisitForm).rows[0].rounded == {"id_number"}


def test_too_many_rows_are_refused():
    text = "姓名,身份证号,走访日期,性别\n" + "张三,1,2026-11-03,男\n" * 200_001
    with pytest.raises(FileRefused, match="超过 200000 行"):
        read(text.encode(), VisitForm)


def test_a_file_whose_texts_are_shared_as_excel_does_is_read():
    buffer = io.BytesIO()
    records = [dict(zip(LABELS, make_row(id_number="500242199001011234"), strict=True)) for _ in range(2)]
    write_worksheet(records, buffer, sheet_name="数据", dedupe_strings=True)
    rows = read(buffer.getvalue(), VisitForm).rows
    assert [(row.cells["id_number"], row.rounded) for row in rows] == [("500242199001011234", frozenset())] * 2
