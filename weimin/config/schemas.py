"""Which schemas lag behind the code: asked by the preparation, by /readyz and by `weimin check`."""

from collections.abc import Iterable

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_tenants.utils import get_tenant_model
from psycopg import sql


def schemas_behind() -> list[str]:
    """Schemas whose recorded migrations are not all that the code has; ['public'] on an empty database.

    django-tenants records every migration in every schema, also where its router creates nothing.
    """
    wanted = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_schema FROM information_schema.tables WHERE table_name = 'django_migrations' ORDER BY 1")
        recorded = [schema for (schema,) in cursor.fetchall()]
        expected = ["public", *(_jurisdiction_schemas() if "public" in recorded and _knows_jurisdictions() else [])]
        behind = []
        for schema in expected:
            if schema not in recorded or not wanted <= _applied(cursor, schema):
                behind.append(schema)
    return behind


def _applied(cursor, schema: str) -> set[tuple[str, str]]:
    cursor.execute(sql.SQL("SELECT app, name FROM {}.django_migrations").format(sql.Identifier(schema)))
    return set(cursor.fetchall())


def _knows_jurisdictions() -> bool:
    return get_tenant_model()._meta.db_table in connection.introspection.table_names()


def _jurisdiction_schemas() -> Iterable[str]:
    return get_tenant_model().objects.exclude(schema_name="public").values_list("schema_name", flat=True)
