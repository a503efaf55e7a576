"""The columns of a sheet, derived from the fields of a form: labels in both languages, hints, lists, how text becomes input."""

import re
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import override

LANGUAGES = ("zh-hans", "en")
YES = {"是", "有", "对", "√", "yes", "y", "true", "1", "1.0"}  # text: data
NO = {"否", "无", "没有", "×", "no", "n", "false", "0", "0.0", ""}  # text: data
LIST_MARKS = re.compile(r"[、,，;；]\s*")
MIDNIGHT = re.compile(r"^(\d{4}-\d{2}-\d{2}) 00:00:00(?:\.0+)?$")
LOOSE_DATE = re.compile(r"^(\d{4})[./年](\d{1,2})[./月](\d{1,2})日?$")  # text: data


@dataclass(frozen=True)
class Column:
    name: str
    field: forms.Field
    labels: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.field.label or self.name)

    @property
    def is_text(self) -> bool:
        """A plain text field: its cells hold characters, and digits in it are a name, not a quantity."""
        return type(self.field).clean is forms.Field.clean and isinstance(self.field, forms.CharField)


def columns_of(form_class: type[forms.BaseForm], form: forms.BaseForm | None = None) -> list[Column]:
    """One column for each field that a sheet can carry (no files, no hidden fields)."""
    fields = form.fields if form is not None else form_class.base_fields  # type: ignore[attr-defined]
    usable = {n: f for n, f in fields.items() if not isinstance(f, forms.FileField) and not f.widget.is_hidden}
    return [Column(name, field, _labels(name, field)) for name, field in usable.items()]


def _labels(name: str, field: forms.Field) -> tuple[str, ...]:
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(normal(str(field.label or name.replace("_", " "))))
    return (*found, normal(name))


def normal(label: str) -> str:
    """A label without what people add to it: required marks, blanks, the unit or hint in brackets is kept."""
    return (
        re.sub(r"[\s*＊　_]|[（(]必填[）)]|\(required\)", "", label.lower())  # text: data
        .replace("（", "(")
        .replace("）", ")")
        .rstrip(":：")
    )


def choice_words(field: forms.Field) -> dict[str, str]:
    """What a person may write → the value of the choice, in either language; groups are flattened."""
    if isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField):
        return {}
    words: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            for value, label in flat_choices(field):
                words[normal(label)] = value
                words.setdefault(normal(value), value)
    return words


def flat_choices(field: forms.ChoiceField) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for value, label in field.choices:  # type: ignore[misc, union-attr]
        pairs = label if isinstance(label, (list, tuple)) else [(value, label)]
        flat += [(str(v), str(l)) for v, l in pairs if v not in ("", None)]  # noqa: E741
    return flat


class Reader:
    """Turns the text of a cell into what the form field expects; made once a file, since choices cost translations."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.words = choice_words(column.field)
        field = column.field
        self.many = isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField))
        self.boolean = isinstance(field, forms.BooleanField)
        self.date = isinstance(field, (forms.DateField, forms.DateTimeField))

    def __call__(self, text: str) -> str | list[str]:
        if self.boolean:
            lowered = text.strip().lower()
            return "on" if lowered in YES else "" if lowered in NO else text
        if self.many:
            return [self.words.get(normal(part), part) for part in LIST_MARKS.split(text) if part]
        if self.words:
            return self.words.get(normal(text), text)
        return _date_text(text) if self.date else text


def _date_text(text: str) -> str:
    """2026-01-02 00:00:00, 2026.1.2, 2026/1/2 and 2026年1月2日 are all written 2026-01-02."""
    if found := MIDNIGHT.match(text):
        return found[1]
    if found := LOOSE_DATE.match(text):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return text


def hint(column: Column) -> str:
    """What a person reads above the column: the help text, or the form that is expected."""
    field = column.field
    if field.help_text:
        return str(field.help_text)
    if isinstance(field, forms.DateTimeField):
        return _("如 2026-03-01 09:30")
    if isinstance(field, forms.DateField):
        return _("如 2026-03-01")
    if isinstance(field, forms.BooleanField):
        return _("填“是”或“否”")
    if isinstance(field, forms.MultipleChoiceField):
        return _("可填多项，用顿号隔开")
    if isinstance(field, forms.ChoiceField):
        return _("从下拉列表选")
    if isinstance(field, forms.IntegerField):
        return _("填数字")
    return ""
