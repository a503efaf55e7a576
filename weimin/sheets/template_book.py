"""Writes the workbook that people fill in: from the form, so the sheet, the page and the API ask for the same things."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from weimin.sheets.columns import Column, columns_of, flat_choices, hint
from weimin.sheets.export import guarded
from weimin.sheets.template import Dependent, Lists

DATA, NOTES, LISTS = "数据", "说明", "选项"  # text: data
TITLE_ROW, HINT_ROW, LABEL_ROW, FIRST_ROW = 1, 2, 3, 4
PREPARED_ROWS = 5000  # rows with text format and lists; later rows are read just the same
REQUIRED, OPTIONAL = PatternFill("solid", fgColor="C7DDF2"), PatternFill("solid", fgColor="E9EEF4")
EDGE = Border(*(Side(style="thin", color="B8C4D0"),) * 4)


def template(form_class: type[forms.BaseForm], *, title: str, version: str, lists: Lists | None = None,
             samples: Sequence[Mapping[str, Any]] | None = None, mark: str = "") -> bytes:  # fmt: skip
    """What `weimin.sheets.template.template` promises."""
    columns = columns_of(form_class)
    book = Workbook()
    sheet = book.active
    sheet.title = DATA
    notes, options = book.create_sheet(NOTES), book.create_sheet(LISTS)
    options.sheet_state = "hidden"
    _head(sheet, columns, title, version)
    _formats(sheet, columns)
    _validations(sheet, options, columns, lists or {})
    _notes(notes, columns, title, version, samples or ())
    book.properties.title, book.properties.creator = title, ""
    if mark:
        sheet.oddFooter.center.text, book.properties.description = mark.replace("&", "&&"), mark
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _head(sheet: Worksheet, columns: list[Column], title: str, version: str) -> None:
    sheet.cell(TITLE_ROW, 1, guarded(f"{title}（{_('模板版本')}：{version}）")).font = Font(size=14, bold=True)
    for position, column in enumerate(columns, start=1):
        tip = sheet.cell(HINT_ROW, position, guarded(hint(column)))
        tip.font, tip.alignment = Font(size=9, color="5A6B7B"), Alignment(wrap_text=True, vertical="top")
        required = column.field.required
        cell = sheet.cell(LABEL_ROW, position, f"*{column.label}" if required else guarded(column.label))
        cell.font, cell.fill, cell.border = Font(bold=True), REQUIRED if required else OPTIONAL, EDGE
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if required:
            cell.comment = Comment(_("必填"), "")
        sheet.column_dimensions[get_column_letter(position)].width = max(12, min(30, len(column.label) * 2 + 6, 60))
    sheet.row_dimensions[HINT_ROW].height = 40
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 1)


def _formats(sheet: Worksheet, columns: list[Column]) -> None:
    """Text columns hold text, so that an ID number keeps its eighteen digits and a code its leading zeros."""
    for position, column in enumerate(columns, start=1):
        if isinstance(column.field, (forms.IntegerField, forms.DecimalField, forms.FloatField)):
            continue
        sheet.column_dimensions[get_column_letter(position)].number_format = "@"
        for row in range(FIRST_ROW, FIRST_ROW + min(PREPARED_ROWS, 500)):
            sheet.cell(row, position).number_format = "@"


def _validations(sheet: Worksheet, options: Worksheet, columns: list[Column], lists: Lists) -> None:
    places = {column.name: position for position, column in enumerate(columns, start=1)}
    free = 1
    for column in columns:
        given = lists.get(column.name)
        if isinstance(given, Dependent):
            parent = get_column_letter(places[given.parent])
            formula = _dependent_list(options, free, given, parent)
            free += 2
        else:
            words = list(given) if given is not None else _own_choices(column.field)
            if not words or isinstance(column.field, forms.MultipleChoiceField):
                continue
            formula = _plain_list(options, free, words)
            free += 1
        rule = DataValidation("list", formula1=formula, allow_blank=not column.field.required, showErrorMessage=True)
        rule.errorTitle, rule.error = _("不在列表中"), _("请从下拉列表里选“%s”。") % column.label
        letter = get_column_letter(places[column.name])
        rule.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + PREPARED_ROWS - 1}")
        sheet.add_data_validation(rule)


def _own_choices(choice_field: forms.Field) -> list[str]:
    if isinstance(choice_field, forms.BooleanField):
        return [_("是"), _("否")]
    if isinstance(choice_field, forms.ModelChoiceField) or not isinstance(choice_field, forms.ChoiceField):
        return []
    return [label for _value, label in flat_choices(choice_field)]


def _plain_list(options: Worksheet, at: int, words: list[str]) -> str:
    for row, word in enumerate(words, start=1):
        options.cell(row, at, guarded(word))
    letter = get_column_letter(at)
    return f"{LISTS}!${letter}$1:${letter}${len(words)}"


def _dependent_list(options: Worksheet, at: int, given: Dependent, parent: str) -> str:
    """Pairs of parent and child, parents together: the list is the run of rows that carry the parent chosen beside it."""
    pairs = [(above, below) for above, children in given.choices.items() for below in children]
    for row, (above, below) in enumerate(pairs, start=1):
        options.cell(row, at, guarded(above))
        options.cell(row, at + 1, guarded(below))
    keys, values, last = get_column_letter(at), get_column_letter(at + 1), max(1, len(pairs))
    span = f"{LISTS}!${keys}$1:${keys}${last}"
    chosen = f"${parent}{FIRST_ROW}"
    return f"OFFSET({LISTS}!${values}$1,MATCH({chosen},{span},0)-1,0,COUNTIF({span},{chosen}),1)"


def _notes(notes: Worksheet, columns: list[Column], title: str, version: str, samples: Sequence[Mapping[str, Any]]) -> None:
    lines = [
        _("只填“数据”表，从第 %d 行开始，一行一条；不要改列名。") % FIRST_ROW,
        _("带 * 的列必填。身份证号、电话等列已设为文本格式；从别处复制时请用“粘贴为数值（文本）”。"),
        _("日期写成 2026-03-01。不要用公式，不要合并单元格。"),
        _("导入前系统先试算，有错的格子会标红并写明原因，改好后再导入。"),
    ]
    notes.append([guarded(f"{title}（{_('模板版本')}：{version}）")])
    notes["A1"].font = Font(size=14, bold=True)
    for line in lines:
        notes.append([line])
    notes.append([])
    notes.append([_("列名"), _("是否必填"), _("填写说明")])
    for column in columns:
        notes.append([guarded(column.label), _("必填") if column.field.required else _("选填"), guarded(hint(column))])
    if samples:
        notes.append([])
        notes.append([_("示例")])
        notes.append([guarded(column.label) for column in columns])
        for sample in samples:
            notes.append([guarded(str(sample.get(column.name, ""))) for column in columns])
    notes.column_dimensions["A"].width, notes.column_dimensions["C"].width = 26, 60
