"""The schema of a second jurisdiction is made with the statements that made the first, in the same process and so by the same code.

Migrations spend nine tenths of their time in working out what the tables should look like; what comes of it is the same for every jurisdiction
but for the name of its schema. Nothing is kept beyond the process: a new release migrates its first schema step by step again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

# Reading changes nothing, savepoints are those of the moment, and the path is that of the schema being made.
PASSED_OVER = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|SET search_path|SHOW)\b", re.IGNORECASE)
CHANGING = re.compile(r"\s*SELECT\s+(pg_catalog\.)?(setval|set_config)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    sql: str
    params: Any
    many: bool


@dataclass(frozen=True)
class Record:
    """What made a schema, in order."""

    schema: str
    statements: tuple[Statement, ...]


_record: Record | None = None


def recorded() -> Record | None:
    return _record


@contextmanager
def recording(schema: str) -> Iterator[None]:
    """Keeps what changes the database meanwhile, when all of it went well."""
    global _record
    kept: list[Statement] = []

    def keep(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        text = sql if isinstance(sql, str) else sql.as_string(connection.connection) if hasattr(sql, "as_string") else str(sql)
        if CHANGING.match(text) or not PASSED_OVER.match(text):
            kept.append(Statement(text, list(params) if many else params, many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield
    _record = Record(schema, tuple(kept))


def repeat(record: Record, schema: str) -> None:
    """The same for another schema, which the connection is set to."""
    named = re.compile(rf"\b{re.escape(record.schema)}\b")

    def here(value: Any) -> Any:
        if isinstance(value, str):
            return named.sub(schema, value)
        return type(value)(here(one) for one in value) if isinstance(value, list | tuple) else value

    with connection.cursor() as cursor:
        for statement in record.statements:
            if statement.many:
                cursor.executemany(here(statement.sql), here(statement.params))
            else:
                cursor.execute(here(statement.sql), here(statement.params))
