"""The dry run: every row through the form, every fault named by row and column, nothing written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from weimin.sheets.columns import Reader, columns_of
from weimin.sheets.errors import FileRefused
from weimin.sheets.guard import MOST_ROWS
from weimin.sheets.reading import Row, Sheet, read

# Given the cleaned row, None when it is good, else a sentence for the row or {field: sentence}.
RowCheck = Callable[[dict[str, Any]], str | dict[str, str] | None]


@dataclass(frozen=True)
class RowError:
    """`row` as Excel shows it; `column` is the field's name, empty when the whole row is at fault."""

    row: int
    column: str
    label: str
    value: str
    sentence: str


@dataclass(frozen=True)
class GoodRow:
    """`data` is what the form takes (for `act`), `cleaned` what it makes of it."""

    row: int
    data: dict[str, Any]
    cleaned: dict[str, Any]


@dataclass(frozen=True)
class Report:
    rows: int
    good: list[GoodRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    sheet: Sheet | None = None

    @property
    def bad_rows(self) -> set[int]:
        return {error.row for error in self.errors}


def dry_run(content: bytes, form_class: type[forms.BaseForm], *, check_row: RowCheck | None = None,
            form_kwargs: dict[str, Any] | None = None, version: str = "") -> Report:  # fmt: skip
    """Checks a filled template without writing. Raises FileRefused when the file as a whole cannot be taken.

    `check_row` sees each row that the form accepts, and may remember earlier ones (for duplicates). `version`, when given,
    must be that of the template. One form serves all rows, since making one costs more than using it.
    """
    form = form_class(data={}, **(form_kwargs or {}))
    sheet = read(content, form_class, form)
    if version and sheet.version and sheet.version != version:
        raise FileRefused(_("模板是旧版本（%(old)s），请下载新模板（%(new)s）再填。") % {"old": sheet.version, "new": version})
    if not sheet.rows:
        raise FileRefused(_("表里没有数据行。"))
    if len(sheet.rows) > MOST_ROWS:
        raise FileRefused(_("表格超过 %d 行，请分成几个文件导入（空行也请删掉）。") % MOST_ROWS)
    trial = _Trial(form, sheet, check_row)
    for row in sheet.rows:
        trial.add(row)
    return Report(len(sheet.rows), trial.good, trial.errors, sheet)


class _Trial:
    """The state of one dry run."""

    def __init__(self, form: forms.BaseForm, sheet: Sheet, check_row: RowCheck | None) -> None:
        self.form, self.check_row = form, check_row
        columns = columns_of(type(form), form)
        self.labels = {column.name: column.label for column in columns}
        self.readers = [(column.name, Reader(column)) for column in columns if column.name in sheet.positions]
        self.good: list[GoodRow] = []
        self.errors: list[RowError] = []

    def add(self, row: Row) -> None:
        data = {name: reader(row.cells[name]) for name, reader in self.readers}
        faults: dict[str, list[str]] = {name: [_("数字超过 15 位，Excel 已经改动了末尾的数字。请把这一列设为“文本”格式后重新填写。")] for name in row.rounded}
        form = self.form
        form.data = data
        form._errors = None  # type: ignore[attr-defined]  # makes the form clean itself again with the new data
        for name, told in form.errors.items():
            faults.setdefault(name, [str(sentence) for sentence in told])
        if not faults and self.check_row is not None:
            faults = _as_faults(self.check_row(form.cleaned_data))
        if not faults:
            self.good.append(GoodRow(row.number, data, form.cleaned_data))
        for name, sentences in faults.items():
            column = "" if name == NON_FIELD_ERRORS else name
            label, value = self.labels.get(column, ""), row.cells.get(column, "")
            self.errors += [RowError(row.number, column, label, value, sentence) for sentence in sentences]


def _as_faults(answer: str | dict[str, str] | None) -> dict[str, list[str]]:
    if not answer:
        return {}
    if isinstance(answer, dict):
        return {name: [str(sentence)] for name, sentence in answer.items()}
    return {NON_FIELD_ERRORS: [str(answer)]}
