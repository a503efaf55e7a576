"""Writes the error report: the same file back, bad cells red with a comment, and a column that says why."""

import io
from collections import defaultdict

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from weimin.sheets.export import guarded
from weimin.sheets.guard import inspect
from weimin.sheets.reading import Sheet
from weimin.sheets.trial import Report, RowError

RED = PatternFill("solid", fgColor="FFC7CE")
MOST_MARKED_ROWS = 20_000  # beyond it the whole file would need more memory than a worker has


def error_report(content: bytes, report: Report, *, mark: str = "") -> bytes:
    """What `weimin.sheets.marking.error_report` promises."""
    sheet = report.sheet
    if sheet is None:
        raise ValueError("the report carries no sheet; it must come from dry_run")
    if inspect(content).kind == "xlsx" and report.rows <= MOST_MARKED_ROWS:
        book = load_workbook(io.BytesIO(content))
        page, shift = book[sheet.name], None
    else:
        book = Workbook()
        page = book.active
        page.title = "数据"  # text: data
        shift = _copy_bad_rows(page, sheet, report)
    _mark(page, sheet, report, shift)
    if mark:
        page.oddFooter.center.text, book.properties.description = mark.replace("&", "&&"), mark
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _copy_bad_rows(page: Worksheet, sheet: Sheet, report: Report) -> dict[int, int]:
    """Labels and bad rows into a fresh sheet; returns row in the file → row here."""
    labels = {error.column: error.label for error in report.errors if error.column}
    for name, position in sheet.positions.items():
        page.cell(sheet.header_number, position + 1, guarded(sheet.labels.get(name) or labels.get(name, name)))
    shift: dict[int, int] = {}
    bad = report.bad_rows
    for row in sheet.rows:
        if row.number not in bad:
            continue
        shift[row.number] = sheet.header_number + 1 + len(shift)
        for name, position in sheet.positions.items():
            cell = page.cell(shift[row.number], position + 1, guarded(row.cells[name]))
            cell.number_format = "@"
    return shift


def _mark(page: Worksheet, sheet: Sheet, report: Report, shift: dict[int, int] | None) -> None:
    reason_column = _reason_column(page, sheet)
    title = page.cell(sheet.header_number, reason_column, _("错误原因"))
    title.font, title.fill = Font(bold=True), RED
    page.column_dimensions[title.column_letter].width = 60
    by_row: dict[int, list[RowError]] = defaultdict(list)
    for error in report.errors:
        by_row[error.row].append(error)
    for number, errors in by_row.items():
        here = shift[number] if shift is not None else number
        for error in errors:
            if error.column in sheet.positions:
                cell = page.cell(here, sheet.positions[error.column] + 1)
                cell.fill, cell.comment = RED, Comment(error.sentence, "")
        origin = _("（原第 %d 行）") % number if shift is not None else ""
        reasons = "；".join(f"{error.label}：{error.sentence}" if error.label else error.sentence for error in errors)
        page.cell(here, reason_column, guarded(reasons + origin)).font = Font(color="C00000")


def _reason_column(page: Worksheet, sheet: Sheet) -> int:
    """The reason column of an earlier report is used again (and emptied), else the first free column."""
    for cell in page[sheet.header_number]:
        if cell.value in (_("错误原因"), "错误原因"):  # text: data
            for row in range(sheet.header_number + 1, page.max_row + 1):
                page.cell(row, cell.column).value = None
            return cell.column
    return page.max_column + 1
