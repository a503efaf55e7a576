"""Statements that every request or write repeats, prepared in the server: it reads, walls and plans them once for each connection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection, models

from weimin.walls.tenancy import tenancy


@contextmanager
def preparing() -> Iterator[None]:
    """Querysets asked inside are prepared. Their text must be the same each time: values may differ, the number of values may not. Nothing for
    an index with a condition (`WHERE status <> 'merged'`): a prepared plan does not see the value and cannot use it."""
    tenancy.preparing = True
    try:
        yield
    finally:
        tenancy.preparing = False


@contextmanager
def prepared() -> Iterator[Any]:
    """A cursor for one statement that is written as a constant."""
    with preparing(), connection.cursor() as cursor:
        yield cursor


@cache
def _insert(model: type[models.Model]) -> tuple[str, Sequence[Any], Sequence[Any]]:
    """Statement, fields that are written, fields that the server makes."""
    meta: Any = model._meta
    made = list(meta.db_returning_fields)
    written = [field for field in meta.local_concrete_fields if field not in made]
    columns, marks = ", ".join(f'"{field.column}"' for field in written), ", ".join(["%s"] * len(written))
    back = ", ".join(f'"{field.column}"' for field in made)
    return f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ({marks}) RETURNING {back}', written, made


def insert(row: models.Model) -> None:
    """What `row.save(force_insert=True)` does for a model without parents and listeners, with a statement that is built once."""
    statement, written, made = _insert(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in written]
    with prepared() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchone()
    for field, value in zip(made, found, strict=True):
        setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, connection.alias
