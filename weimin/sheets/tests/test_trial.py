from datetime import date

import pytest

from weimin.sheets.errors import FileRefused
from weimin.sheets.marking import error_report
from weimin.sheets.template import template
from weimin.sheets.tests.builders import VisitForm, make_file, make_row, opened
from weimin.sheets.trial import dry_run


def faults(report):
    return [(error.row, error.column, error.value) for error in report.errors]


def test_a_good_row_gives_input_and_cleaned_values():
    report = dry_run(make_file(make_row()), VisitForm)
    assert (report.rows, report.errors, report.good[0].row) == (1, [], 2)
    assert report.good[0].data["sex"] == "1"
    assert report.good[0].cleaned == {
        "name": "张三", "id_number": "50024219900101123X", "visited_on": date(2026, 11, 3), "sex": "1", "people": 4,
        "poor": True, "needs": ["food", "care"], "town": "板溪镇", "village": "扎营村",
    }  # fmt: skip


@pytest.mark.req("X5")
def test_exactly_the_planted_faults_are_named_by_row_and_column():
    rows = [make_row() for _ in range(500)]
    rows[10] = make_row(sex="人")
    rows[99] = make_row(name="", people=0)
    rows[400] = make_row(visited_on="2026-02-30")
    report = dry_run(make_file(*rows), VisitForm)
    assert faults(report) == [
        (12, "sex", "人"),
        (101, "name", ""),
        (101, "people", "0"),
        (402, "visited_on", "2026-02-30"),
    ]
    assert len(report.good) == 497


@pytest.mark.req("X5")
def test_a_rounded_id_number_is_refused_with_the_reason():
    report = dry_run(make_file(make_row(id_number=500242199001011234)), VisitForm)
    assert [(error.label, error.sentence[:27]) for error in report.errors] == [("身份证号", "数字超过 15 位，Excel 已经改动了末尾的数字。")]
    assert report.good == []


@pytest.mark.parametrize("words", ["2026-11-03", "2026/11/3", "2026.11.3", "2026年11月3日", date(2026, 11, 3)])
def test_dates_are_understood_as_people_write_them(words):
    assert dry_run(make_file(make_row(visited_on=words)), VisitForm).good[0].cleaned["visited_on"] == date(2026, 11, 3)


@pytest.mark.parametrize(("words", "value"), [("是", True), ("否", False), ("", False), ("Yes", True), (0, False)])
def test_yes_and_no_are_understood(words, value):
    assert dry_run(make_file(make_row(poor=words)), VisitForm).good[0].cleaned["poor"] is value


def test_a_check_of_the_caller_finds_what_the_form_cannot():
    seen = set()

    def once(cleaned):
        known = cleaned["id_number"] in seen
        seen.add(cleaned["id_number"])
        return {"id_number": "前面已有此人"} if known else None

    report = dry_run(make_file(make_row(), make_row()), VisitForm, check_row=once)
    assert [(error.row, error.column, error.sentence) for error in report.errors] == [(3, "id_number", "前面已有此人")]


def test_a_sentence_for_the_whole_row_has_no_column():
    report = dry_run(make_file(make_row()), VisitForm, check_row=lambda cleaned: "不在名册内")
    assert [(error.column, error.label, error.sentence) for error in report.errors] == [("", "", "不在名册内")]


def test_an_empty_template_has_nothing_to_import():
    with pytest.raises(FileRefused, match="没有数据行"):
        dry_run(template(VisitForm, title="名册", version="1"), VisitForm)


def test_an_old_template_is_refused():
    page = opened(template(VisitForm, title="名册", version="2025.1"))["数据"]
    content = make_file(make_row(), above=([page["A1"].value], [None]))
    with pytest.raises(FileRefused, match="旧版本（2025.1）.*新模板（2026.1）"):
        dry_run(content, VisitForm, version="2026.1")


@pytest.mark.req("X5")
def test_the_same_file_comes_back_with_its_faults_marked():
    content = make_file(make_row(), make_row(sex="人"), above=(["名册"],))
    page = opened(error_report(content, dry_run(content, VisitForm)))["数据"]
    assert (page["A1"].value, page["A4"].value, page["J2"].value) == ("名册", "张三", "错误原因")
    assert (page["D4"].fill.fgColor.rgb[-6:], page["D3"].fill.fill_type) == ("FFC7CE", None)
    assert page["D4"].comment.text in page["J4"].value
    assert page["J3"].value is None


def test_a_corrected_report_can_be_imported_and_reported_again():
    content = make_file(make_row(sex="人"), make_row(people=0))
    first = error_report(content, dry_run(content, VisitForm))
    report = dry_run(first, VisitForm)
    assert faults(report) == [(2, "sex", "人"), (3, "people", "0")]
    assert [cell.value for cell in opened(error_report(first, report))["数据"][1]].count("错误原因") == 1


def test_a_csv_comes_back_as_a_workbook_with_its_bad_rows():
    text = "姓名,身份证号,走访日期,性别\n张三,1,2026-11-03,男\n=cmd,2,2026-11-03,人\n"
    page = opened(error_report(text.encode(), dry_run(text.encode(), VisitForm))).active
    assert [cell.value for cell in page[1]] == ["姓名", "身份证号", "走访日期", "性别", "错误原因"]
    assert [cell.value for cell in page[2]][:4] == ["'=cmd", "2", "2026-11-03", "人"]
    assert page.cell(2, 5).value.endswith("（原第 3 行）")
