"""What many figures of one day are counted from: the people of a range with their records, the year's visits, who was examined.

A SELECT names the parts it needs and stands alone (`counted_from`). Whoever computes all figures of a day gathers the parts first: four
million visits are then read once and not for every figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db import connection

from weimin.health.periods import at
from weimin.indicators.registry import before_all


def uncorrected(visit: str = "v.id") -> str:
    """No later visit corrects the one with this number. IS NOT NULL follows from the equality, but only when it is said does the planner
    read the few corrections and not all visits."""
    return f"NOT EXISTS (SELECT 1 FROM health_visit x WHERE x.corrects_id = {visit} AND x.corrects_id IS NOT NULL)"


EXAMINED = """SELECT d.record_id, bool_or({whole}) AS whole FROM health_due d WHERE d.kind = 'examination' AND d.state = 'done'
      AND d.done_on BETWEEN %(first)s AND %(until)s AND d.region BETWEEN %(low)s AND %(high)s GROUP BY d.record_id"""
PARTS = {
    "people": """SELECT p.region, p.id AS resident, p.birth_on, h.id AS record, h.doctor, h.personal_on
      FROM residents_resident p LEFT JOIN health_healthrecord h ON h.resident_id = p.id
        AND h.opened_on <= %(on)s AND (h.inactive_on IS NULL OR h.inactive_on > %(on)s)
      WHERE p.region BETWEEN %(low)s AND %(high)s AND (p.status = 'living' OR (p.status IN ('moved_out', 'dead') AND p.status_on > %(on)s))""",
    "year_visits": f"""SELECT v.id, v.record_id, v.region, v."on", v.programmes, v.systolic, v.diastolic, v.fasting, v.entered_at
      FROM health_visit v WHERE v."on" BETWEEN %(first)s AND %(until)s AND v.region BETWEEN %(low)s AND %(high)s AND {uncorrected()}""",
    "examined": EXAMINED.format(whole="true"),
}
"""Name → its SELECT; parameters are those of `periods.at`."""
MEASURED_TOO: list[str] = []
"""SELECTs of the `record_id` of whoever had the blood pressure taken in the year outside of visits, as rooms above say."""


def whole_when(condition: str) -> None:
    """SQL of a room above over the row `d` of `health_due`: whether the form of that examination is filled in whole (A-37)."""
    PARTS["examined"] = EXAMINED.format(whole=condition)


def measured_too(sql: str) -> None:
    if sql not in MEASURED_TOO:
        MEASURED_TOO.append(sql)


_standing: ContextVar[bool] = ContextVar("health_gathered", default=False)


def counted_from(sql: str, *parts: str) -> str:
    """A SELECT with the parts that it names; inside `gathered` they stand as tables already."""
    if _standing.get():
        return sql
    return f"WITH {', '.join(f'{name} AS ({PARTS[name]})' for name in parts)} {sql}"


@before_all
@contextmanager
def gathered(low: int, high: int, on: date) -> Iterator[None]:
    """The parts of a range and a day as temporary tables of the open transaction; the walls filter what goes into them. Six statements, one at the end."""
    with connection.cursor() as cursor:
        for name, sql in PARTS.items():
            cursor.execute(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {sql}", at(low, high, on))
            cursor.execute(f"ANALYZE {name}")
    mark = _standing.set(True)
    try:
        yield
    finally:
        _standing.reset(mark)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {', '.join(PARTS)}")
