"""Records that are probably one person twice: found at night, decided by somebody; merging, and what goes along in every room.

A higher room that refers to residents joins in its AppConfig.ready():

    on_merge("cases", move=move_cases, back=cases_back)

`move(gone, kept) -> list of ids` re-points its rows and answers which; `back(ids, gone, kept)` re-points those again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from weimin.residents.models import Duplicate, GroupMembership, LifeEvent, Merge, Resident, Visit

MoveRows = Callable[[Resident, Resident], list[int]]
BringBack = Callable[[list[int], Resident, Resident], None]
NULLABLE = ("phone", "registered_region")
COLUMNS = ("phone", "ethnicity", "marital", "education", "occupation", "address", "registered_region")

# Pairs of one name and birth date in one village, both living, that nobody has looked at yet.
PAIRS = """
INSERT INTO residents_duplicate (region, first_id, second_id, found_at, decided, decided_by)
SELECT one.region, one.id, two.id, %(now)s, '', ''
FROM residents_resident one
JOIN residents_resident two ON two.region = one.region AND two.name = one.name AND two.birth_on = one.birth_on AND two.id > one.id
WHERE one.region BETWEEN %(low)s AND %(high)s AND one.status = 'living' AND two.status = 'living'
ON CONFLICT (first_id, second_id) DO NOTHING
"""


class Follower(NamedTuple):
    move: MoveRows
    back: BringBack


_followers: dict[str, Follower] = {}


def on_merge(name: str, *, move: MoveRows, back: BringBack) -> None:
    """Registers a room whose rows go along; a name is registered once (ValueError)."""
    if name in _followers:
        raise ValueError(f"{name} is registered twice")
    _followers[name] = Follower(move, back)


def look_for_duplicates(low: int, high: int, now: datetime) -> int:
    """Adds the pairs that are new; answers how many. Run by a job as the system, one hash join over the jurisdiction."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"low": low, "high": high, "now": now})
        return int(cursor.rowcount)


def own_rows(model: Any) -> Follower:
    """Rows of this room that name a resident; an open group that the kept record has too stays behind (`end_doubles`)."""

    def move(gone: Resident, kept: Resident) -> list[int]:
        rows = model.objects.filter(resident=gone)
        if model is GroupMembership:
            held = GroupMembership.objects.filter(resident=kept, until_on__isnull=True).values("kind")
            rows = rows.exclude(until_on__isnull=True, kind__in=held)
        numbers = list(rows.values_list("pk", flat=True))
        model.objects.filter(pk__in=numbers).update(resident=kept, region=kept.region)
        return numbers

    def back(numbers: list[int], gone: Resident, kept: Resident) -> None:
        model.objects.filter(pk__in=numbers, resident=kept).update(resident=gone, region=gone.region)

    return Follower(move, back)


OWN = {"groups": own_rows(GroupMembership), "visits": own_rows(Visit), "events": own_rows(LifeEvent)}


def end_doubles(gone: Resident, on: date) -> list[list[Any]]:
    """Groups that the kept record has too end, so that nobody is listed and visited twice. [[number, next visit]]."""
    rows = list(GroupMembership.objects.filter(resident=gone, until_on__isnull=True))
    ended = [[row.pk, str(row.visit_by or "")] for row in rows]
    for row in rows:
        row.until_on, row.visit_by = max(on, row.since_on), None
        row.save(update_fields=["until_on", "visit_by"])
    return ended


def everything_moved(gone: Resident, kept: Resident, on: date) -> dict[str, Any]:
    """Moves every room's rows to the record that is kept and fills its empty columns; answers what taking it back needs."""
    rooms = {name: follower.move(gone, kept) for name, follower in {**OWN, **_followers}.items()}
    filled = [name for name in COLUMNS if not getattr(kept, name) and getattr(gone, name)]
    for name in filled:
        setattr(kept, name, getattr(gone, name))
    return {"rooms": rooms, "filled": filled, "doubles": end_doubles(gone, on)}


def everything_back(merge: Merge) -> None:
    """Gives the rows back to the record that was merged away; columns that were filled from it are emptied again."""
    every = {**OWN, **_followers}
    for name, numbers in merge.moved.get("rooms", {}).items():
        if name in every:
            every[name].back(numbers, merge.gone, merge.kept)
    for number, visit_by in merge.moved.get("doubles", []):
        GroupMembership.objects.filter(pk=number).update(until_on=None, visit_by=visit_by or None)
    for name in merge.moved.get("filled", []):
        if getattr(merge.kept, name) == getattr(merge.gone, name):
            setattr(merge.kept, name, None if name in NULLABLE else "")


def decide(first: int, second: int, decided: str, by: str, now: datetime) -> None:
    """Notes the answer on a pair that was found."""
    low, high = sorted((first, second))
    Duplicate.objects.filter(first=low, second=high).update(decided=decided, decided_by=by if decided else "", decided_at=now if decided else None)
