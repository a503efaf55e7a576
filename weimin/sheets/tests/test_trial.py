from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from weimin.sheets.columns import Reader, columns_of
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


class CareForm(VisitForm):
    """With what forms add of their own: a rule for a field, one for the whole, a field that is fixed, one that the sheet lacks."""

    station = forms.CharField(label="站点", initial="扎营村站", disabled=True, required=False)
    note = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_village(self):
        if self.cleaned_data["village"] == "三角村":
            raise forms.ValidationError("三角村已经撤并。")
        return self.cleaned_data["village"].strip("村")

    def clean(self):
        if self.cleaned_data.get("people") == 1 and self.cleaned_data.get("poor"):
            self.add_error("poor", "一个人的家庭另行登记。")
        if self.cleaned_data.get("name") == "李四":
            raise forms.ValidationError("这一行不要。")
        self.cleaned_data["checked"] = True
        return self.cleaned_data


@given(st.lists(st.fixed_dictionaries({
    "name": st.sampled_from(["张三", "李四", "", "x" * 31]), "sex": st.sampled_from(["男", "2", "人", ""]), "people": st.sampled_from(["1", "4", "0", "", "许多"]),
    "poor": st.sampled_from(["是", "否", "也许"]), "needs": st.sampled_from(["口粮、照料", "口粮", "", "别的"]), "village": st.sampled_from(["扎营村", "三角村", ""]),
    "visited_on": st.sampled_from(["2026-11-03", "2026/11/3", "2026-02-30", ""]),
}), min_size=1, max_size=12))  # fmt: skip
def test_every_row_is_judged_as_the_form_judges_it(cells):
    report = dry_run(make_file(*(make_row(**row) for row in cells)), CareForm)
    good = {row.row: row.cleaned for row in report.good}
    bad = {}
    for error in report.errors:
        bad.setdefault(error.row, []).append((error.column, error.sentence))
    for number, row in enumerate(report.sheet.rows, 2):
        form = CareForm({name: Reader(column)(row.cells[name]) for name, column in columns().items()})
        told = [("" if name == "__all__" else name, str(sentence)) for name, found in form.errors.items() for sentence in found]
        assert (good.get(number), bad.get(number, [])) == (None if told else form.cleaned_data, told)


def columns():
    return {column.name: column for column in columns_of(CareForm) if column.name != "station"}


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
