"""How many rows are written so far, told on a connection of its own, since the transaction that writes shows nothing before its end."""

from __future__ import annotations

import time

import psycopg
from django.db import connection
from psycopg import sql

from weimin.walls.actor import Actor
from weimin.walls.session import opening_statements
from weimin.walls.tenancy import tenancy

SECONDS = 1.0


class Progress:
    """Tells at most once a second, and nothing at all of what takes less than one. `with Progress(…) as progress: progress.tell(count)`."""

    def __init__(self, number: int, actor: Actor) -> None:
        self.number, self.actor, self.told = number, actor, time.monotonic()
        self.line: psycopg.Connection | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *trouble: object) -> None:
        if self.line is not None:
            self.line.close()

    def tell(self, written: int) -> None:
        if time.monotonic() - self.told < SECONDS:
            return
        self.told = time.monotonic()
        line = self.line or self.dial()
        with line.transaction(), line.cursor() as cursor:
            cursor.execute(sql.SQL(opening_statements(self.actor)))  # type: ignore[arg-type]  # our own literals
            table = sql.Identifier(tenancy.schema_name, "residents_import")
            cursor.execute(sql.SQL("UPDATE {} SET written = greatest(written, least(%s, rows)) WHERE id = %s").format(table), [written, self.number])

    def dial(self) -> psycopg.Connection:
        self.line = psycopg.connect(**{name: value for name, value in connection.get_connection_params().items() if name in PARAMETERS}, autocommit=True)
        return self.line


PARAMETERS = ("host", "port", "user", "password", "dbname")
