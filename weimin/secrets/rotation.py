"""Seal every sealed column of every jurisdiction anew with the current key, in batches; begin again where it stopped.

What is done is known by the version byte of each value, so a killed run loses nothing and needs no bookkeeping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from django.apps import apps
from django.db import connection, models
from django_tenants.utils import get_public_schema_name, get_tenant_model, schema_context
from psycopg import sql

from weimin.secrets.cipher import seal_bytes, unseal_bytes
from weimin.secrets.fields import SealedField
from weimin.secrets.keys import keyring

BATCH = 500
Opened = Callable[[], AbstractContextManager[None]]  # a transaction in which every row may be seen and changed


def sealed_columns() -> list[SealedField]:
    """Every sealed column of the concrete models, in a steady order."""
    found = [field for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, SealedField)]
    return sorted(found, key=lambda field: field.place)


def schemas() -> list[str]:
    named = get_tenant_model().objects.exclude(schema_name=get_public_schema_name()).order_by("schema_name")
    return [get_public_schema_name(), *named.values_list("schema_name", flat=True)]


def rotate(opened: Opened, batch: int = BATCH) -> Iterator[tuple[str, str, int]]:
    """(schema, table.column, values sealed anew) of each column that had old ones."""
    for schema in schemas():
        with schema_context(schema):
            for field in present_columns():
                done = rotate_column(field, opened, batch)
                if done:
                    yield schema, field.place, done


def rotate_column(field: SealedField, opened: Opened, batch: int = BATCH) -> int:
    """Every old value of a column in the current schema; how many."""
    total = 0
    while done := rotate_batch(field, opened, min(batch, field.sealed_at_once)):
        total += done
    return total


def count_old(opened: Opened) -> int:
    """How many values of the whole installation are not sealed with the current key."""
    total = 0
    for schema in schemas():
        with schema_context(schema):
            total += sum(_count_old(field, opened) for field in present_columns())
    return total


def present_columns() -> list[SealedField]:
    """The sealed columns whose table is in the current schema itself."""
    with connection.cursor() as cursor:
        schema = connection.schema_name  # type: ignore[attr-defined]
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = %s", [schema])
        tables = {name for (name,) in cursor.fetchall()}
    return [field for field in sealed_columns() if field.model._meta.db_table in tables]


def rotate_batch(field: SealedField, opened: Opened, batch: int) -> int:
    """Seals up to `batch` old values anew in one transaction; 0 when none is left."""
    names = _names(field.model, field)
    with opened(), connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT {pk}, {column} FROM {table} WHERE {old} LIMIT %s FOR UPDATE").format(**names),
            [_version(), batch],
        )
        rows = cursor.fetchall()
        anew = [(seal_bytes(unseal_bytes(bytes(value), field.place), field.place), pk) for pk, value in rows]
        cursor.executemany(sql.SQL("UPDATE {table} SET {column} = %s WHERE {pk} = %s").format(**names), anew)
    return len(rows)


def _count_old(field: SealedField, opened: Opened) -> int:
    with opened(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {table} WHERE {old}").format(**_names(field.model, field)), [_version()])
        return cursor.fetchone()[0]


def _version() -> bytes:
    return keyring().current.to_bytes(1, "big")


def _names(model: type[models.Model], field: SealedField) -> dict[str, sql.Composable]:
    column = sql.Identifier(str(field.column))
    old = sql.SQL("{column} <> ''::bytea AND substring({column} from 1 for 1) <> %s").format(column=column)
    pk = model._meta.pk
    return {
        "table": sql.Identifier(model._meta.db_table),
        "column": column,
        "pk": sql.Identifier(str(pk.column)),
        "old": old,
    }
