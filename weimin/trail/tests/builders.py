"""Entries for tests: written as the application writes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

VILLAGE = 500242101200


def write_entries(count: int, now: Any, region: int = VILLAGE, **over: Any) -> list[int]:
    """Writes entries a minute apart as the application's role; their numbers."""
    given: dict[str, Any] = {"person": 7, "person_name": "张三", "role": "village", "ip": "10.0.0.1", "channel": "web", "action": "sites.rename"}
    given |= {"subject_type": "sites.site", "subject_id": 1, "before": {"name": "甲\t站"}, "after": {"name": "乙\\站", "size": 1.50}} | over
    with entered(system_actor()):
        rows = [Entry(region=region, at=now + timedelta(minutes=i), reason=f"第 {i} 条\n换行", **given) for i in range(count)]
        return [row.pk for row in Entry.objects.bulk_create(rows)]
