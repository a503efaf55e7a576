"""The whole state of a jurisdiction as one small value, so that "nothing changed" is compared over every table."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection

from weimin.walls.actor import system_actor
from weimin.walls.session import entered

# Table, and whether its wall looks at the person: such a table is another one for everybody who reads it.
TABLES = """
    SELECT c.oid::regclass::text, coalesce(bool_or(pg_get_expr(p.polqual, p.polrelid) LIKE '%weimin.person%'), false)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_policy p ON p.polrelid = c.oid
    WHERE n.nspname IN (current_schema(), 'public') AND c.relkind IN ('r', 'p') AND c.relname <> 'spatial_ref_sys'
    GROUP BY 1 ORDER BY 1
"""
ONLY = {"regions_region": "WHERE code BETWEEN 500242000000 AND 500242999999"}  # 665,271 rows otherwise
ONE = "SELECT '{0}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {0} t {1}"
State = dict[str, tuple[int, int]]


def state_sql() -> tuple[str, str]:
    """The question about every table, and the one about those that differ from person to person."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        found = cursor.fetchall()
    every = {name: ONE.format(name, ONLY.get(name.removeprefix("public."), "")) for name, _personal in found}
    return " UNION ALL ".join(every.values()), " UNION ALL ".join(every[name] for name, personal in found if personal)


def state_for(person: int, sql: str) -> State:
    """Seen as the owner with the widest range: row counts and hashes, personal tables as this person."""
    owner = replace(system_actor(), person=person)
    with entered(owner, role="NONE"), connection.cursor() as cursor:
        cursor.execute(sql)
        return {name: (count, int(total)) for name, count, total in cursor.fetchall()}


def state(*people: int | None) -> dict[int, State]:
    """Every table of the current schema and of the shared one, the personal ones through the eyes of each; equal = nothing changed."""
    every, personal = state_sql()
    return {0: state_for(0, every)} | {person: state_for(person, personal) for person in sorted({person or 0 for person in people} - {0})}


def changed(before: dict[int, State], after: dict[int, State]) -> list[str]:
    """Tables that differ."""
    return sorted({table for person, tables in after.items() for table, facts in tables.items() if before[person].get(table) != facts})
