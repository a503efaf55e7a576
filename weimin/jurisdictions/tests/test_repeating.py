"""A schema made with the statements of another is the same as one that was migrated step by step."""

from __future__ import annotations

import pytest
from django.db import connection

from weimin.jurisdictions import repeating
from weimin.jurisdictions.creation import create_jurisdiction

pytestmark = [pytest.mark.django_db, pytest.mark.req("N1")]
MIGRATED, REPEATED = 500241000000, 500240000000
# What a schema consists of, with its name taken out; one line for each thing.
ASKED = {
    "columns": """SELECT table_name, column_name, data_type, is_nullable, column_default, generation_expression, identity_generation, character_maximum_length
        FROM information_schema.columns WHERE table_schema = %(schema)s""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %(schema)s",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = %(schema)s::regnamespace""",
    "policies": "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies WHERE schemaname = %(schema)s",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = %(schema)s::regnamespace) AND NOT tgisinternal",
    "rights": "SELECT relname, relkind, relacl::text, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relnamespace = %(schema)s::regnamespace",
    "functions": "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = %(schema)s::regnamespace AND prokind = 'f'",
    "sequences": "SELECT sequencename, start_value, increment_by, last_value FROM pg_sequences WHERE schemaname = %(schema)s",
    "migrations": 'SELECT app, name FROM "{schema}".django_migrations',
    "content types": 'SELECT id, app_label, model FROM "{schema}".django_content_type',
}


def described(schema: str, statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(schema=schema), {"schema": schema})
        return sorted(repr(row).replace(schema, "HERE") for row in cursor.fetchall())


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.setattr(repeating, "_record", None)
    migrated = create_jurisdiction(MIGRATED).schema_name
    assert repeating.recorded() is not None
    return migrated, create_jurisdiction(REPEATED).schema_name


def test_what_is_repeated_is_what_was_migrated(both: tuple[str, str]) -> None:
    different = {name for name, statement in ASKED.items() if described(both[0], statement) != described(both[1], statement)}
    assert different == set()
    assert len(described(both[0], ASKED["policies"])) > 50


def test_a_failure_is_not_kept(monkeypatch: pytest.MonkeyPatch, jurisdiction: object) -> None:
    monkeypatch.setattr(repeating, "_record", None)
    with pytest.raises(ZeroDivisionError), repeating.recording("j500242"):
        raise ZeroDivisionError
    assert repeating.recorded() is None
