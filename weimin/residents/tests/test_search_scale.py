"""Every kind of search walks an index under the wall, whatever the size of the register (`WEIMIN_RESIDENTS` rows)."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.flows.listing import AFTER, BEFORE
from weimin.residents.listing import page_for
from weimin.residents.models import Resident
from weimin.residents.queries import search
from weimin.residents.tests.crowd import fill
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

ROWS = int(os.environ.get("WEIMIN_RESIDENTS", "20000"))
VILLAGE, TOWNSHIP, COUNTY = 500242101200, 500242101000, 500242000000
POSTS = {"village": VILLAGE, "township": TOWNSHIP, "county_office": COUNTY}
COMMON = {
    "name": ["王伟", "张小红", "王", "张小", "覃", "曾国"],
    "given": ["小红", "伟", "建国"],
    "pinyin": ["wangwei", "zhang", "zhangxiao", "danxiao", "qinxiaohong"],
}
LETTERS = {"initials": ["wxh", "zxhx", "tlj"], "two initials": ["zx", "ww", "qh"], "address": ["3组", "12组8号", "40组"]}


LISTS: list[dict[str, str]] = [{}, {"age": "80"}, {"status": "dead"}, {"group": "disabled"}, {"group": "orphan"}, {"group": "disabled", "age": "80"}]
GROUPS = """
INSERT INTO residents_groupmembership (region, resident_id, kind, detail, since_on, source)
SELECT region, id, CASE WHEN id %% 10000 = 0 THEN 'orphan' ELSE 'disabled' END, '', '2026-01-01', '' FROM residents_resident WHERE id %% 20 = 0
"""


def fill_groups() -> None:
    """One in twenty is disabled, one in ten thousand an orphan."""
    with entered(system_actor(), role="NONE"), connection.cursor() as cursor:
        cursor.execute(GROUPS, [])
        cursor.execute("ANALYZE residents_groupmembership")


def time_of(sql: str) -> float:
    """Milliseconds of planning and execution in the database; a sequential scan fails."""
    with connection.cursor() as cursor:
        cursor.execute(BEFORE if sql.startswith(BEFORE) else AFTER.removeprefix("; "))
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql.removeprefix(BEFORE).removesuffix(AFTER)}")
        plan = cursor.fetchone()[0][0]
    assert "Seq Scan" not in str(plan)
    return float(plan["Execution Time"])


def numbers_of(rows: list[Resident]) -> dict[str, list[str]]:
    return {"last six": [row.id_tail for row in rows], "full number": [row.id_number or "" for row in rows], "phone": [row.phone or "" for row in rows]}


@pytest.mark.slow
@pytest.mark.req("A1", "X11")
def test_no_search_and_no_list_reads_more_than_it_shows(jurisdiction: Any, actor: Any, now: Any) -> None:
    fill(ROWS)
    with entered(system_actor()):
        known = numbers_of(list(Resident.objects.filter(region=VILLAGE).order_by("pk")[:6]))
    fill_groups()
    for role, region in POSTS.items():
        who = actor(role, region)
        for filters in LISTS:
            with entered(who), CaptureQueriesContext(connection) as caught:
                page_for(who, filters, now.date())
            with entered(who):
                asked = [query["sql"] for query in caught.captured_queries if "residents_" in query["sql"]]
                spent = [sum(time_of(sql) for sql in asked) for _again in range(3)]
            report(role, f"list {filters}", [min(spent)])
        for kind, texts in {**COMMON, **LETTERS, **known}.items():
            taken = []
            for text in texts:
                with entered(who):
                    with CaptureQueriesContext(connection) as caught:
                        found = search(who, text)
                    asked = [query["sql"] for query in caught.captured_queries if "residents_resident" in query["sql"]]
                    spent = [sum(time_of(sql) for sql in asked) for _again in range(3)]
                taken.append(min(spent))
                print(f"   {role:14}{kind:14}{text:20}{taken[-1]:8.2f} ms {len(found)} found")  # noqa: T201
            report(role, kind, taken)


def report(role: str, kind: str, taken: list[float]) -> None:
    most = 20 if kind == "two initials" else 5
    print(f"{role:14}{kind:14} {max(taken):8.2f} ms (at most {most})")  # noqa: T201
    assert max(taken) <= most
