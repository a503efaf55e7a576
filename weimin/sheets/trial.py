"""The dry run: every row through the form, every fault named by row and column, nothing written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from weimin.sheets.columns import Reader, columns_of
from weimin.sheets.errors import FileRefused
from weimin.sheets.guard import MOST_ROWS
from weimin.sheets.reading import Row, Sheet, read

UNCHANGING = (str, int, float, Decimal, date, type(None))
REMEMBERED = 20_000  # different texts of one column

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


class _Cell:
    """One field of the form over all rows. What a column says again and again is read and checked once, when what comes of it cannot change."""

    def __init__(self, form: forms.BaseForm, name: str, reader: Reader | None) -> None:
        self.name, self.field, self.reader = name, form.fields[name], reader
        self.initial = form.get_initial_for_field(self.field, name)
        self.own = getattr(form, f"clean_{name}", None)
        self.known: dict[str, tuple[Any, Any, forms.ValidationError | None]] = {}

    def look(self, cells: dict[str, str]) -> tuple[Any, Any, forms.ValidationError | None]:
        """(what the form takes, what the field makes of it, its fault)."""
        text = cells[self.name] if self.reader else ""
        found = self.known.get(text)
        if found is None:
            data = self.reader(text) if self.reader else None
            given = self.initial if self.field.disabled else self.field.widget.value_from_datadict({self.name: data} if self.reader else {}, {}, self.name)  # type: ignore[arg-type]
            try:
                found = data, self.field.clean(given), None
            except forms.ValidationError as fault:
                found = data, None, fault
            if isinstance(data, str | None) and isinstance(found[1], UNCHANGING) and len(self.known) < REMEMBERED:
                self.known[text] = found
        return found


class _Trial:
    """The state of one dry run."""

    def __init__(self, form: forms.BaseForm, sheet: Sheet, check_row: RowCheck | None) -> None:
        self.form, self.check_row = form, check_row
        columns = columns_of(type(form), form)
        self.labels = {column.name: column.label for column in columns}
        readers = {column.name: Reader(column) for column in columns if column.name in sheet.positions}
        self.cells = [_Cell(form, name, readers.get(name)) for name in form.fields]  # type: ignore[attr-defined]
        self.good: list[GoodRow] = []
        self.errors: list[RowError] = []

    def add(self, row: Row) -> None:
        data = self.clean(row.cells)
        faults: dict[str, list[str]] = {name: [_("数字超过 15 位，Excel 已经改动了末尾的数字。请把这一列设为“文本”格式后重新填写。")] for name in row.rounded}
        for name, told in self.form.errors.items():
            faults.setdefault(name, [str(sentence) for sentence in told])
        if not faults and self.check_row is not None:
            faults = _as_faults(self.check_row(self.form.cleaned_data))
        if not faults:
            self.good.append(GoodRow(row.number, data, self.form.cleaned_data))
        for name, sentences in faults.items():
            column = "" if name == NON_FIELD_ERRORS else name
            label, value = self.labels.get(column, ""), row.cells.get(column, "")
            self.errors += [RowError(row.number, column, label, value.removesuffix(" 00:00:00"), sentence) for sentence in sentences]

    def clean(self, cells: dict[str, str]) -> dict[str, Any]:
        """Cleans the form with one row, as `full_clean` does; what it was given."""
        form: Any = self.form
        form._errors, form.cleaned_data, form.data = ErrorDict(renderer=form.renderer), {}, {}
        for cell in self.cells:
            given, value, fault = cell.look(cells)
            if cell.reader:
                form.data[cell.name] = given
            try:
                if fault:
                    raise fault
                form.cleaned_data[cell.name] = value
                if cell.own:
                    form.cleaned_data[cell.name] = cell.own()
            except forms.ValidationError as told:
                form.add_error(cell.name, told)
        form._clean_form()
        form._post_clean()
        return form.data  # type: ignore[no-any-return]


def _as_faults(answer: str | dict[str, str] | None) -> dict[str, list[str]]:
    if not answer:
        return {}
    if isinstance(answer, dict):
        return {name: [str(sentence)] for name, sentence in answer.items()}
    return {NON_FIELD_ERRORS: [str(answer)]}
