"""The workbook that people fill in, made from a form. `template_book` writes it and is loaded with the first one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from weimin.walls.later import Later

_writing = Later("weimin.sheets.template_book")


@dataclass(frozen=True)
class Dependent:
    """A list that depends on another column: `choices` is township → its villages, `parent` the township's field."""

    parent: str
    choices: Mapping[str, Sequence[str]] = field(repr=False)


Lists = Mapping[str, Sequence[str] | Dependent]


def template(form_class: type[forms.BaseForm], *, title: str, version: str, lists: Lists | None = None,
             samples: Sequence[Mapping[str, Any]] | None = None, mark: str = "") -> bytes:  # fmt: skip
    """An .xlsx with one column a field: hints, labels (required ones marked *), text format, lists, version stamp.

    `lists` gives choices to fields that have none of their own; `samples` (field → value) stand on the notes sheet, where
    nobody imports them by accident. `mark` (who took it out) stands in the footer of each printed page and in the properties.
    """
    book: bytes = _writing.template(form_class, title=title, version=version, lists=lists, samples=samples, mark=mark)
    return book
