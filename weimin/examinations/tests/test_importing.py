"""Results out of an Excel file (H5, X5): found by number, tried first, all or none, twice is once."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.examinations.forms_examination import ImportResult
from weimin.examinations.models import AbnormalFollowUp, Examination
from weimin.examinations.tests.builders import make_examination
from weimin.examinations.views.importing import row_check
from weimin.health.tests.builders import act_now, make_record
from weimin.residents.tests.builders import NOW
from weimin.sheets.applying import apply_rows
from weimin.sheets.template import template
from weimin.sheets.trial import dry_run
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, RuleBroken
from weimin.walls.session import entered

VILLAGE, TOWNSHIP = 500242101200, 500242101000
pytestmark = [pytest.mark.req("H5"), pytest.mark.req("X5")]
FIELDS = ("identity", "name", "on", "left_systolic", "left_diastolic", "fasting", "alt", "ecg")


@pytest.fixture
def institution(actor):
    return actor("institution", TOWNSHIP)


@pytest.fixture
def record(everywhere):
    return make_record(VILLAGE)


def workbook(*rows):
    """The template with rows filled in, as Excel would save it."""
    book = openpyxl.load_workbook(BytesIO(template(ImportResult, title="导入体检结果", version="1")))
    sheet = book.active
    heads = {str(cell.value).strip("*＊ "): cell.column for cell in sheet[3]}
    columns = {name: heads[str(field.label)] for name, field in ImportResult.base_fields.items() if str(field.label) in heads}
    for number, row in enumerate(rows, 4):
        for name, value in row.items():
            sheet.cell(number, columns[name], value)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def row_of(record, **over):
    return {"identity": record.number, "name": record.resident.name, "on": "2026-11-20", "fasting": "5.4", "alt": "22", "ecg": "正常", **over}


def tried(who, *rows):
    with entered(who):
        return dry_run(workbook(*rows), ImportResult, form_kwargs={"actor": who, "now": NOW}, version="1", check_row=row_check(who))


def bring_in(who, key, *rows):
    return apply_rows(who, "examinations.import_result", tried(who, *rows), key, now=NOW)


def test_a_row_becomes_an_examination(record, institution):
    bring_in(institution, "k", row_of(record))
    row = Examination.objects.get()
    assert (row.record, row.on, row.fasting, row.alt, row.findings["ecg"], row.region) == (record, date(2026, 11, 20), Decimal("5.4"), 22, "1", VILLAGE)


def test_the_number_may_be_typed_full_width(record, institution):
    typed = "".join(chr(ord(digit) + 0xFEE0) for digit in record.number)
    act_now(institution, "examinations.import_result", {"identity": typed, "on": "2026-11-20", "alt": "22"})
    assert Examination.objects.get().record == record


def test_the_identity_card_finds_the_person_too(record, institution):
    bring_in(institution, "k", row_of(record, identity=record.resident.id_number))
    assert Examination.objects.get().record == record


def test_twice_is_once_and_another_file_fills_only_what_was_empty(record, institution):
    bring_in(institution, "k", row_of(record))
    bring_in(institution, "k", row_of(record))
    bring_in(institution, "other", row_of(record, alt="", left_systolic="150", left_diastolic="92"))
    row = Examination.objects.get()
    assert (row.left_systolic, row.alt, row.fasting) == (150, 22, Decimal("5.4"))
    assert [one["item"] for one in AbnormalFollowUp.objects.get().items] == ["pressure"]


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"identity": "50024200000000000"}, "没有找到这个人的健康档案"), ({"name": "冉大山"}, "和登记的姓名不一致"), ({"on": "2026-11-30"}, "不能晚于今天"), ({"fasting": "54"}, "核对有没有写错"),
        ({"left_systolic": "150"}, "要一起填"), ({"ecg": "不知道"}, "有效|选"), ({"on": "2019-01-01"}, "不能早于建档日期"), ({"fasting": "", "alt": "", "ecg": ""}, "没有结果"),
    ],
)  # fmt: skip
def test_each_fault_is_named(record, institution, over, words):
    report = tried(institution, row_of(record), row_of(make_record(VILLAGE, "冉二"), **over))
    assert [(error.row, bool(re.search(words, error.sentence))) for error in report.errors] == [(5, True)]
    with pytest.raises(RuleBroken, match="1 处错误"):
        apply_rows(institution, "examinations.import_result", report, "k", now=NOW)
    assert not Examination.objects.exists()


def test_what_contradicts_is_refused_before_and_at_the_writing(record, institution):
    make_examination(record, on=date(2026, 11, 20), fasting=Decimal("6.4"))
    assert "不同的结果：空腹血糖" in tried(institution, row_of(record)).errors[0].sentence
    with pytest.raises(RuleBroken, match="不同的结果"):
        act_now(institution, "examinations.import_result", {"identity": record.number, "on": "2026-11-20", "fasting": "5.4"})
    assert Examination.objects.get().fasting == Decimal("6.4")


def test_nobody_is_twice_in_a_file_and_nobody_elsewhere_is_found(record, institution, actor):
    report = tried(institution, row_of(record), row_of(record, alt="30"))
    assert [error.sentence for error in report.errors] == ["文件里这个人这一天有两行，请合成一行。"]
    stranger = actor("institution", 500242102000)
    with entered(stranger), pytest.raises(InputInvalid, match="没有找到"):
        act_now(stranger, "examinations.import_result", {"identity": record.number, "on": "2026-11-20", "fasting": "5.4"})


def test_the_page_tries_first_and_then_writes(record, client_as):
    client = client_as("institution", TOWNSHIP)
    assert client.get("/examinations/import/?template").content.startswith(b"PK")
    page = client.post("/examinations/import/", {"file": SimpleUploadedFile("a.xlsx", workbook(row_of(record)))})
    assert page.status_code == 200 and not Examination.objects.exists()
    content = page.context["content"]
    answer = client.post("/examinations/import/", {"content": content, "apply": "1", "key": "k"})
    assert (answer.status_code, answer["Location"]) == (302, "/examinations/?imported=1")
    assert "已导入 1 行" in client.get(answer["Location"]).content.decode()
    with entered(system_actor()):
        assert Examination.objects.count() == 1
    assert client_as("hospital", 500242000000).get("/examinations/import/").status_code == 403


def test_forty_rows_are_written_in_one_go(everywhere, institution):
    records = [make_record(VILLAGE, f"冉{number}") for number in range(40)]
    bring_in(institution, "k", *(row_of(record) for record in records))
    with entered(system_actor()):
        assert Examination.objects.count() == 40


def test_a_row_asks_the_database_little(record, institution):
    with CaptureQueriesContext(connection) as caught:
        act_now(institution, "examinations.import_result", {"identity": record.number, "on": "2026-11-20", "fasting": "5.4"})
    asked = [one["sql"] for one in caught.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "SET"))]
    assert len(asked) <= 18, "\n".join(asked)
