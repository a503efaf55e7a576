"""PostgreSQL with foreign keys that are checked at once, never deferred (scale.md, rule 2)."""

from django.db.backends.postgresql import base, operations, schema


class DatabaseSchemaEditor(base.DatabaseSchemaEditor):  # type: ignore[name-defined, misc]
    sql_create_column_inline_fk = "CONSTRAINT %(name)s REFERENCES %(to_table)s(%(to_column)s)%(deferrable)s"
    sql_delete_fk = schema.DatabaseSchemaEditor.sql_delete_constraint


class DatabaseOperations(operations.DatabaseOperations):
    def deferrable_sql(self) -> str:
        return ""


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = DatabaseSchemaEditor
    ops_class = DatabaseOperations
