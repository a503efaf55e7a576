from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from weimin.sheets.export import Column, export, export_frame, guarded, watermark
from weimin.sheets.template import Dependent, template
from weimin.sheets.tests.builders import LABELS, TOWNS, VisitForm, make_row, opened, saved
from weimin.sheets.trial import dry_run


def made(**over):
    lists = {"town": list(TOWNS), "village": Dependent("town", TOWNS)}
    return template(VisitForm, title="走访名册", version="2026.1", lists=lists, **over)


def rules(page) -> dict[str, str]:
    return {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}


@pytest.mark.req("X5")
def test_a_template_shows_version_hints_and_required_marks():
    page = opened(made())["数据"]
    assert page["A1"].value == "走访名册（模板版本：2026.1）"
    assert [cell.value for cell in page[3]] == [f"*{label}" for label in LABELS[:4]] + LABELS[4:]
    assert (page["C2"].value, page["D2"].value, page["F2"].value) == ("如 2026-03-01", "从下拉列表选", "填“是”或“否”")


@pytest.mark.req("X5")
def test_id_numbers_are_typed_into_text_cells():
    page = opened(made())["数据"]
    assert (page["B4"].number_format, page["B400"].number_format, page["E4"].number_format) == ("@", "@", "General")


@pytest.mark.req("X5")
def test_lists_come_from_choices_and_villages_follow_the_township():
    book = opened(made())
    formulas = rules(book["数据"])
    assert formulas["D4"] == "选项!$A$1:$A$2"
    assert formulas["I4"] == "OFFSET(选项!$E$1,MATCH($H4,选项!$D$1:$D$3,0)-1,0,COUNTIF(选项!$D$1:$D$3,$H4),1)"
    assert [cell.value for cell in book["选项"]["E"]] == ["扎营村", "三角村", "五育村"]
    assert book["选项"].sheet_state == "hidden"


def test_samples_stand_on_the_notes_and_are_never_imported():
    book = opened(made(samples=[{"name": "张三"}]))
    assert "张三" in [cell.value for cell in book["说明"]["A"]]
    assert book["数据"]["A4"].value is None


def test_a_filled_template_is_read_back():
    book = opened(made())
    for column, value in enumerate(make_row(), start=1):
        book["数据"].cell(4, column, value)
    report = dry_run(saved(book), VisitForm, version="2026.1")
    assert (report.errors, report.good[0].row, report.good[0].cleaned["village"]) == ([], 4, "扎营村")


@pytest.mark.req("X5")
def test_an_export_carries_title_watermark_labels_and_rows():
    content = export([("name", "姓名"), Column("count", "次数")], [{"name": "田䶮", "count": 3}], title="名册", watermark="张三")
    rows = [[cell.value for cell in row] for row in opened(content).active]
    assert rows == [["名册", None], ["张三", None], ["姓名", "次数"], ["田䶮", 3]]


@pytest.mark.req("X5")
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
def test_text_that_looks_like_a_formula_is_disarmed(text):
    cell = opened(export([("a", text)], [[text]], title=text, watermark=text)).active["A4"]
    assert (guarded(text)[0], cell.data_type, cell.value[0]) == ("'", "s", "'")


def test_values_keep_their_kind():
    row = [
        7,
        1.5,
        Decimal("2.50"),
        True,
        None,
        date(2026, 1, 2),
        datetime(2026, 1, 2, 1, 30, tzinfo=UTC),
        500242199001011234,
    ]
    content = export([(str(i), f"列{i}") for i in range(8)], [row], title="t", watermark="w")
    values = [cell.value for cell in opened(content).active[4]]
    assert values == [7, 1.5, 2.5, "是", None, "2026-01-02", "2026-01-02 09:30", "500242199001011234"]


@pytest.mark.req("X5")
def test_a_frame_gives_the_workbook_that_its_rows_give():
    frame = pl.DataFrame(
        {
            "a": ["=1+1", "田䶮", None, ""],
            "b": [7, None, -3, 10**15 - 1],
            "c": [date(2026, 1, 2), None, None, None],
            "d": [True, False, None, True],
            "e": [1.5] * 4,
            "f": [10**15] * 4,
        }
    )
    columns = [("a", "文"), ("b", "数"), Column("c", "日期", width=20), ("d", "是否"), ("e", "数"), ("f", "号")]
    whole, one_by_one = export_frame(columns, frame, title="=t", watermark="w"), export(columns, frame.rows(), title="=t", watermark="w")
    assert [[(cell.value, cell.data_type) for cell in row] for row in opened(whole).active] == [
        [(cell.value, cell.data_type) for cell in row] for row in opened(one_by_one).active
    ]
    assert opened(whole).active["A4"].value == "'=1+1"


def test_a_frame_without_rows_still_has_its_labels():
    assert opened(export_frame([("a", "甲")], pl.DataFrame({"a": []}), title="t", watermark="w")).active["A3"].value == "甲"


def test_two_columns_of_the_same_name_both_arrive():
    content = export([("a", "数"), ("b", "数")], [{"a": 1, "b": 2}], title="t", watermark="w")
    assert [[cell.value for cell in row] for row in opened(content).active][2:] == [["数", "数（2）"], [1, 2]]


def test_an_empty_list_still_has_its_labels():
    assert opened(export([("a", "甲")], [], title="t", watermark="w")).active["A3"].value == "甲"


def test_the_watermark_names_person_post_and_local_time():
    mark = watermark("张三", "镇经办", datetime(2026, 11, 3, 1, 30, tzinfo=UTC))
    assert mark.startswith("导出人：张三（镇经办）　时间：2026-11-03 09:30")


@pytest.mark.req("X5")
@pytest.mark.slow
def test_a_hundred_thousand_rows_go_out_and_come_back():
    columns = [(name, str(field.label)) for name, field in VisitForm.base_fields.items()]
    content = export(columns, (make_row(name=f"张{i}") for i in range(100_000)), title="t", watermark="w")
    report = dry_run(content, VisitForm)
    assert (report.rows, len(report.good), report.good[-1].cleaned["name"]) == (100_000, 100_000, "张99999")
