"""What the figures of this room are counted from: monthly reports, and the quality of what is entered, in grouped SQL."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

from django.db import connection
from django.db.models import F, Q, Sum

from weimin.health.gathering import counted_from, uncorrected
from weimin.health.periods import at, period_of
from weimin.health.standards import standard
from weimin.indicators.registry import Measured
from weimin.institutions.models import MonthlyReport
from weimin.institutions.tables import fair

VISITS = f"""health_visit v WHERE v."on" BETWEEN %(first)s AND %(until)s AND v.region BETWEEN %(low)s AND %(high)s AND {uncorrected()}"""


def sums(sql: str, params: dict[str, Any]) -> Measured:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {region: (int(numerator), int(denominator)) for region, numerator, denominator in cursor.fetchall()}


def late_entry(low: int, high: int, on: date) -> Measured:
    """Visits of the year typed in more than `late_days` after they were made, of all visits. A late entry is no late visit. One query."""
    sql = """SELECT v.region, count(*) FILTER (WHERE (v.entered_at AT TIME ZONE 'Asia/Shanghai')::date - v."on" > %(late)s), count(*)
      FROM year_visits v GROUP BY v.region"""
    return sums(counted_from(sql, "year_visits"), at(low, high, on, late=fair(on).late_days))


def repeated_values(low: int, high: int, on: date) -> Measured:
    """People whose measured values were the very same so many times in a row within the year as health's rule says (`rules_plausible`), of
    those visited that often: a hint to look, no fault. One query."""
    times = standard("plausible", on).days("repeated")
    pairs = product(("systolic", "diastolic", "fasting"), range(1, times))
    same = " AND ".join(f"{name} IS NOT DISTINCT FROM lag({name}, {back}) OVER w" for name, back in pairs)
    sql = f"""SELECT region, count(*) FILTER (WHERE odd), count(*) FROM (
        SELECT record_id, min(region) AS region, bool_or(same) AS odd FROM (
          SELECT v.record_id, v.region, row_number() OVER w >= %(times)s AND v.systolic IS NOT NULL AND {same} AS same
          FROM year_visits v WINDOW w AS (PARTITION BY v.record_id ORDER BY v."on", v.id)) each_visit
        GROUP BY record_id HAVING count(*) >= %(times)s) people GROUP BY region"""
    return sums(counted_from(sql, "year_visits"), at(low, high, on, times=times))


def blank_fields(low: int, high: int, on: date) -> Measured:
    """Fields of the standard's forms that were left empty, of all that the programmes of each visit ask for (`data/fair.yaml`). One query."""
    empty, asked, params = [], [], at(low, high, on)
    for name, (measured, findings) in fair(on).fields.items():
        params |= {f"{name}_programme": name} | {f"{name}_{place}": key for place, key in enumerate(findings)}
        here = f"v.programmes @> jsonb_build_array(%({name}_programme)s::text)"
        missing = f"num_nulls({', '.join(f'v.{column}' for column in measured)})"
        unsaid = " + ".join(f"(coalesce(v.findings ->> %({name}_{place})s, '') IN ('', '[]'))::int" for place in range(len(findings)))
        empty.append(f"CASE WHEN {here} THEN {missing} + {unsaid} ELSE 0 END")
        asked.append(f"CASE WHEN {here} THEN {len(measured) + len(findings)} ELSE 0 END")
    sql = f"""SELECT region, sum(empty), sum(asked) FROM (
      SELECT v.region, {" + ".join(empty)} AS empty, {" + ".join(asked)} AS asked FROM {VISITS}) each_visit GROUP BY region HAVING sum(asked) > 0"""
    return sums(sql, params)


def visits_on_time(low: int, high: int, on: date) -> Measured:
    """Visits made by their last day, of all whose last day lies in the year: late ones and those still open count against it. One query."""
    sql = """SELECT region, count(*) FILTER (WHERE state = 'done' AND on_time), count(*) FROM health_due
      WHERE kind = 'visit' AND state <> 'cancelled' AND due_on BETWEEN %(first)s AND %(until)s AND region BETWEEN %(low)s AND %(high)s
      AND (state = 'done' OR due_on < %(on)s) GROUP BY region"""
    return sums(sql, at(low, high, on))


def reported(low: int, high: int, on: date, by: str) -> dict[int, dict[str, tuple[int, int]]]:
    """Sums of the monthly reports of the year up to the day, by `region` or `institution_id`; months without the insurance's figure do not
    count for first visits. One query."""
    period = period_of(on)
    rows = MonthlyReport.objects.filter(region__gte=low, region__lte=high, month__gte=period.first, month__lte=period.until)
    known = Q(first_all__isnull=False)
    grouped = rows.values(key=F(by)).annotate(
        here=Sum("first_here", filter=known, default=0), everywhere=Sum("first_all", filter=known, default=0), good=Sum("satisfied"), asked=Sum("surveyed")
    )
    return {
        row["key"]: {"institutions.first_visit": (row["here"], row["everywhere"]), "institutions.satisfaction": (row["good"], row["asked"])} for row in grouped
    }
