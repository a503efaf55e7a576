"""Keyset pages over one or several disjoint querysets of steps, and counts that stop early. Cost does not grow with the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from weimin.ui.paging import LARGEST, Page

# Under a row-level policy the planner takes the range of the post for half a percent of the table and would rather sort it all
# than walk the queue, or would start parallel workers (15 ms) to walk it; these switches, for one statement and in the same round
# trip, leave it the walk.
SWITCHES = ("enable_seqscan", "enable_bitmapscan", "enable_sort", "enable_gathermerge")
BEFORE = "".join(f"SET LOCAL {name} = off; " for name in SWITCHES)
AFTER = "".join(f"; SET LOCAL {name} = on" for name in SWITCHES)
LOOKED_AT = 2000  # titles are read from the nearest deadline on; LIKE is not leakproof, so no index can serve it under the wall
MOST_TITLED = 200  # of these a post may be kept from some
COUNTED = 100  # a count looks at so many rows at most; more shows as "99+": nobody plans a day by the hundredth


@dataclass(frozen=True)
class Order:
    """What a list is sorted by: a timestamp column that is never null, then the id; newest first when `falling`."""

    column: str
    falling: bool = False

    def names(self, backwards: bool) -> tuple[str, str]:
        sign = "-" if self.falling != backwards else ""
        return f"{sign}{self.column}", f"{sign}id"

    def after(self, moment: datetime, number: int, backwards: bool) -> Q:
        word = "lt" if self.falling != backwards else "gt"
        beyond = Q(**{f"{self.column}__{word}": moment}) | Q(**{self.column: moment, f"id__{word}": number})
        return Q(**{f"{self.column}__{word}e": moment}) & beyond


@contextmanager
def in_queue_order() -> Iterator[None]:
    """Statements inside are answered by walking an index in its order."""

    def switched(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(f"{BEFORE}{sql}{AFTER}", params, many, context)
        for _switch in SWITCHES:
            context["cursor"].nextset()
        return result

    with connection.execute_wrapper(switched):
        yield


def page_over(branches: Sequence[QuerySet[Any]], order: Order, cursor: str = "", size: int = 20, *, walk: bool = True) -> Page:
    """One page over disjoint `branches`, each read by its own index and no further than the page needs. One query.

    walk: an index of each branch gives the order; off for lists that begin at few rows elsewhere and sort those.
    """
    size = max(1, min(size, LARGEST))
    backwards, place = read_cursor(cursor)
    names = order.names(backwards)
    cut = [branch.filter(order.after(*place, backwards)) if place else branch for branch in branches]
    parts = [branch.order_by(*names)[: size + 1] for branch in cut]
    found = parts[0] if len(parts) == 1 else parts[0].union(*parts[1:], all=True).order_by(*names)[: size + 1]
    with in_queue_order() if walk else nullcontext():
        rows = list(found)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    before, after = (more, True) if backwards else (place is not None, more)
    if not rows:
        return Page([], "", "")
    return Page(rows, write_cursor("<", rows[0], order) if before else "", write_cursor(">", rows[-1], order) if after else "")


def titled(branches: Sequence[QuerySet[Any]], text: str, *, walk: bool = True) -> list[int]:
    """Numbers of the steps with a text in the title among the nearest of each branch. One query; the walk ends at LOOKED_AT rows, whatever is found."""
    compiled = [branch.order_by("queue_at", "id").values("pk", "title")[:LOOKED_AT].query.sql_with_params() for branch in branches]
    nearest = " UNION ALL ".join(f"({sql})" for sql, _given in compiled)
    given = [value for _sql, values in compiled for value in values]
    with in_queue_order() if walk else nullcontext(), connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({nearest}) near (id, title) WHERE strpos(title, %s) > 0 LIMIT %s", [*given, text, MOST_TITLED])
        return [number for (number,) in cursor.fetchall()]


def write_cursor(direction: str, row: Any, order: Order) -> str:
    return f"{direction}{getattr(row, order.column).timestamp():.6f}~{row.pk}"


def read_cursor(cursor: str) -> tuple[bool, tuple[datetime, int] | None]:
    """(backwards, (moment, id)); a cursor that cannot be read gives the first page."""
    moment, _sign, number = cursor[1:].partition("~")
    try:
        return cursor[:1] == "<", (datetime.fromtimestamp(float(moment), tz=UTC), int(number) % 2**63)
    except (ValueError, OverflowError, OSError):
        return False, None


def bounded_counts(lists: Mapping[str, Sequence[QuerySet[Any]]], most: Mapping[str, int] | None = None) -> dict[str, int]:
    """How many rows each list has, at most COUNTED (or its own `most`), all in one query; each is walked in its own order."""
    parts, values = [], list[Any]()
    for name, branches in lists.items():
        bound = (most or {}).get(name, COUNTED)
        compiled = [branch.values("pk")[:bound].query.sql_with_params() for branch in branches]
        inner = " UNION ALL ".join(f"({sql})" for sql, _params in compiled)
        values += [value for _sql, params in compiled for value in params]
        parts.append(f"(SELECT count(*) FROM (SELECT 1 FROM ({inner}) rows LIMIT {bound}) counted)")
    with in_queue_order(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        row = cursor.fetchone()
    return dict(zip(lists, row, strict=True))
