"""PostgreSQL with foreign keys that are checked at once, never deferred (scale.md, rule 2), and with cursors that prepare their statement
in the server while `preparing` is set (`weimin.walls.prepared`)."""

import re
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations, schema
from psycopg.types.numeric import Int8Dumper

NUMBERED = re.compile(r"\$\d+")


class DatabaseSchemaEditor(base.DatabaseSchemaEditor):  # type: ignore[name-defined, misc]
    sql_create_column_inline_fk = "CONSTRAINT %(name)s REFERENCES %(to_table)s(%(to_column)s)%(deferrable)s"
    sql_delete_fk = schema.DatabaseSchemaEditor.sql_delete_constraint


class DatabaseOperations(operations.DatabaseOperations):
    def deferrable_sql(self) -> str:
        return ""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """For the query log: the values stand in a prepared statement as they do in any other."""
        if not isinstance(cursor, Preparing):
            return super().last_executed_query(cursor, sql, params)  # type: ignore[no-any-return]
        if isinstance(cursor, NumberedCursor):
            sql = NUMBERED.sub("%s", sql.replace("%", "%%"))
        return psycopg.ClientCursor(self.connection.connection).mogrify(sql, params)


class Preparing:
    """Binds in the server and prepares at once. Every whole number travels as a bigint: one statement for small and large ones."""

    connection: Any
    adapters: Any

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.adapters.register_dumper(int, Int8Dumper)

    def execute(self, query: Any, params: Any = None, **given: Any) -> Any:
        """Preparing is allowed for this statement only: Django's own cursors send several at once, which cannot be prepared. The search path
        of a jurisdiction goes by unprepared, there are as many as jurisdictions."""
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **{"prepare": not str(query).startswith("SET "), **given})  # type: ignore[misc]
        finally:
            self.connection.prepare_threshold = None


class PreparingCursor(Preparing, psycopg.Cursor[Any]):
    """Values are marked by %s."""


class NumberedCursor(Preparing, psycopg.RawCursor[Any]):
    """Values are marked by $1, $2, …: nothing is to be read in the text, which matters when it has eighty of them."""


CURSORS = {"%s": PreparingCursor, "$1": NumberedCursor}


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = DatabaseSchemaEditor
    ops_class = DatabaseOperations
    preparing = ""

    def create_cursor(self, name: str | None = None) -> Any:
        return CURSORS[self.preparing](self.connection) if self.preparing and name is None else super().create_cursor(name)
