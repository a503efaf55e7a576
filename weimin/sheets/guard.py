"""Looks at an uploaded file before any reader opens it, in bounded memory: bombs, macros, entities, formulas, huge sheets.

A workbook is a zip of XML. Every part is unpacked once, a megabyte at a time, and thrown away; sizes that the zip declares
are never trusted. A reader lays a sheet out as a full rectangle, so one cell in the far corner is as dangerous as a bomb.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from weimin.sheets.errors import FileRefused

MOST_BYTES = 30 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024  # 200,000 rows of 12 columns are about 130 MB of XML
MOST_STRINGS = 100 * 1024 * 1024  # the shared strings are held in memory by every reader
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_PARTS = 500
CHUNK = 1024 * 1024
OVERLAP = 512

ACTIVE_PARTS = re.compile(r"vbaProject|/macrosheets/|/activeX/|/embeddings/|/externalLinks/|customUI", re.IGNORECASE)
ROWS = re.compile(rb"<(?:\w+:)?sheetData[\s>]")
ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']")
# A position that is not written as a near one is; whether it is far, FAR_CELL says, which is slower.
NOT_NEAR = re.compile(rb"r(?:=(?!\"[A-Z]?\d{1,5}\")|\s)")
ENDS_IN_F = re.compile(rb"f[\s>/]")  # as a formula does, and next to nothing else
# Only positions that could be out of bounds: from column AA on, or from row 100,000 on.
# It begins with a letter and looks back after it: a pattern that begins with \b is three times as slow.
FAR_CELL = re.compile(rb"r(?<!\wr)\s*=\s*[\"'](?:([A-Za-z]{2,})(\d+)|[A-Za-z](\d{6,})|(\d{6,}))[\"']")
# What is no string and has so many digits was a number, and Excel keeps fifteen of them.
LONG_NUMBER = re.compile(rb"v>[^<]{16}")
WORKSHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.IGNORECASE)


@dataclass(frozen=True)
class Inspected:
    """What the bytes are; `long_numbers`: some cell holds a number of more than fifteen digits (always so for CSV: nobody knows)."""

    kind: Literal["xlsx", "csv"]
    long_numbers: bool = True


def inspect(content: bytes) -> Inspected:
    """Raises FileRefused. At most a few megabytes of memory, under a second for 100 MB of XML."""
    if not content:
        raise FileRefused(_("文件是空的。"))
    if len(content) > MOST_BYTES:
        raise FileRefused(_("文件超过 %d MB，请分成几个文件导入。") % (MOST_BYTES // 1024 // 1024))
    if content.startswith(b"PK"):
        return Inspected("xlsx", _inspect_workbook(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(_("这是旧格式（.xls）或加了密码的文件，请去掉密码并另存为 .xlsx 再导入。"))
    if b"\x00" in content or content.lstrip()[:1] in (b"<", b"{") or content.startswith((b"%PDF", b"\xff\xd8", b"\x89PNG")):
        raise FileRefused(_("这不是 Excel 表格，请用下载的模板填写（.xlsx 或 .csv）。"))
    return Inspected("csv")


def _inspect_workbook(content: bytes) -> bool:
    """Whether there are long numbers."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _inspect_names(archive)
            unpacked, long_numbers = 0, False
            for info in archive.infolist():
                size, found = _inspect_part(archive, info, MOST_UNPACKED - unpacked)
                unpacked, long_numbers = unpacked + size, long_numbers or found
            return long_numbers
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        raise FileRefused(_("文件已损坏或加了密码，打不开。请在 Excel 或 WPS 里另存一次再导入。")) from fault


def _inspect_names(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if len(names) > MOST_PARTS or len(set(names)) != len(names):
        raise FileRefused(_("文件的内部结构不正常，请用下载的模板重新填写。"))
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        raise FileRefused(_("文件的内部结构不正常，请用下载的模板重新填写。"))
    if any(ACTIVE_PARTS.search(name) for name in names):
        raise FileRefused(_("文件带有宏、控件、嵌入对象或外部链接，请另存为普通的 .xlsx 再导入。"))
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise FileRefused(_("这不是 Excel 表格，请用下载的模板填写（.xlsx 或 .csv）。"))


def _inspect_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: int) -> tuple[int, bool]:
    """Reads one part through: its true size, and whether it holds long numbers."""
    if info.filename.endswith("sharedStrings.xml"):
        allowance = min(allowance, MOST_STRINGS)
    is_xml = info.filename.endswith((".xml", ".rels", ".vml"))
    is_sheet = bool(WORKSHEET.match(info.filename))
    size, tail, long_numbers, in_rows = 0, b"", False, False
    with archive.open(info) as part:
        while chunk := part.read(CHUNK):
            size += len(chunk)
            if size > allowance:
                raise FileRefused(_("文件解压后太大，不能导入。请只保留要导入的数据。"))
            for window in (tail + chunk[:OVERLAP], chunk) if is_xml else ():  # the seam first: nothing is copied but it
                _inspect_xml(window, in_rows)
                in_rows = in_rows or (is_sheet and size <= CHUNK and _rows_begin(window))
                if is_sheet:
                    _inspect_cells(window)
                    long_numbers = long_numbers or LONG_NUMBER.search(window) is not None
            tail = (tail + chunk)[-OVERLAP:] if len(chunk) < OVERLAP else chunk[-OVERLAP:]
    return size, long_numbers


def _rows_begin(first: bytes) -> bool:
    """Whether the first piece of a sheet reaches its rows, and nothing above them is a declaration, a comment or raw text that could only look like them."""
    found = ROWS.search(first)
    return found is not None and b"<!" not in first[: found.start()]


def _inspect_xml(window: bytes, in_rows: bool) -> None:
    """in_rows: the rows of a sheet have begun before; what declares entities, or says macros, stands above them."""
    if b"\x00" in window or (not in_rows and ENTITY.search(window)):
        raise FileRefused(_("文件里有不允许的内容（XML 实体），请用下载的模板重新填写。"))
    if not in_rows and b"macroEnabled" in window:
        raise FileRefused(_("文件带有宏、控件、嵌入对象或外部链接，请另存为普通的 .xlsx 再导入。"))


def _inspect_cells(window: bytes) -> None:
    formula = FORMULA.search(window) if ENDS_IN_F.search(window) else None
    if formula:
        before = CELL.findall(window[: formula.start()])
        cell = before[-1].decode() if before else "?"
        raise FileRefused(_("单元格 %s 是公式。请复制整张表，用“粘贴为数值”去掉公式再导入。") % cell)
    for letters, row, long_row, row_tag in FAR_CELL.findall(window) if NOT_NEAR.search(window) else ():
        if int(row or long_row or row_tag or 0) > MOST_ROWS + 20:
            raise FileRefused(_("表格超过 %d 行，请分成几个文件导入（空行也请删掉）。") % MOST_ROWS)
        if letters and column_number(letters.decode()) > MOST_COLUMNS:
            raise FileRefused(_("表格超过 %d 列，请用下载的模板填写。") % MOST_COLUMNS)


def column_number(letters: str) -> int:
    """AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
