"""The wall inside the database, asked with bare SQL as every role, for every walled table: no application code is between.

What it is for: a forgotten `visible_to`. What it cannot be for: SQL of an attacker's own, who could set the range or the
role as the application does; the last tests say so, and docs/decisions names what stands against that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import Error, transaction
from proofs.rows import insert, loosen, purposes_of_walls, row_for, run, walled_tables
from proofs.seats import COUNTY, OTHER_VILLAGE, ROLES, TOWNSHIP, VILLAGE

from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X1")]
HERE, THERE, MINE, THEIRS = VILLAGE, OTHER_VILLAGE, 11, 22
NUMBER = 900_001  # above every number that a fixture makes
TAKEN = "23505"  # unique_violation
DENIED = "42501"  # insufficient_privilege: by the wall or for lack of a grant
Values = dict[str, tuple[str, int, int]]
PURPOSES = {model._meta.db_table: model.purpose for model in apps.get_models() if getattr(model, "purpose", "")}


@pytest.fixture
def tables(jurisdiction: Any) -> Values:
    """Walled table → (column of its wall, value inside, value outside), with one row of each inside every table."""
    found = {}
    for table, column in walled_tables().items():
        loosen(table)
        inside, outside = (MINE, THEIRS) if column == "person" else (HERE, THERE)
        for number, value in enumerate((inside, outside), start=NUMBER):
            with entered(replace(system_actor(), person=value if column == "person" else 0), role="NONE"):
                insert(table, row_for(table, number) | {column: value})
        found[table] = (column, inside, outside)
    return found


@pytest.fixture(params=ROLES)
def who(request: pytest.FixtureRequest, actor: Any) -> Actor:
    """Each role in the first township, as person number 11."""
    return replace(actor(request.param, TOWNSHIP), person=MINE)


def refused(statement: str, *values: Any) -> str:
    """SQLSTATE of the refusal, empty when the database did it; nothing remains either way."""
    try:
        with transaction.atomic():
            run(statement, *values)
            transaction.set_rollback(True)
    except Error as error:
        return str(getattr(error.__cause__, "sqlstate", "?"))
    return ""


def test_there_are_walls_and_a_row_on_either_side_of_each(tables: Values) -> None:
    assert len(tables) > 20
    assert {"sites_site", "flows_step", "trail_entry", "actions_receipt"} <= set(tables)


def test_each_role_reads_what_is_inside_and_nothing_else(tables: Values, who: Actor) -> None:
    with entered(who):
        seen = {table: {value for (value,) in run(f"SELECT {column} FROM {table}")} for table, (column, _i, _o) in tables.items()}
    assert {table for table, (_column, inside, _outside) in tables.items() if seen[table] - {inside, COUNTY, TOWNSHIP}} == set()
    open_here = {table for table in tables if who.has_purpose(PURPOSES.get(table, ""))}
    assert {table for table, (_column, inside, _outside) in tables.items() if inside not in seen[table]} == set(tables) - open_here


def test_no_role_changes_or_removes_what_is_outside(tables: Values, who: Actor) -> None:
    touched = []
    with entered(who):
        for table, (column, _inside, outside) in tables.items():
            for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
                if refused(f"{statement} WHERE {column} = %s", outside) != DENIED and run(f"{statement} WHERE {column} = %s", outside):
                    touched.append((table, statement))
    assert touched == []


def test_no_role_writes_a_row_outside(tables: Values, who: Actor) -> None:
    with entered(who):
        done = [table for table, (column, _inside, outside) in tables.items() if refused(*insertion(table, column, outside)) != DENIED]
    assert done == []


def test_no_role_moves_a_row_out_of_its_range(tables: Values, who: Actor) -> None:
    with entered(who):
        done = [
            table
            for table, (column, inside, outside) in tables.items()
            if who.has_purpose(PURPOSES.get(table, "")) and refused(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", outside, inside) != DENIED
        ]
    assert done == []


def test_a_row_inside_can_be_written_so_that_the_refusals_above_are_the_walls(tables: Values, who: Actor) -> None:
    with entered(who):
        answers = {table: refused(*insertion(table, column, inside)) for table, (column, inside, _outside) in tables.items()}
    answers |= {table: "" for table, answer in answers.items() if answer == TAKEN}  # one row a village: the wall let it pass
    expected = {table: "" if who.has_purpose(PURPOSES.get(table, "")) else DENIED for table in tables}
    assert answers == expected


@pytest.mark.req("X4")
def test_the_purpose_of_a_model_is_the_purpose_of_its_wall(jurisdiction: Any) -> None:
    assert purposes_of_walls() == PURPOSES


def insertion(table: str, column: str, value: int) -> tuple[Any, ...]:
    row = row_for(table, NUMBER + 2) | {column: value}
    names = ", ".join(f'"{name}"' for name in row)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(row))})", *row.values()


def test_the_application_sees_nothing_before_anybody_has_entered(tables: Values) -> None:
    with transaction.atomic():
        run("SET LOCAL ROLE weimin_app")
        seen = [table for table in tables if run(f"SELECT 1 FROM {table}")]
        run("SET LOCAL ROLE NONE")
    assert seen == []


def test_an_emptied_or_half_set_range_shows_nothing(tables: Values) -> None:
    with entered(replace(system_actor(TOWNSHIP, TOWNSHIP + 999), person=MINE)):
        run("SET LOCAL weimin.high = ''")
        run("SET LOCAL weimin.person = ''")
        assert [table for table in tables if run(f"SELECT 1 FROM {table}")] == []


@pytest.mark.req("X3")
@pytest.mark.parametrize("table", ["trail_entry", "trail_seal", "accounts_signin"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {0} SET id = id",
        "DELETE FROM {0}",
        "TRUNCATE {0}",
        "DROP TABLE {0}",
        "ALTER TABLE {0} DISABLE ROW LEVEL SECURITY",
    ],
)
def test_what_is_kept_for_ever_cannot_be_changed_by_any_role(table: str, statement: str, jurisdiction: Any, who: Actor) -> None:
    with entered(who):
        assert refused(statement.format(table)) == DENIED


def test_the_application_can_neither_take_a_wall_down_nor_build_beside_it(tables: Values, who: Actor) -> None:
    wanted = [
        "ALTER TABLE {0} NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY wall ON {0}",
        "CREATE POLICY door ON {0} USING (true)",
        "TRUNCATE {0}",
    ]
    with entered(who):
        done = [(table, text) for table in tables for text in wanted if refused(text.format(table)) != DENIED]
        assert refused("SET LOCAL row_security = off; SELECT 1 FROM sites_site") == DENIED
        assert refused("CREATE TABLE beside (id bigint)") == DENIED
        assert refused("SET LOCAL ROLE postgres") == DENIED
    assert done == []


def test_the_setting_of_one_transaction_is_gone_in_the_next(jurisdiction: Any, who: Actor) -> None:
    with entered(who):
        assert run("SELECT current_setting('weimin.low')") == [(str(TOWNSHIP),)]
    assert run("SELECT current_setting('weimin.low', true), current_setting('role')") == [("", "none")]


@pytest.mark.req("X11")
def test_the_rows_of_another_jurisdiction_are_outside_every_range(tupo: Any, actor: Any, who: Actor) -> None:
    with entered(system_actor(), role="NONE"):
        loosen("sites_site")
        insert("sites_site", row_for("sites_site", NUMBER) | {"region": 341221203200})
    with entered(who):
        assert run("SELECT region FROM j341221203.sites_site") == []


def test_sql_of_an_attackers_own_can_set_the_range_as_the_application_does(tables: Values, who: Actor) -> None:
    """Known and told: PostgreSQL has no setting that a role may read and not set. Typed text never becomes SQL here."""
    with entered(who):
        run("SET LOCAL weimin.high = '999999999999'")
        assert {region for (region,) in run("SELECT region FROM sites_site")} == {HERE, THERE}
