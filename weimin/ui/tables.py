"""What a table consists of: columns that views declare, and how one cell is read and worded. Pure but for attribute reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from weimin.ui import formats, masks

KINDS: dict[str, Callable[[Any], Any]] = {
    "text": lambda value: formats.NOTHING if value in (None, "") else value,
    "number": formats.figure,
    "money": formats.yuan_figure,
    "day": formats.iso_day,
    "short_day": formats.short_day,
    "moment": formats.moment,
    "person": lambda value: masks.mask_name(value or "") or formats.NOTHING,
    "identity": lambda value: masks.mask_identity(value or "") or formats.NOTHING,
    "phone": lambda value: masks.mask_phone(value or "") or formats.NOTHING,
    "lamp": lambda value: value,
    "tag": lambda value: value,
    "action": lambda value: value,
}
RIGHT = {"number", "money", "action"}


@dataclass(frozen=True)
class Column:
    """One column. `key` is a dotted path into the row ("site.name"; a dict key or an attribute; a method without arguments is called).

    kind      text, number, money (fen), day, short_day, moment, person, identity, phone (masked), lamp, tag (value = (words, kind)), action
    url       dotted path to the address that the cell links to
    template  a fragment that draws the cell, with `row` and `value`
    hint      dotted path to a second, smaller line
    sort      name in `?sort=`; empty = not sortable
    main      the heading of the card on a phone
    minor     not shown in the compact phone card (`compact=True`)
    """

    label: str | Promise
    key: str = ""
    kind: str = "text"
    url: str = ""
    template: str = ""
    hint: str = ""
    sort: str = ""
    main: bool = False
    minor: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"column kind {self.kind!r} is not one of {', '.join(KINDS)}")

    @property
    def classes(self) -> str:
        names = ["r"] if self.kind in RIGHT else []
        names += ["num"] if self.kind in ("number", "money", "day", "short_day", "moment", "identity", "phone") else []
        names += ["nw"] if self.kind not in ("text", "action") and not self.template else []
        names += ["main-cell"] if self.main else []
        names += ["minor"] if self.minor else []
        names += [f"{'act' if self.kind == 'action' else 'lamp'}-cell"] if self.kind in ("action", "lamp") else []
        return " ".join(names)


@dataclass(frozen=True)
class Cell:
    """One cell as the template draws it."""

    column: Column
    value: Any
    url: str
    hint: Any
    row: Any


def read(row: Any, path: str) -> Any:
    """The value at a dotted path; None as soon as a part is None. A wrong name is a bug (KeyError, AttributeError)."""
    value = row
    for name in path.split(".") if path else []:
        if value is None:
            return None
        value = value[name] if isinstance(value, dict) else getattr(value, name)
        if callable(value):
            value = value()
    return value


def cell(row: Any, column: Column) -> Cell:
    value = read(row, column.key) if column.key else row
    shown = value if column.template else KINDS[column.kind](value)
    return Cell(
        column,
        shown,
        read(row, column.url) or "" if column.url else "",
        read(row, column.hint) if column.hint else "",
        row,
    )
