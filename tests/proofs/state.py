"""The whole state of a jurisdiction as one small value, so that "nothing changed" is compared over every table."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection

from weimin.walls.actor import system_actor
from weimin.walls.session import entered

TABLES = """
    SELECT c.oid::regclass::text, n.nspname = 'public' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (current_schema(), 'public') AND c.relkind IN ('r', 'p') AND c.relname <> 'spatial_ref_sys'
    ORDER BY 1
"""
ONLY = {"regions_region": "WHERE code BETWEEN 500242000000 AND 500242999999"}  # 665,271 rows otherwise
State = dict[str, tuple[int, int]]


def state_sql() -> str:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [(name, shared) for name, shared in cursor.fetchall()]
    one = "SELECT '{0}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {0} t {1}"
    return " UNION ALL ".join(one.format(name, ONLY.get(name.removeprefix("public."), "")) for name, _shared in names)


def state_for(person: int, sql: str) -> State:
    """Seen as the owner with the widest range: row counts and hashes, personal tables as this person."""
    owner = replace(system_actor(), person=person)
    with entered(owner, role="NONE"), connection.cursor() as cursor:
        cursor.execute(sql)
        return {name: (count, int(total)) for name, count, total in cursor.fetchall()}


def state(*people: int | None) -> dict[int, State]:
    """Every table of the current schema and of the shared one, through the eyes of each person; equal = nothing changed."""
    sql = state_sql()
    return {person: state_for(person, sql) for person in sorted({0, *(person or 0 for person in people)})}


def changed(before: dict[int, State], after: dict[int, State]) -> list[str]:
    """Tables that differ."""
    return sorted({table for person, tables in after.items() for table, facts in tables.items() if before[person].get(table) != facts})
