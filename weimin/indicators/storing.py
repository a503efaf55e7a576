"""Computes and keeps a day's values of the current jurisdiction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime

from django.db import connection

from weimin.indicators.models import Value
from weimin.indicators.registry import INDICATORS, PREPARATIONS, Indicator
from weimin.walls.actor import system_actor
from weimin.walls.session import entered
from weimin.walls.tenancy import here

BATCH = 5000
# Each worker of a parallel query would build the same hash table again: more work for the machine than one process has alone.
HASHED = {
    "enable_nestloop": "off", "enable_mergejoin": "off", "enable_sort": "off", "max_parallel_workers_per_gather": "0", "work_mem": "'256MB'",
}  # fmt: skip


def store_day(on: date, now: datetime) -> int:
    """Computes every indicator of the current jurisdiction for a day and replaces that day's values; how many are kept.

    One transaction: readers see the old figures or the new ones. Queries: those of the indicators, one upsert for every
    5,000 values, one removal of what is no longer measured.
    """
    low, high = here().low, here().high
    actor = system_actor(low, high, name="indicators")
    with entered(actor):
        with whole_tables(), ExitStack() as standing:
            for prepare in PREPARATIONS:
                standing.enter_context(prepare(low, high, on))
            rows = [row for known in INDICATORS.values() for row in measure(known, low, high, on, now)]
        Value.objects.bulk_create(
            rows, BATCH, update_conflicts=True, unique_fields=["code", "part", "region", "on"],
            update_fields=["numerator", "denominator", "computed_at"],
        )  # fmt: skip
        Value.objects.visible_to(actor).filter(on=on).exclude(computed_at=now).delete()
    return len(rows)


@contextmanager
def whole_tables() -> Iterator[None]:
    """For figures over all rows of a jurisdiction. The planner cannot know how much a wall lets through, expects one row and joins row by row:
    a quarter of a million patients with their visits took longer than anybody waited, and takes a second when the tables are hashed."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {name} = {value}" for name, value in HASHED.items()))
        yield
        cursor.execute("; ".join(f"SET LOCAL {name} = DEFAULT" for name in HASHED))


def measure(known: Indicator, low: int, high: int, on: date, now: datetime) -> list[Value]:
    found = []
    for key, (numerator, denominator) in known.measure(low, high, on).items():
        part, region = key if isinstance(key, tuple) else ("", key)
        found.append(Value(code=known.code, part=part, region=region, on=on, numerator=numerator, denominator=denominator, computed_at=now))
    return found
