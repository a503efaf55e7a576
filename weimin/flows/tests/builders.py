"""Steps for tests: one at a time, and many at once over the townships and villages of the jurisdiction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from weimin.calendars.clock import ZONE
from weimin.calendars.queries import calendar_for
from weimin.flows.models import Step
from weimin.flows.rules import fixed_end, turns_yellow
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

FILL = """
INSERT INTO flows_step (subject_type, subject_id, flow, state, title, role, opened_at, due_on, due_at, warn_at, provisional, limit_unit,
    legal_basis, extended, extended_reason, paused_reason, paused_units, paused_for, closed_at, closed_by, closed_name, outcome, on_time,
    urged_count, region)
SELECT 'bench.case', n, 'bench', 'state', '事项 ' || n, (ARRAY['village','township','township','lead_office'])[1 + n %% 4], opened,
    CASE WHEN n %% 20 = 0 THEN NULL ELSE (opened + span)::date END, CASE WHEN n %% 20 = 0 THEN NULL ELSE opened + span END,
    CASE WHEN n %% 20 = 0 THEN NULL ELSE opened + span * 0.8 END, false, '', '', 0, '', '', 0, '0',
    CASE WHEN n %% 10 < 7 THEN opened + span / 2 END, CASE WHEN n %% 10 < 7 THEN n %% 500 END, CASE WHEN n %% 10 < 7 THEN '张三' ELSE '' END,
    CASE WHEN n %% 10 < 7 THEN 'done' ELSE '' END, CASE WHEN n %% 10 < 7 THEN true END, 0, place.code
FROM (SELECT n, mixed, %(now)s::timestamptz - make_interval(days => mixed / 7 %% 100) AS opened,
        make_interval(days => 1 + mixed / 701 %% 300) AS span, mixed %% (SELECT count(*) FROM public.regions_region
        WHERE level = 5 AND code BETWEEN %(low)s AND %(high)s) AS pick
        FROM (SELECT n, hashint8(n) & 2147483647 AS mixed FROM generate_series(1::bigint, %(count)s) n) numbers) series
JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS pick FROM public.regions_region
        WHERE level = 5 AND code BETWEEN %(low)s AND %(high)s) place USING (pick)
"""


def fill(count: int, now: datetime) -> None:
    """`count` steps over every village of the jurisdiction: 30 % open, some overdue, deadlines over 300 days."""
    tenant: Any = connection.tenant
    with entered(system_actor()), connection.cursor() as cursor:
        cursor.execute(FILL, {"count": count, "now": now, "low": tenant.low, "high": tenant.high})
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute("ANALYZE flows_step")


def make_step(region: int, now: datetime, **over: Any) -> Step:
    """An open step of a village with a fixed last day in five days, unless told otherwise."""
    due = over.pop("due_at", now + timedelta(days=5))
    opened = over.pop("opened_at", now - timedelta(days=1))
    end = fixed_end(due.astimezone(ZONE).date(), opened) if due else None
    given = {
        "subject_type": "sites.site", "subject_id": 1, "flow": "test_flow", "state": "doing", "title": "楠木桩村站点备案", "role": "village",
        "opened_at": opened, "due_at": end and end.at, "due_on": end and end.on,
        "warn_at": end and turns_yellow(end, opened, calendar_for(region)),
    }  # fmt: skip
    with entered(system_actor()):
        return Step.objects.create(region=region, **{**given, **over})
