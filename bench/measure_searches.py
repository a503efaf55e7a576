"""Every kind of search over a county's residents, with both walls on: what the database needs, by EXPLAIN ANALYZE, for three posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import quantiles
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.country import COUNTY, TOWNSHIP, VILLAGE, inside, seated
from bench.ground import fill
from bench.sizes import Sizes
from bench.table import Line
from weimin.flows.listing import AFTER, BEFORE
from weimin.residents.models import Resident
from weimin.residents.queries import search
from weimin.walls.actor import Actor
from weimin.walls.session import entered

POSTS = (("village", VILLAGE), ("township", TOWNSHIP), ("county_office", COUNTY))
EACH = 20  # people whose names, numbers and addresses are looked for


def measure(sizes: Sizes) -> Iterator[Line]:
    with inside():
        count = fill(sizes.many)
        for role, region in POSTS:
            _post, who = seated(role, region)
            for kind, texts in asked(who).items():
                most = 20.0 if kind == "two initials" else 5.0
                yield Line("searches", f"{kind}, {role.replace('_office', '')} post, {count:,} residents, p95", slowest(who, texts), "ms", ceiling=most)


def asked(who: Actor) -> dict[str, list[str]]:
    """What people say of residents whom the post sees; surnames alone are the commonest texts there are."""
    with entered(who):
        rows = list(Resident.objects.visible_to(who).filter(id_number__isnull=False).order_by("place", "id")[: EACH * 7 : 7])
    return {
        "name": [row.name for row in rows], "surname": [row.name[0] for row in rows], "given name": [row.given for row in rows],
        "pinyin": [row.pinyin for row in rows], "initials": [row.initials for row in rows], "two initials": [row.initials[:2] for row in rows],
        "last six": [row.id_tail for row in rows], "full number": [row.id_number or "" for row in rows],
        "phone": [row.phone for row in rows if row.phone], "address": [row.address for row in rows if row.address],
    }  # fmt: skip


def slowest(who: Actor, texts: Sequence[str]) -> float:
    """Milliseconds in the database, the 95th of a hundred; each text asked three times, the quickest counts."""
    taken = [min(once(who, text) for _again in range(3)) for text in texts]
    return quantiles(taken, n=20)[-1] if len(taken) > 1 else sum(taken)


def once(who: Actor, text: str) -> float:
    with entered(who):
        with CaptureQueriesContext(connection) as caught:
            search(who, text)
        return sum(time_of(query["sql"]) for query in list(caught.captured_queries) if Resident._meta.db_table in query["sql"])


def time_of(sql: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(BEFORE if sql.startswith(BEFORE) else AFTER.removeprefix("; "))
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql.removeprefix(BEFORE).removesuffix(AFTER)}")
        plan: Any = cursor.fetchone()[0][0]
    return float(plan["Execution Time"])
