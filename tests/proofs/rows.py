"""Rows in any table without knowing what they mean: for asking the database alone what it shows and refuses."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection

WALLED = """
    SELECT c.relname, string_agg(pg_get_expr(p.polqual, p.polrelid), ' ') FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') GROUP BY 1 ORDER BY 1
"""
COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, NULL), a.atttypmod FROM pg_attribute a
    WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = '' AND a.attgenerated = '' AND a.attnotnull
"""
LOOSE = """
    SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', conrelid::regclass, conname) FROM pg_constraint
    WHERE (conrelid = %s::regclass OR confrelid = %s::regclass) AND contype IN ('c', 'f')
"""
ZEROES: dict[str, Any] = {
    "smallint": 0, "numeric": 0, "double precision": 0, "boolean": False, "jsonb": "{}", "date": "2026-01-01",
    "timestamp with time zone": "2026-01-01 00:00+08", "time without time zone": "08:00", "interval": "1 day", "uuid": "00000000-0000-0000-0000-000000000000",
}  # fmt: skip


def walled_tables() -> dict[str, str]:
    """Table of the current schema → the column its wall looks at: region, or the person."""
    with connection.cursor() as cursor:
        cursor.execute(WALLED)
        return {table: "person" if "weimin.person" in condition else column_of(condition) for table, condition in cursor.fetchall()}


def purposes_of_walls() -> dict[str, str]:
    """Table of the current schema → the purpose that its wall asks for; tables without one are left out."""
    with connection.cursor() as cursor:
        cursor.execute(WALLED)
        found = {table: re.search(r"ARRAY\['(\w+)'", condition) for table, condition in cursor.fetchall()}
    return {table: purpose.group(1) for table, purpose in found.items() if purpose}


def column_of(condition: str) -> str:
    return condition.lstrip("(").split(" ", 1)[0]


def loosen(table: str) -> None:
    """Takes check and foreign key constraints away (until the test is rolled back): only the wall may refuse."""
    with connection.cursor() as cursor:
        cursor.execute(LOOSE, [table, table])
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


def row_for(table: str, number: int) -> dict[str, Any]:
    """A value for each column that must have one; texts and numbers are unlike those of any other row."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        return {name: value_of(kind, size, number) for name, kind, size in cursor.fetchall()}


def value_of(kind: str, size: int, number: int) -> Any:
    if kind in ("bigint", "integer"):
        return number
    if kind == "bytea":
        return number.to_bytes(8, "big")  # hashes are unique
    if kind in ZEROES:
        return ZEROES[kind]
    if kind.endswith("[]"):
        return "{}"
    return str(number)[-(size - 4) :] if size > 4 else str(number)


def insert(table: str, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(row))})", list(row.values()))


def run(statement: str, *values: Any) -> Any:
    """Rows of a SELECT, else the number of rows touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def take_second_wall_down() -> None:
    """Row-level security off for every table of the current schema, until the transaction of the test is rolled back."""
    for table in walled_tables():
        run(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
