"""Reads an uploaded workbook or CSV into columns of text, or into rows, one dict a row keyed by form field."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _

from weimin.sheets.columns import Column, columns_of, normal
from weimin.sheets.errors import FileRefused
from weimin.sheets.guard import MOST_COLUMNS, MOST_ROWS, Inspected, inspect
from weimin.walls.later import Later

if TYPE_CHECKING:
    import fastexcel
    import polars as pl
else:
    fastexcel, pl = Later("fastexcel"), Later("polars")

HEADER_WITHIN = 10  # rows in which the labels are looked for
DATA_SHEETS = ("数据", "data")  # text: data
VERSION = re.compile(r"(?:模板版本|template version)[:： ]*([\w.\-]+)", re.IGNORECASE)  # text: data
MANY_DIGITS = r"^\d{16,}(\.0)?$"
SCIENTIFIC = r"^\d(\.\d+)?[eE]\+?1[5-9]$"


@dataclass(frozen=True)
class Row:
    """`number` as Excel shows it; `cells` only for columns that the file has; `rounded` names fields whose digits Excel lost."""

    number: int
    cells: dict[str, str]
    rounded: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sheet:
    rows: list[Row]
    positions: dict[str, int]  # field name → column, from 0
    header_number: int
    name: str
    version: str = ""
    unknown: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A sheet as columns: `frame` has "row" (the number that Excel shows) and the trimmed text of each field; rows without any text are left out.

    `rounded`: field → numbers of rows whose digits Excel lost.
    """

    frame: pl.DataFrame
    rounded: dict[str, frozenset[int]]
    positions: dict[str, int]  # field name → column, from 0
    header_number: int
    name: str
    version: str = ""
    unknown: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    def sheet(self, only: set[int] | None = None) -> Sheet:
        """The same row by row; `only` some of them."""
        frame = self.frame if only is None else self.frame.filter(pl.col("row").is_in(list(only)))
        return Sheet(self._rows(frame), self.positions, self.header_number, self.name, self.version, self.unknown, self.labels)

    def _rows(self, frame: pl.DataFrame) -> list[Row]:
        names, none = frame.columns[1:], frozenset[str]()
        rows = []
        for number, *cells in frame.iter_rows():
            lost = frozenset(name for name, where in self.rounded.items() if number in where) if self.rounded else none
            rows.append(Row(number, dict(zip(names, cells, strict=True)), lost))
        return rows


def read(content: bytes, form_class: type[forms.BaseForm], form: forms.BaseForm | None = None) -> Sheet:
    """The rows of the first (or 「数据」) sheet. Columns are found by label in Chinese or English, in any order.

    Raises FileRefused with a sentence when the file is hostile, is no table, or lacks a required column.
    """
    return read_table(content, form_class, form).sheet()


def read_table(content: bytes, form_class: type[forms.BaseForm], form: forms.BaseForm | None = None, inspected: Inspected | None = None) -> Table:
    """The same as columns, for checks of a hundred thousand rows at once. inspected: what the guard said of these very bytes, where it was asked already."""
    inspected = inspected or inspect(content)
    source = _csv(content) if inspected.kind == "csv" else _workbook(content, inspected.long_numbers)
    frame = source.frame
    if frame.width > MOST_COLUMNS:
        raise FileRefused(_("表格超过 %d 列，请用下载的模板填写。") % MOST_COLUMNS)
    columns = columns_of(form_class, form)
    header, positions, unknown = _find_header(frame, columns)
    _demand_required(columns, positions)
    data = frame.slice(header + 1)
    if data.height > MOST_ROWS:
        raise FileRefused(_("表格超过 %d 行，请分成几个文件导入（空行也请删掉）。") % MOST_ROWS)
    texts = {c.name: positions[c.name] for c in columns if c.is_text and c.name in positions}
    rounded = {name: frozenset(index + header + 2 for index in rows) for name, rows in _rounded(data, texts, header, source).items()}
    places = {name: position + source.first_column for name, position in positions.items()}
    labels = {column.name: column.label for column in columns}
    return Table(_trimmed(data, positions, header + 2), rounded, places, header + 1, source.name, _version(frame.head(header)), unknown, labels)


@dataclass(frozen=True)
class _Source:
    """The sheet as text; `first_column` where it begins; the open workbook, when there is one."""

    frame: pl.DataFrame
    name: str
    first_column: int = 0
    book: fastexcel.ExcelReader | None = None
    long_numbers: bool = False


