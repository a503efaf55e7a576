"""Health data opens to health posts in range only. Every table with the purpose "health", of whatever room, is found by registry:
by bare SQL, by page, search, export, action and attachment, nobody else learns what is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import Error, transaction
from proofs.house import NOW
from proofs.rows import insert, loosen, row_for, run
from proofs.seats import OTHER_TOWNSHIP, OTHER_VILLAGE, ROLES, TOWNSHIP, VILLAGE, seat_of

from weimin.accounts.roles import DUTIES
from weimin.actions.act import act, find_target
from weimin.actions.examples import collect
from weimin.actions.registry import ACTIONS
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.session import entered

pytestmark = pytest.mark.req("X1", "X4")
SEALED: dict[str, Any] = {model._meta.db_table: model for model in apps.get_models() if getattr(model, "purpose", "") == "health"}
ROOMS = {model._meta.app_label for model in SEALED.values()}
HEALTH = [role for role in ROLES if "health" in DUTIES[role].purposes]
OTHERS = [role for role in ROLES if role not in HEALTH]
LOCAL = [role for role in HEALTH if seat_of(role) == TOWNSHIP]
MARK = "病情金丝雀"
NUMBER = 900_001
ELSEWHERE = {
    "",
    "search/",
    "trail/",
    "messages/",
    "residents/",
    "residents/<int:number>/",
    "indicators/",
    "indicators/<str:code>/",
    "jobs/",
}  # pages beside those rooms
DENIED = "42501"
EXAMPLES = {name: example for name, example in collect().items() if ACTIONS[name].run.__module__.split(".")[1] in ROOMS}


def test_the_tables_are_found_and_some_posts_may_read_none_of_them() -> None:
    assert {"health_healthrecord", "health_care", "health_due", "health_visit", "health_visitoutcome", "health_valuecheck", "health_selfcare"} <= set(SEALED)
    assert set(HEALTH) == {"doctor", "institution", "hospital", "health_bureau"}
    assert {"village", "window", "administrator", "lead_office", "auditor", "township", "leader", "supervisor"} <= set(OTHERS)


@pytest.fixture
def rows(jurisdiction: Any) -> Iterator[None]:
    """One row in every health table, in the village."""
    for table in SEALED:
        loosen(table)
        with entered(system_actor(), role="NONE"):
            insert(table, row_for(table, NUMBER) | {"region": VILLAGE})
    yield


def refused(statement: str, *values: Any) -> bool:
    """Whether the database refuses, or finds nothing to touch."""
    try:
        with transaction.atomic():
            touched = run(statement, *values)
            transaction.set_rollback(True)
    except Error as error:
        return getattr(error.__cause__, "sqlstate", "") == DENIED
    return not touched


def seen_and_done(who: Actor) -> list[str]:
    """Every table that shows or takes a row, by bare SQL under the settings of this post."""
    with entered(who):
        shown = [table for table in SEALED if run(f"SELECT 1 FROM {table}")]
        counted = [f"{table} counted" for table in SEALED if run(f"SELECT count(*) FROM {table}") != [(0,)]]
        changed = [f"{table} changed" for table in SEALED if not refused(f"UPDATE {table} SET region = region")]
        removed = [f"{table} removed" for table in SEALED if not refused(f"DELETE FROM {table}")]
        written = [f"{table} written" for table, model in SEALED.items() if not refused(*insertion(table))]
    return shown + counted + changed + removed + written


def insertion(table: str) -> tuple[Any, ...]:
    row = row_for(table, NUMBER + 1) | {"region": VILLAGE}
    names = ", ".join(f'"{name}"' for name in row)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(row))})", *row.values()


@pytest.mark.django_db
@pytest.mark.parametrize("role", OTHERS)
def test_bare_sql_shows_a_post_without_the_purpose_nothing(role: str, rows: None, actor: Any) -> None:
    assert seen_and_done(actor(role, seat_of(role))) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", OTHERS)
def test_the_widest_range_makes_up_for_no_purpose(role: str, rows: None, actor: Any) -> None:
    assert seen_and_done(replace(actor(role, seat_of(role)), low=0, high=10**12)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", LOCAL)
def test_bare_sql_shows_a_health_post_elsewhere_nothing(role: str, rows: None, actor: Any) -> None:
    assert seen_and_done(actor(role, OTHER_VILLAGE if role == "doctor" else OTHER_TOWNSHIP)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", HEALTH)
def test_a_health_post_in_range_sees_every_table_so_that_the_silence_above_is_the_walls(role: str, rows: None, actor: Any) -> None:
    with entered(actor(role, VILLAGE if role == "doctor" else seat_of(role))):
        assert [table for table in SEALED if not run(f"SELECT 1 FROM {table}")] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_what_is_done_on_a_health_row_is_for_health_posts(name: str, jurisdiction: Any, actor: Any) -> None:
    """Whoever else tries is refused, and the refusal says nothing of the row."""
    example, action = EXAMPLES[name], ACTIONS[name]
    who = actor(example.role, seat_of(example.role))
    with entered(system_actor()):
        target, data = example.build(who, seat_of(example.role))
        found = find_target(action, system_actor(), target)
    if getattr(found, "purpose", "") != "health":
        return
    assert set(action.roles) <= set(HEALTH)
    for role in ("village", "administrator"):
        with pytest.raises((NotAllowed, NotVisible)):
            act(actor(role, seat_of(role)), name, data, f"{name}-{role}", target=target, now=NOW)
