"""The catalogue as an Excel workbook: what an office edits in Excel comes in again as the same lists.

Four sheets: 事项, one row an item; 材料, 环节 and 问答, one row each, by the item's code. Several lines of one cell stand for several entries.
"""
# text: data

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from weimin.catalogue.columns import FIXED, MORE, Column, Kind, Page, item_columns, labels_of, more_columns, said
from weimin.catalogue.content import ItemContent
from weimin.catalogue.files import FilesInvalid
from weimin.catalogue.rules import faults, unknown_words
from weimin.catalogue.vocabulary import groups, life_events, themes
from weimin.sheets.errors import FileRefused
from weimin.sheets.export import guarded
from weimin.sheets.guard import inspect
from weimin.yamlfiles.checks import sentence_of
from weimin.yamlfiles.problems import Problem

MOST_ROWS = 5000
MOST_PICKED = 250  # signs in a list to pick from, by Excel's own limit
LOOK_DOWN = 10  # so many rows are looked at for the line of column names
HEAD, WRAPPED = PatternFill("solid", fgColor="C7DDF2"), Alignment(wrap_text=True, vertical="top")


def to_workbook(contents: Sequence[ItemContent], mark: str) -> bytes:
    """Every list, ready to be edited and imported again; choices are lists to pick from."""
    book = Workbook()
    book.remove(book.active)
    for page in Page:
        columns = item_columns() if page is Page.ITEMS else more_columns(page)
        sheet = book.create_sheet(str(page.label))
        write_sheet(sheet, columns, rows_of(contents, page))
    book.properties.creator, book.properties.description = "", mark
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(contents: Sequence[ItemContent], page: Page) -> Iterator[Mapping[str, Any]]:
    """The rows of a sheet, each with the code of its item."""
    for content in contents:
        data = content.model_dump(mode="json")
        for name in ("legal_limit", "promised_limit"):
            limit = data.pop(name) or {}
            data |= {f"{name}.{part}": limit.get(part, "") for part in ("value", "unit", "basis")}
        if page is Page.ITEMS:
            yield data
        elif page is Page.QUESTIONS:
            yield from ({"code": content.code, "asked": asked, "answer": answer} for asked, answer in content.questions)
        else:
            for row in data[page.value]:
                limit = row.pop("limit", None) or {}
                yield {"code": content.code, **row, **{f"limit.{part}": limit.get(part, "") for part in ("value", "unit", "basis")}}


def write_sheet(sheet: Worksheet, columns: Sequence[Column], rows: Iterator[Mapping[str, Any]]) -> None:
    for place, column in enumerate(columns, 1):
        cell = sheet.cell(1, place, str(column.label))
        cell.font, cell.fill, cell.alignment = Font(bold=True), HEAD, Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        sheet.column_dimensions[get_column_letter(place)].number_format = "@"
        offer(sheet, column, get_column_letter(place))
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(columns, 1):
            text = guarded(column.shown(row.get(column.name)))
            cell = sheet.cell(number, place, text)
            if "\n" in text:
                cell.alignment = WRAPPED
    sheet.freeze_panes = "C2"


def offer(sheet: Worksheet, column: Column, letter: str) -> None:
    """A list to pick from, where the words of a choice fit into one."""
    labels = [said(label) for key, label in column.words.items() if key]
    picked = ",".join(labels)
    if column.kind is not Kind.CHOICE or len(picked) > MOST_PICKED or picked.count(",") >= len(labels) or '"' in picked:
        return
    choice = DataValidation(type="list", formula1=f'"{picked}"', allow_blank=True, showErrorMessage=False)
    sheet.add_data_validation(choice)
    choice.add(f"{letter}2:{letter}{MOST_ROWS}")


@dataclass(frozen=True)
class Place:
    """Where something stands in the workbook."""

    page: Page
    row: int

    def fault(self, column: str, sentence: str) -> Problem:
        where = _("“%(sheet)s”表“%(column)s”") if column else _("“%(sheet)s”表")
        return Problem(self.row, where % {"sheet": self.page.label, "column": column}, sentence)


@dataclass(frozen=True)
class Read:
    """One row as it stood there: its place, its values by the name of the column, what could not be read."""

    place: Place
    values: dict[str, Any]
    problems: list[Problem]


def is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK") and b"xl/workbook.xml" in content


def read_workbook(name: str, content: bytes) -> list[ItemContent]:
    """The lists of a workbook; FilesInvalid with every fault by sheet, row and column."""
    try:
        inspect(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        read = {page: list(read_page(book, page)) for page in Page}
    except FileRefused as refused:
        raise FilesInvalid([(name, Problem(1, "", str(refused)))]) from None
    problems = [problem for rows in read.values() for row in rows for problem in row.problems]
    contents = list(judged(read, problems))
    if not read[Page.ITEMS]:
        problems.append(Place(Page.ITEMS, 1).fault("", _("表里没有数据行。")))
    if problems:
        raise FilesInvalid([(name, problem) for problem in sorted(set(problems), key=lambda one: (one.path, one.line))])
    return contents


def read_page(book: Workbook, page: Page) -> Iterator[Read]:
    """The rows of a sheet that are not empty. The first sheet must be there; of the others a workbook may have none."""
    sheet = next((book[title] for title in book.sheetnames if title.strip() in labels_of(page.label)), None)
    if sheet is None:
        if page is Page.ITEMS:
            raise FileRefused(_("没有找到“%(sheet)s”这张表，请用“导出 Excel”得到的表格修改。") % {"sheet": page.label})
        return
    columns = item_columns() if page is Page.ITEMS else more_columns(page)
    placed: dict[int, Column] = {}
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS + LOOK_DOWN, values_only=True), 1):
        if not placed:
            placed = head_of(cells, columns)
            if not placed and number >= LOOK_DOWN:
                break
        elif any(cell is not None and str(cell).strip() for cell in cells):
            yield read_row(Place(page, number), cells, placed)
    if not placed:
        raise FileRefused(_("“%(sheet)s”表的前 10 行里没有找到列名，请用“导出 Excel”得到的表格修改。") % {"sheet": page.label})


