"""Lists as Excel: what is on the screen, with a line that says who took it out and when."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rustpy_xlsxwriter import Format, write_worksheet

from weimin.sheets.errors import FileRefused
from weimin.walls.later import Later

if TYPE_CHECKING:
    import polars as pl
else:
    pl = Later("polars")

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
FORMULA_START = r"^[=+\-@\t\r]"
MOST_EXPORTED = 1_048_576 - 3  # rows of a sheet less title, watermark and labels
EXACT = 10**15


@dataclass(frozen=True)
class Column:
    """`key` into the row (or its place when rows are tuples), the label above it, width in characters."""

    key: str
    label: str
    width: float = 14


def guarded(text: str) -> str:
    """The text with an apostrophe before anything that a spreadsheet would take for a formula (= + - @ tab, return)."""
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text


def export(columns: Sequence[Column | tuple[str, str]], rows: Iterable[Mapping[str, Any] | Sequence[Any]], *, title: str,
           watermark: str) -> bytes:  # fmt: skip
    """An .xlsx with title, watermark (name, post, time), labels and rows; 100,000 × 12 in about 1.5 s.

    Rows may be mappings by key or sequences in the order of the columns, and may come from a generator. Text is guarded
    against formulas; numbers beyond fifteen digits become text. Raises FileRefused past the rows of a sheet.
    """
    shown = [column if isinstance(column, Column) else Column(*column) for column in columns]
    return _book(shown, _records(shown, _distinct(shown), rows), title, watermark)


def export_frame(columns: Sequence[Column | tuple[str, Any]], frame: pl.DataFrame, *, title: str, watermark: str) -> bytes:
    """The workbook that `export` makes of the frame's rows, in half the time. A column with numbers beyond fifteen digits becomes text as a whole."""
    shown = [column if isinstance(column, Column) else Column(*column) for column in columns]
    if not frame.height:
        return export(shown, [], title=title, watermark=watermark)
    if frame.height > MOST_EXPORTED:
        raise _too_many()
    cells = [_cells(frame[column.key]).alias(label) for column, label in zip(shown, _distinct(shown), strict=True)]
    return _book(shown, pl.DataFrame(cells), title, watermark)


def _book(columns: list[Column], data: Any, title: str, watermark: str) -> bytes:
    buffer = io.BytesIO()
    write_worksheet(
        data,
        buffer,
        sheet_name="数据",  # text: data
        header_row=2,
        freeze_row=3,
        header_format=Format().set_bold().set_background_color("#E9EEF4").set_border("thin"),
        column_widths=[column.width for column in columns],
        merge_ranges=_banner(guarded(str(title)), guarded(str(watermark)), len(columns) - 1),
        page_setup={"landscape": True, "fit_to_pages": (1, 0)},
    )
    return buffer.getvalue()


def watermark(name: str, post: str, now: datetime) -> str:
    """The line that every export carries."""
    at = timezone.localtime(now).strftime("%Y-%m-%d %H:%M")
    return _("导出人：%(name)s（%(post)s）　时间：%(at)s　仅限工作使用，请勿外传") % {
        "name": name,
        "post": post,
        "at": at,
    }


def _banner(title: str, mark: str, last: int) -> list[tuple]:
    big, small = Format().set_bold().set_font_size(14), Format().set_font_size(9).set_font_color("#5A6B7B")
    right = max(last, 1)  # a merge needs two cells
    return [(0, 0, 0, right, title, big), (1, 0, 1, right, mark, small)]


def _distinct(columns: list[Column]) -> list[str]:
    """Labels made different where two are alike, since the writer keeps a row as a mapping by label."""
    seen: dict[str, int] = {}
    result = []
    for label in (guarded(str(column.label)) for column in columns):
        seen[label] = seen.get(label, 0) + 1
        result.append(label if seen[label] == 1 else f"{label}（{seen[label]}）")
    return result


def _records(columns: list[Column], labels: list[str], rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    keys = [column.key for column in columns]
    empty = True
    for count, row in enumerate(rows):
        if count >= MOST_EXPORTED:
            raise _too_many()
        empty = False
        values = [row.get(key) for key in keys] if isinstance(row, Mapping) else row
        yield dict(zip(labels, map(_cell, values), strict=True))
    if empty:
        yield dict.fromkeys(labels, None)


def _too_many() -> FileRefused:
    return FileRefused(_("超过一张表的行数（%d 行），请先筛选再导出。") % MOST_EXPORTED)


def _cells(column: pl.Series) -> pl.Series:
    """`_cell` of every value of a column."""
    if column.dtype == pl.String:
        text = pl.first()
        return column.to_frame().select(pl.when(text.str.contains(FORMULA_START)).then("'" + text).otherwise(text)).to_series()
    if column.dtype == pl.Date:
        return column.cast(pl.String)
    if column.dtype.is_integer():
        fits = all(-EXACT < value < EXACT for value in (column.min(), column.max()) if isinstance(value, int))
        return column if fits else column.cast(pl.String)
    return column if column.dtype.is_float() else pl.Series(column.name, [_cell(value) for value in column])


def _cell(value: Any) -> Any:
    """What the writer takes: text guarded, times in local time, decimals as numbers, anything else as its words."""
    kind = type(value)
    if kind is str:
        return guarded(value)
    if value is None or kind is float:
        return value
    if kind is bool:
        return _("是") if value else _("否")
    if kind is int:
        return value if -EXACT < value < EXACT else str(value)
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else guarded(str(value))
