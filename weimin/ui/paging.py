"""Keyset pages: the next page starts after the last row, so that page 1,000 costs what page 1 costs and nothing is counted."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

LARGEST = 200


@dataclass(frozen=True)
class Page:
    """`rows` of one page and the cursors of its neighbours (empty = there is none)."""

    rows: Sequence[Any]
    previous: str
    next: str


def page_of(queryset: QuerySet[Any], order: Sequence[str], cursor: str = "", size: int = 20, most: int = LARGEST) -> Page:
    """The page at `cursor` of a queryset ordered by fields ("due_on", "-opened_at"); the primary key is added as the last one.

    The fields must not be null. A cursor that cannot be read (typed by hand, of another list) gives the first page.
    most: the largest page; an export walks in larger steps than a person.
    """
    names = [*order] if any(name.lstrip("-") in ("pk", "id") for name in order) else [*order, "pk"]
    size = max(1, min(size, most))
    backwards, values = _read(cursor, queryset.model, names)
    wanted = [_flip(name) for name in names] if backwards else names
    found = queryset.order_by(*wanted)
    if values:
        found = found.filter(_after(wanted, values))
    rows = list(found[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    before, after = (more, bool(values)) if backwards else (bool(values), more)
    if not rows:
        return Page(rows, "", "")
    return Page(rows, _write("<", rows[0], names) if before else "", _write(">", rows[-1], names) if after else "")


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _after(names: Sequence[str], values: Sequence[Any]) -> Q:
    """(a, b) after (x, y) as `a >= x and (a > x or (a = x and b > y))`: the first part lets a B-tree begin at the row."""
    condition, equal = Q(), Q()
    for name, value in zip(names, values, strict=True):
        field, compare = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{compare}": value})
        equal &= Q(**{field: value})
    first = names[0]
    bound = "lte" if first.startswith("-") else "gte"
    return Q(**{f"{first.lstrip('-')}__{bound}": values[0]}) & condition


def _write(direction: str, row: Model, names: Sequence[str]) -> str:
    values = [str(getattr(row, name.lstrip("-"))) for name in names]
    return base64.urlsafe_b64encode(json.dumps([direction, *values]).encode()).decode().rstrip("=")


def _read(cursor: str, model: type[Model], names: Sequence[str]) -> tuple[bool, list[Any]]:
    try:
        direction, *texts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if len(texts) != len(names) or not all(isinstance(text, str) and "\x00" not in text for text in texts):
            return False, []
        values = [_field(model, name).to_python(text) for name, text in zip(names, texts, strict=True)]
    except (ValueError, TypeError, binascii.Error, ValidationError):
        return False, []
    return direction == "<", values


def _field(model: type[Model], name: str) -> Any:
    plain = name.lstrip("-")
    return model._meta.pk if plain == "pk" else model._meta.get_field(plain)


def part_of(lines: Sequence[Any], cursor: str, size: int = 50) -> Page:
    """A page of a list that is counted in memory (some hundred stations or items); the cursor is the number of the first line."""
    start = min(int(cursor), len(lines)) if cursor.isascii() and cursor.isdigit() and len(cursor) < 7 else 0
    return Page(lines[start : start + size], str(max(0, start - size)) if start else "", str(start + size) if start + size < len(lines) else "")
