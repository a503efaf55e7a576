"""Hostile files, each refused with its own sentence before a reader sees it."""

import io
import tracemalloc
import zipfile

import pytest

from weimin.sheets.errors import FileRefused
from weimin.sheets.guard import CHUNK, MOST_BYTES, OVERLAP, column_number, inspect
from weimin.sheets.reading import read
from weimin.sheets.tests.builders import VisitForm, make_file, make_row, part_of, with_part

SHEET = "xl/worksheets/sheet1.xml"


def refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read(content, VisitForm)
    return str(refused.value)


def cell_moved(to: bytes) -> bytes:
    good = make_file(make_row())
    return with_part(good, SHEET, part_of(good).replace(b'r="A2"', b'r="' + to + b'"'))


def test_a_plain_workbook_and_a_csv_pass():
    assert (inspect(make_file(make_row())).kind, inspect("姓名,年龄\n".encode()).kind) == ("xlsx", "csv")


@pytest.mark.req("X5")
def test_a_zip_bomb_is_refused_in_little_memory():
    bomb = with_part(make_file(make_row()), "xl/media/a.bin", bytes(450 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    tracemalloc.start()
    assert "解压后太大" in refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 1024 * 1024


def test_shared_strings_that_would_fill_the_memory_are_refused():
    strings = b"<sst>" + b" " * (101 * 1024 * 1024)
    assert "解压后太大" in refusal(with_part(make_file(make_row()), "xl/sharedStrings.xml", strings))


@pytest.mark.req("X5")
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_an_external_entity_is_refused(part):
    attack = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    assert "XML 实体" in refusal(with_part(make_file(make_row()), part, attack))


@pytest.mark.req("X5")
def test_an_entity_behind_what_only_looks_like_rows_is_refused():
    attack = b'<?xml version="1.0"?><!-- <sheetData > -->' + b" " * (2 * CHUNK) + b"<!DOCTYPE x []><worksheet/>"
    assert "XML 实体" in refusal(with_part(make_file(make_row()), SHEET, attack))


def test_an_entity_in_another_encoding_is_refused():
    attack = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x []><x/>'.encode("utf-16")
    assert "XML 实体" in refusal(with_part(make_file(make_row()), SHEET, attack))


@pytest.mark.req("X5")
@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/embeddings/o.bin", "xl/externalLinks/externalLink1.xml", "xl/activeX/a.xml"])
def test_macros_and_embedded_things_are_refused(part):
    assert "宏" in refusal(with_part(make_file(make_row()), part, b"x"))


@pytest.mark.req("X5")
def test_a_formula_is_refused_and_its_cell_named():
    assert "单元格 A3 是公式" in refusal(make_file(make_row(), ["=1+1"]))


def test_a_formula_on_the_border_of_two_chunks_is_found():
    good = make_file(make_row())
    sheet = part_of(good)
    pad = CHUNK - sheet.index(b"<sheetData>") - 12
    split = sheet.replace(b"<sheetData>", b"<sheetData>" + b" " * pad + b"<f>1</f>")
    assert pad > OVERLAP
    assert "是公式" in refusal(with_part(good, SHEET, split))


@pytest.mark.req("X5")
@pytest.mark.parametrize("cell", [b"A1048576", b"B1048576", b"AA1048576", b"A200021", b"a1048576"])
def test_one_cell_in_a_far_row_is_refused(cell):
    assert "超过 200000 行" in refusal(cell_moved(cell))


@pytest.mark.parametrize("cell", [b"XFD2", b"GS2", b"xfd2"])
def test_one_cell_in_a_far_column_is_refused(cell):
    assert "超过 200 列" in refusal(cell_moved(cell))


@pytest.mark.parametrize("written", [b"r='XFD2'", b'r = "XFD2"', b'r\n=\n"XFD2"', b"r= 'a1048576'", b'r\t="AA1048576"'])
def test_a_far_cell_is_found_however_its_place_is_written(written):
    good = make_file(make_row())
    with pytest.raises(FileRefused, match=r"超过 200"):
        inspect(with_part(good, SHEET, part_of(good).replace(b'r="A2"', written)))


def test_columns_are_counted_as_excel_does():
    assert [column_number(letters) for letters in ("A", "Z", "AA", "GR", "XFD")] == [1, 26, 27, 200, 16384]


@pytest.mark.req("X5")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        (b"%PDF-1.7\n", "不是 Excel"),
        (b"\x89PNG\r\n\x1a\n", "不是 Excel"),
        (b"<html><table></table></html>", "不是 Excel"),
        (b"abc\x00def", "不是 Excel"),
        (b"PK\x03\x04 broken", "已损坏"),
        (b"a" * (MOST_BYTES + 1), "超过 30 MB"),
        ("随便写的一段话".encode(), "没有找到列名"),
    ],
)
def test_other_kinds_of_files_are_refused_with_the_reason(content, words):
    assert words in refusal(content)


@pytest.mark.parametrize("name", ["../../etc/x.xml", "/abs.xml", "xl\\..\\x.xml"])
def test_paths_that_leave_the_archive_are_refused(name):
    assert "内部结构不正常" in refusal(with_part(make_file(make_row()), name, b"x"))


def test_a_zip_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "不是 Excel" in refusal(buffer.getvalue())


def test_a_damaged_workbook_is_refused():
    good = bytearray(make_file(make_row()))
    good[200:400] = bytes(200)
    assert "已损坏" in refusal(bytes(good))


def test_a_workbook_whose_sheet_is_broken_xml_is_refused():
    assert "已损坏" in refusal(with_part(make_file(make_row()), SHEET, b"<worksheet><sheetData><row"))


def test_too_many_parts_are_refused():
    buffer = io.BytesIO(make_file(make_row()))
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(600):
            archive.writestr(f"xl/media/{number}.png", b"")
    assert "内部结构不正常" in refusal(buffer.getvalue())
