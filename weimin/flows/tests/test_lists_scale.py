"""Every list reads an index in order under the row-level policy, whatever the size of the table (`WEIMIN_STEPS` rows)."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.flows.listing import AFTER, BEFORE, LOOKED_AT
from weimin.flows.queries import HANDED, MINE, TEAM, WATCHING, Filters, count_lists, list_steps
from weimin.flows.tests.builders import fill
from weimin.walls.session import entered

ROWS = int(os.environ.get("WEIMIN_STEPS", "60000"))
MOST_READ = 3000  # the nine counts together, bounded at 100 rows (of the month: 1,000), and the looks from one row at another
POSTS = {"village": ("village", "village"), "township": ("township", "township"), "county": ("lead_office", "county")}
LISTS = [
    (MINE, Filters()),
    (MINE, Filters("red")),
    (MINE, Filters("yellow")),
    (TEAM, Filters()),
    (HANDED, Filters()),
    (WATCHING, Filters()),
    (MINE, Filters(text="没有这样的事项")),
    (TEAM, Filters(text="没有这样的事项")),
]


def plan_of(sql: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(BEFORE if sql.startswith(BEFORE) else AFTER.removeprefix("; "))
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql.removeprefix(BEFORE).removesuffix(AFTER)}")
        return dict(cursor.fetchone()[0][0])


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for part in plan.get("Plans", []) for node in nodes(part))]


@pytest.mark.slow
@pytest.mark.req("X2", "X11")
def test_no_list_reads_the_table_from_end_to_end(jurisdiction: Any, actor: Any, places: Any, now: Any) -> None:
    fill(ROWS, now)
    for role, where in POSTS.values():
        who = actor(role, getattr(places, where))
        for which, filters in LISTS:
            with entered(who), CaptureQueriesContext(connection) as caught:
                list_steps(who, now, which, filters)
                count_lists(who, now)
                plans = [plan_of(query["sql"]) for query in list(caught.captured_queries)]
            for plan in plans:
                scans = [node for node in nodes(plan["Plan"]) if node.get("Relation Name") == "flows_step"]
                assert report(role, which, filters, plan, scans) < MOST_READ + len(scans) * LOOKED_AT * bool(filters.text)
                assert scans and not [node for node in scans if node["Node Type"] == "Seq Scan"]


def report(role: str, which: str, filters: Filters, plan: dict[str, Any], scans: list[dict[str, Any]]) -> float:
    """Prints the line and gives the rows that the statement touched."""
    names = ",".join(sorted({str(node.get("Index Name")) for node in scans}))
    read = sum((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"] for node in scans)
    print(f"{role:12}{which:9}{filters.colour:7}{plan['Execution Time']:9.2f} ms {read:8.0f} rows  {names}")  # noqa: T201
    return float(read)
