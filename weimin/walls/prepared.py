"""Statements that every request or write repeats, prepared in the server: it reads, walls and plans them once for each connection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from weimin.walls.actor import Actor
from weimin.walls.tenancy import tenancy

Row = TypeVar("Row", bound=models.Model)


@contextmanager
def preparing(marks: str = "%s") -> Iterator[None]:
    """Querysets asked inside are prepared. Their text must be the same each time: values may differ, the number of values may not. Nothing for
    an index with a condition (`WHERE status <> 'merged'`): a prepared plan does not see the value and cannot use it."""
    tenancy.preparing = marks
    try:
        yield
    finally:
        tenancy.preparing = ""


@contextmanager
def prepared(marks: str = "%s") -> Iterator[Any]:
    """A cursor for one statement that is written as a constant. marks: `%s`, or `$1` for one that has its numbers already."""
    with preparing(marks), connection.cursor() as cursor:
        yield cursor


@cache
def _insert(model: type[models.Model], count: int) -> tuple[str, Sequence[Any], Sequence[Any]]:
    """Statement for so many rows, fields that are written, fields that the server makes."""
    meta: Any = model._meta
    made = list(meta.db_returning_fields)
    written = [field for field in meta.local_concrete_fields if field not in made]
    columns, back = (", ".join(f'"{field.column}"' for field in fields) for fields in (written, made))
    numbers = (range(row * len(written) + 1, (row + 1) * len(written) + 1) for row in range(count))
    marks = ", ".join(f"({', '.join(f'${number}' for number in row)})" for row in numbers)
    return f'INSERT INTO "{meta.db_table}" ({columns}) VALUES {marks} RETURNING {back}', written, made


def insert(*rows: models.Model) -> None:
    """What `save(force_insert=True)` does for a few rows of one model without parents and listeners, with a statement that is built once."""
    if not rows:
        return
    statement, written, made = _insert(type(rows[0]), len(rows))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in written]
    with prepared("$1") as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchall()
    for row, facts in zip(rows, found, strict=True):
        for field, value in zip(made, facts, strict=True):
            setattr(row, field.attname, value)
        row._state.adding, row._state.db = False, connection.alias


def columns(model: type[models.Model], but: str = "") -> list[str]:
    """The attribute names of a model's columns; `but` one that is not read."""
    return [field.attname for field in model._meta.concrete_fields if field.attname != but]


def made_of(model: type[Row], fields: Sequence[str], values: Sequence[Any]) -> Row:
    """A row from the values of its columns (in the model's order), each opened as its field does it; columns that are left out are read when asked for."""
    opened = [opener(value) for opener, value in zip(_openers(model, tuple(fields)), values, strict=True)]
    return model.from_db(connection.alias, fields, opened)


@cache
def _openers(model: type[models.Model], fields: tuple[str, ...]) -> list[Any]:
    return [_opener(model._meta.get_field(name)) for name in fields]


def _opener(field: Any) -> Any:
    steps = field.get_db_converters(connection)
    if not steps:
        return lambda value: value

    def opened(value: Any) -> Any:
        for step in steps:
            value = step(value, None, connection)
        return value

    return opened


def one_visible(actor: Actor, model: type[Row], fields: Sequence[str], condition: str, *values: Any, held: bool = False) -> Row | None:
    """The row that the actor sees under a condition (constant SQL, `%s` for values), or None; as `visible_to` and the wall have it.

    held: nobody who locks it for a change (a death, a merge) gets it before this transaction has ended; the key that a foreign key takes anyway.
    """
    if not actor.has_purpose(getattr(model, "purpose", "")):
        return None
    read = [name for name in columns(model) if name == "id" or name in fields]
    with prepared() as cursor:
        cursor.execute(_select(model, tuple(read), condition, held), [actor.low, actor.high, *values])
        row = cursor.fetchone()
    return made_of(model, read, row) if row else None


@cache
def _select(model: type[models.Model], fields: tuple[str, ...], condition: str, held: bool) -> str:
    chosen = ", ".join(f'"{model._meta.get_field(name).column}"' for name in fields)  # type: ignore[union-attr]
    return f'SELECT {chosen} FROM "{model._meta.db_table}" WHERE region >= %s AND region <= %s AND {condition} LIMIT 1{" FOR KEY SHARE" if held else ""}'
