"""The workbench and the plan page as three posts see them, at a thousand and at a million steps: time, queries, plans.

A page is as full at a thousand as at a million: each post has more than a page of its own work from the beginning. Time is the server's, in this process through every middleware; the template and the query log of the test kind are off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.country import COUNTY, TOWNSHIP, VILLAGE, inside, plan_in_force, seated, signed_in
from bench.sizes import Sizes
from bench.steps import TABLE, fill
from bench.table import Line
from bench.timing import typical
from weimin.flows.listing import AFTER, BEFORE
from weimin.walls.actor import Actor
from weimin.walls.session import entered

POSTS = {"county": ("lead_office", COUNTY), "township": ("township", TOWNSHIP), "village": ("village", VILLAGE)}
QUERY = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE)\b")  # the rest opens, closes and walls the transaction
Figures = dict[tuple[str, str], tuple[float, int, int, int]]


def measure(sizes: Sizes) -> Iterator[Line]:
    now = timezone.now()
    with inside():
        plan = plan_in_force(now)
        pages = {"workbench": "/", "plan page": f"/buildout/plans/{plan.pk}/"}
        seats = {words: seated(*post) for words, post in POSTS.items()}
        people = [post.person_id for post, _actor in seats.values()] + list(range(1000, 1400))
        clients = {words: (signed_in(post), actor) for words, (post, actor) in seats.items()}
        fill(sizes.few, now, people, list(POSTS.values()))
        few = look(pages, clients, sizes.views)
        fill(sizes.many, now, people)
        many = look(pages, clients, sizes.views)
    for (page, post), (took, queries, scans, rows) in many.items():
        if few[page, post][3] != rows:
            raise RuntimeError(f"{page}, {post} post: {few[page, post][3]} rows are compared with {rows}")
        words = f"{page}, {post} post"
        yield Line("pages", f"{words}, at {sizes.many:,} steps", took * 1000, "ms", few[page, post][0] * 1000, f"at {sizes.few:,}", most=1.5)
        yield Line("pages", f"{words}: queries", queries, "queries", ceiling=15)
        yield Line("pages", f"{words}: queries that read all steps", scans, "", ceiling=0)


def look(pages: dict[str, str], clients: dict[str, tuple[Client, Actor]], views: int) -> Figures:
    """(page, post) → seconds of one view (median), its queries, how many of them read the table of steps from end to end,
    rows of its tables."""
    found: Figures = {}
    for page, url in pages.items():
        for post, (client, actor) in clients.items():
            took = typical(lambda client=client, url=url: view(client, url), views)
            with CaptureQueriesContext(connection) as caught:
                view(client, url)
            statements = [query["sql"] for query in caught.captured_queries if QUERY.search(query["sql"])]
            scans = sum(reads_all(sql, actor) for sql in statements)
            found[page, post] = took, len(statements), scans, client.get(url).content.count(b"<tr")
    return found


def view(client: Client, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}")


def reads_all(sql: str, actor: Actor) -> bool:
    """Whether the server would answer this statement about steps by reading the whole table, under the wall."""
    bare = sql.removeprefix(BEFORE).removesuffix(AFTER)
    if TABLE not in bare or not bare.lstrip("(").startswith("SELECT"):
        return False
    with entered(actor), connection.cursor() as cursor:
        cursor.execute(BEFORE if sql.startswith(BEFORE) else "SELECT 1")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {bare}")
        return any(node["Node Type"] == "Seq Scan" and node["Relation Name"] == TABLE for node in nodes(cursor.fetchone()[0][0]["Plan"]))


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)
