"""Steps by the thousand or million, as years of a county would leave them: COPY over its townships and villages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice
from random import Random
from typing import Any

from django.db import connection

from bench.country import peer
from weimin.buildout.flow import ORDER, SITE
from weimin.buildout.models import Project
from weimin.flows.models import Step
from weimin.regions.models import Region
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

COLUMNS = (
    "subject_type", "subject_id", "flow", "state", "title", "role", "opened_at", "due_on", "due_at", "warn_at", "closed_at", "closed_by",
    "closed_name", "outcome", "on_time", "region", "provisional", "limit_unit", "legal_basis", "extended", "extended_reason", "paused_reason",
    "paused_units", "paused_for", "urged_count",
)  # fmt: skip
REST = (False, "", "", 0, "", "", 0, timedelta(0), 0)
ROLES = ("township", "lead_office", "village", "operator")
CLOSED_EACH = 3  # desks that a record has behind it, beside the one that holds it
STILL_OPEN = 0.8
INVENTED = 10**6  # the numbers of invented records begin here, behind every real one
DESKS = 10**8  # and those on the desks of the posts that look
EACH_DESK = 30  # more than a page holds
TABLE = Step._meta.db_table
Row = tuple[Any, ...]


def fill(total: int, now: datetime, people: Sequence[int], desks: Sequence[tuple[str, int]] = ()) -> None:
    """Adds steps until the table has `total`: a full page on each of `desks` (role, region), a past for the real projects, then
    invented records over the whole county."""
    tenant: Any = connection.tenant  # type: ignore[attr-defined]
    with entered(system_actor(tenant.low, tenant.high)):
        present = Step.objects.count()
        projects = list(Project.objects.order_by("pk").values_list("pk", "region", "name"))
        inside = Region.objects.filter(level__gte=4, code__gte=tenant.low, code__lte=tenant.high).order_by("code")
        places = [(region.code, region.short) for region in inside]
    with peer().cursor() as cursor:
        with cursor.copy(f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            first = list(on_desks(now, desks))
            rest = islice(rows(now, INVENTED + present, projects, places, people), max(0, total - present - len(first)))
            for row in chain(first, rest):
                copy.write_row(row)
        cursor.execute(f"VACUUM (ANALYZE) {TABLE}")  # what the server does by itself within a minute


def on_desks(now: datetime, desks: Sequence[tuple[str, int]]) -> Iterator[Row]:
    """EACH_DESK open steps of each role at its place, so that its page is full however few steps there are."""
    chance = Random(20261130)  # noqa: S311  not for secrets
    for number, (role, region) in enumerate(desk for desk in desks for _one in range(EACH_DESK)):
        row = step(chance, now, DESKS + number, ORDER[CLOSED_EACH], region, f"电商服务站 {number} 号")
        yield (*row[:5], role, *row[6:])


def rows(now: datetime, number: int, projects: Sequence[tuple[int, int, str]], places: Sequence[tuple[int, str]], people: Sequence[int]) -> Iterator[Row]:
    """Endless; about one in five is open, deadlines lie from two years ago to one ahead."""
    chance = Random(20261124)  # noqa: S311  not for secrets
    for known, region, name in projects:
        yield from past(chance, now, known, region, name, people)
    while True:
        number += 1
        region, place = places[number % len(places)]
        name = f"{place}电商服务站 {number % 97} 号"
        yield from past(chance, now, number, region, name, people)
        if chance.random() < STILL_OPEN:
            yield step(chance, now, number, ORDER[CLOSED_EACH + number % 3], region, name)


def past(chance: Random, now: datetime, number: int, region: int, name: str, people: Sequence[int]) -> Iterator[Row]:
    for state in ORDER[:CLOSED_EACH]:
        yield step(chance, now, number, state, region, name, by=chance.choice(people))


def step(chance: Random, now: datetime, number: int, state: str, region: int, name: str, by: int | None = None) -> Row:
    """One row in the order of COLUMNS; closed by somebody when `by` is given."""
    opened = now - timedelta(minutes=chance.randrange(60, 700 * 1440))
    due = opened + timedelta(days=chance.randrange(5, 1000))
    closed = opened + (now - opened) * chance.random() if by else None
    head = ("buildout.project", number, SITE, state, f"{name}：{state}", chance.choice(ROLES), opened, due.date(), due, opened + (due - opened) * 0.8)
    end = (closed, by, "张三" if by else "", "done" if by else "", closed < due if closed else None)
    return (*head, *end, region, *REST)
