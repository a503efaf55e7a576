from pathlib import Path

import pytest
from django.db import connection
from ruamel.yaml import YAML

HERE = Path(__file__).parent
OPEN = {row["table"]: row["reason"] for row in YAML(typ="safe").load(HERE.parent / "data" / "open_tables.yaml")}
TABLES = """
    SELECT c.relname, c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
"""

pytestmark = pytest.mark.django_db


def walled_tables() -> dict[str, bool]:
    """table of the current schema → whether a policy of row-level security guards it."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return dict(cursor.fetchall())


def test_every_table_of_a_jurisdiction_has_a_wall_or_a_reason(jurisdiction):
    assert {name for name, walled in walled_tables().items() if not walled} - set(OPEN) == set()


def test_no_reason_is_given_for_a_table_that_is_walled_or_gone(jurisdiction):
    walled = walled_tables()
    assert {name for name in OPEN if walled.get(name, True)} == set()


def test_every_reason_is_a_sentence():
    assert [name for name, reason in OPEN.items() if len(reason.split()) < 4] == []


def test_the_tables_can_be_moved_to_a_cluster(jurisdiction):
    with connection.cursor() as cursor:
        cursor.execute((HERE / "data" / "scale_lint.sql").read_text())
        assert cursor.fetchall() == []


def test_the_lint_sees_what_it_should(jurisdiction):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE odd (id int GENERATED ALWAYS AS IDENTITY)")
        cursor.execute((HERE / "data" / "scale_lint.sql").read_text())
        found = {(rule, thing) for rule, thing in cursor.fetchall() if thing.split(".")[0] == "odd"}
    assert {rule for rule, _thing in found} == {
        "identity/serial column is not bigint",
        "table without primary key (blocks online move of updates/deletes)",
    }