def head_of(cells: Sequence[Any], columns: Sequence[Column]) -> dict[int, Column]:
    """Which column stands where, by its name in either language; nothing where this is not the line of names."""
    known = {name: column for column in columns for name in labels_of(column.label)}
    placed = {place: known[said] for place, cell in enumerate(cells) if (said := str(cell or "").strip()) in known}
    names = {column.name for column in placed.values()}
    return placed if "code" in names and len(names) > 1 else {}


def read_row(place: Place, cells: Sequence[Any], placed: Mapping[int, Column]) -> Read:
    values, problems = {}, []
    for number, column in placed.items():
        text = typed(cells[number] if number < len(cells) else None)
        try:
            values[column.name] = column.read(text)
        except ValueError as wrong:
            problems.append(place.fault(str(column.label), str(wrong)))
    return Read(place, values, problems)


def typed(cell: Any) -> str:
    """What stands in a cell as text; 5.0 is 5, line ends are plain."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell).replace("\r\n", "\n").replace("_x000D_", "").strip()
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def judged(read: Mapping[Page, list[Read]], problems: list[Problem]) -> Iterator[ItemContent]:
    """The lists that are right; what is wrong with the others is added to `problems`."""
    below: dict[str, dict[Page, list[Read]]] = {}
    for page in MORE:
        for row in read[page]:
            below.setdefault(str(row.values.get("code", "")), {}).setdefault(page, []).append(row)
    seen: dict[str, int] = {}
    for row in read[Page.ITEMS]:
        code = str(row.values.get("code", ""))
        if code in seen:
            problems.append(row.place.fault(str(FIXED[0].label), _("和第 %(row)d 行重复。") % {"row": seen[code]}))
            continue
        seen[code] = row.place.row
        rows = below.pop(code, {})
        if row.problems or any(one.problems for several in rows.values() for one in several):
            continue
        yield from checked(row, rows, problems)
    for rows in below.values():
        for one in (one for several in rows.values() for one in several):
            problems.append(one.place.fault(str(FIXED[0].label), _("“事项”表里没有这个编码。")))


def checked(row: Read, below: Mapping[Page, list[Read]], problems: list[Problem]) -> Iterator[ItemContent]:
    """The list of one item by its shape and its rules."""
    try:
        content = ItemContent.model_validate(data_of(row, below))
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            problems.append(where(error["loc"], row, below, sentence_of(error, {})))
        return
    known = {"theme": themes(), "life_events": life_events(), "groups": groups()}
    wrong = [*faults(content), *unknown_words(content, known)]
    problems += [where(path, row, below, sentence) for path, sentence in wrong]
    if not wrong:
        yield content


def data_of(row: Read, below: Mapping[Page, list[Read]]) -> dict[str, Any]:
    """The rows of an item as the data of an `ItemContent`; a cell that is empty is as usual."""
    data = with_limits(row.values)
    for page in (Page.MATERIALS, Page.STEPS):
        data[page.value] = [with_limits({name: value for name, value in one.values.items() if name != "code"}) for one in below.get(page, [])]
    taken = {one.get("key") for one in data["materials"]}
    fresh = (key for key in (f"paper_{number}" for number in range(1, 1000)) if key not in taken)
    data["materials"] = [one if one.get("key") else {**one, "key": next(fresh)} for one in data["materials"]]
    data["questions"] = [(one.values.get("asked", ""), one.values.get("answer", "")) for one in below.get(Page.QUESTIONS, [])]
    return data


def with_limits(values: Mapping[str, Any]) -> dict[str, Any]:
    """`limit.value`, `limit.unit` and `limit.basis` as one limit; none without a number."""
    data = {name: value for name, value in values.items() if "." not in name and value is not None}
    for name in dict.fromkeys(name.split(".")[0] for name in values if "." in name):
        if values.get(f"{name}.value") is not None:
            parts = {part: values.get(f"{name}.{part}") for part in ("value", "unit", "basis")}
            data[name] = {part: value for part, value in parts.items() if value is not None}
    return data


def where(path: tuple[Any, ...], row: Read, below: Mapping[Page, list[Read]], sentence: str) -> Problem:
    """A fault of the list at the cell that holds it."""
    page = next((page for page in MORE if page.value == path[0]), None)
    if page is None or len(path) < 2 or not isinstance(path[1], int) or path[1] >= len(below.get(page, [])):
        return row.place.fault(label_at(item_columns(), path), sentence)
    return below[page][path[1]].place.fault(label_at(more_columns(page), path[2:]), sentence)


def label_at(columns: Sequence[Column], path: Sequence[Any]) -> str:
    named = [column for column in columns if path and column.name.split(".")[0] == path[0]]
    return str(named[0].label) if named else ""
