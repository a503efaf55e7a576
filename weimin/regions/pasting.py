"""Lists of codes or names as people have them: a pasted column, CSV, Excel. Each line becomes one region or a named problem."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import fastexcel
from django.utils.translation import gettext as _

from weimin.regions.models import Region
from weimin.regions.rules import ENDINGS, Level, township_of
from weimin.walls.errors import RuleBroken

MOST_LINES, MOST_BYTES, MOST_UNPACKED = 20_000, 5 * 1024 * 1024, 100 * 1024 * 1024
ZIP_MARK = b"PK\x03\x04"
HEADS = {"代码", "区划代码", "名称", "村名", "乡镇", "乡镇名称", "村名称", "code", "name"}  # text: data
CODE = re.compile(r"\d{12}(?:\.0)?")


@dataclass
class Reading:
    """Codes that were understood, in order and once each; `problems` are sentences with the number of their line."""

    codes: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def take(self, code: int) -> None:
        if code not in self.codes:
            self.codes.append(code)


def text_of(content: bytes) -> list[str]:
    """The lines of an uploaded table, cells of a line joined by a blank. RuleBroken when it is no table."""
    if len(content) > MOST_BYTES:
        raise RuleBroken(_("表格超过 5 MB，请只保留代码或名称一列。"))
    if content.startswith(ZIP_MARK):
        return workbook_lines(content)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return [" ".join(re.split(r"[,;\t]", line)) for line in content.decode(encoding).splitlines()]
        except UnicodeDecodeError:
            continue
    raise RuleBroken(_("读不懂这个文件。请另存为 Excel（.xlsx）或 CSV 再上传。"))


def workbook_lines(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise RuleBroken(_("表格展开后太大，请只保留代码或名称一列。"))
        book = fastexcel.read_excel(content)
        sheet = book.load_sheet(0, header_row=None, n_rows=MOST_LINES + 1, use_columns=lambda column: column.index < 4, dtypes="string")
    except (fastexcel.FastExcelError, zipfile.BadZipFile) as error:
        raise RuleBroken(_("读不懂这个文件。请另存为 Excel（.xlsx）或 CSV 再上传。")) from error
    return [" ".join(str(cell) for cell in row if cell is not None) for row in sheet.to_polars().iter_rows()]


def read_lines(lines: Iterable[str], low: int, high: int) -> Reading:
    """Codes for the lines, inside a range; one query. A name that is there twice needs its township before it."""
    kept = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    if len(kept) > MOST_LINES:
        raise RuleBroken(_("一次最多 %(count)d 行，请分几次办理。") % {"count": MOST_LINES})
    by_code, by_name = index_of(low, high)
    reading = Reading()
    for number, line in kept:
        words = line.split()
        if words and all(word in HEADS for word in words):
            continue
        found = find_line(words, by_code, by_name)
        if len(found) == 1:
            reading.take(found[0])
        elif found:
            reading.problems.append(
                _("第 %(number)d 行“%(line)s”：有 %(count)d 个同名的，请写成“乡镇 村名”或代码。") % {"number": number, "line": line[:40], "count": len(found)}
            )
        else:
            reading.problems.append(_("第 %(number)d 行“%(line)s”：在您的管辖范围内没有找到。") % {"number": number, "line": line[:40]})
    return reading


Index = tuple[dict[int, Any], dict[str, list[int]]]


def index_of(low: int, high: int) -> Index:
    """code → region and every way to write a name → codes, of the townships and villages inside a range."""
    by_code = {row.code: row for row in Region.objects.filter(code__gte=low, code__lte=high, level__gte=Level.COUNTY)}
    by_name: dict[str, list[int]] = {}
    for row in by_code.values():
        stems = {row.short.removesuffix(ending) for ending in ENDINGS}
        for name in ({row.name, row.short} | stems) - {""}:
            by_name.setdefault(name, []).append(row.code)
    return by_code, by_name


def find_line(words: list[str], by_code: dict[int, Any], by_name: dict[str, list[int]]) -> list[int]:
    """Candidates of one line: a code anywhere in it, else its last name, narrowed by a township's name before it."""
    codes = [int(word[:12]) for word in words if CODE.fullmatch(word)]
    if codes:
        return [code for code in codes[:1] if code in by_code]
    found = by_name.get(words[-1], []) or by_name.get("".join(words), [])
    exact = [code for code in found if by_code[code].short == words[-1]]
    found = exact if exact and len(found) > 1 else found
    if len(words) > 1 and len(found) > 1:
        above = {code for code in by_name.get(words[-2], []) if by_code[code].level == Level.TOWNSHIP}
        found = [code for code in found if township_of(code) in above]
    return found