def _workbook(content: bytes, long_numbers: bool) -> _Source:
    try:
        book = fastexcel.read_excel(content)
        name = next((name for name in book.sheet_names if name.lower() in DATA_SHEETS), book.sheet_names[0])
        sheet = _load(book, name, "string")
        frame = sheet.to_polars()
    except (fastexcel.FastExcelError, IndexError) as fault:
        raise FileRefused(_("文件已损坏或加了密码，打不开。请在 Excel 或 WPS 里另存一次再导入。")) from fault
    first = min((column.absolute_index for column in sheet.available_columns()), default=0)
    return _Source(frame, name, first, book, long_numbers)


def _load(book: fastexcel.ExcelReader, name: str, dtype: str, wanted: list[int] | None = None) -> fastexcel.ExcelSheet:
    # skip_rows=0 keeps empty rows above the labels, so that row numbers are those that Excel shows
    return book.load_sheet(name, header_row=None, skip_rows=0, dtypes=dtype, use_columns=wanted)  # type: ignore[call-overload]


def _csv(content: bytes) -> _Source:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    try:
        frame = pl.read_csv(io.StringIO(text), has_header=False, infer_schema=False, truncate_ragged_lines=True, n_rows=MOST_ROWS + 20)
    except (pl.exceptions.PolarsError, ValueError) as fault:
        raise FileRefused(_("读不懂这个 CSV 文件，请用下载的模板填写。")) from fault
    return _Source(frame, "数据")  # text: data


def _find_header(frame: pl.DataFrame, columns: list[Column]) -> tuple[int, dict[str, int], list[str]]:
    """The row with the most known labels among the first ones: (index, field → column, labels nobody knows)."""
    known = {label: column.name for column in columns for label in reversed(column.labels)}
    best: tuple[int, dict[str, int], list[str]] = (0, {}, [])
    for index, cells in enumerate(frame.head(HEADER_WITHIN).iter_rows()):
        positions: dict[str, int] = {}
        unknown = []
        for position, cell in enumerate(cells):
            name = known.get(normal(cell)) if cell else None
            if name and name not in positions:
                positions[name] = position
            elif cell and cell.strip():
                unknown.append(cell)
        if len(positions) > len(best[1]):
            best = (index, positions, unknown)
    if not best[1]:
        raise FileRefused(_("在表格前 %d 行里没有找到列名，请用下载的模板填写。") % HEADER_WITHIN)
    return best


def _demand_required(columns: list[Column], positions: dict[str, int]) -> None:
    missing = [column.label for column in columns if column.field.required and column.name not in positions]
    if missing:
        raise FileRefused(_("缺少必填的列：%s。请用下载的模板填写。") % "、".join(missing))


def _rounded(data: pl.DataFrame, texts: dict[str, int], header: int, source: _Source) -> dict[str, set[int]]:
    """Field → rows (from 0) whose long number Excel has kept as a number, and so has lost digits beyond the fifteenth."""
    found: dict[str, set[int]] = {}
    for name, position in texts.items():
        column = data.to_series(position)
        scientific = column.str.contains(SCIENTIFIC).fill_null(False)
        suspects = column.str.contains(MANY_DIGITS).fill_null(False)
        if source.book is None or not source.long_numbers or not suspects.any():
            rows = scientific
        else:
            # read as booleans, a number gives a value and a text none: the one way to learn what a cell was
            typed = _load(source.book, source.name, "boolean", [position + source.first_column]).to_polars()
            is_number = typed.to_series(0).slice(header + 1).is_not_null()
            rows = (suspects & is_number) | scientific
        if rows.any():
            found[name] = set(rows.arg_true().to_list())
    return found


def _trimmed(data: pl.DataFrame, positions: dict[str, int], first: int) -> pl.DataFrame:
    picked = data.select(
        pl.int_range(first, first + data.height).alias("row"),
        *(pl.nth(positions[name]).str.strip_chars().fill_null("").alias(name) for name in positions),
    )
    return picked.filter(pl.any_horizontal(pl.exclude("row") != ""))


def _version(above: pl.DataFrame) -> str:
    """The stamp of the template above the labels, or nothing."""
    for cells in above.iter_rows():
        for cell in cells:
            if cell and (found := VERSION.search(cell)):
                return found[1]
    return ""
