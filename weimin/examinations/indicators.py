"""What is measured of examinations: coverage of the year's plans, and findings that are closed. Per village."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from weimin.health.periods import period_of
from weimin.indicators.registry import Measured, indicator

COVERED = """SELECT i.region,
  count(*) FILTER (WHERE EXISTS (SELECT 1 FROM examinations_examination e WHERE e.record_id = i.record_id AND e."on" BETWEEN %(first)s AND %(on)s
    AND NOT EXISTS (SELECT 1 FROM examinations_examination x WHERE x.corrects_id = e.id))), count(*)
  FROM examinations_invitation i WHERE i.year = %(year)s AND i.region BETWEEN %(low)s AND %(high)s AND i.listed_on <= %(on)s
  AND (i.state <> 'withdrawn' OR i.settled_on > %(on)s) GROUP BY i.region"""
CLOSED = """SELECT region, count(*) FILTER (WHERE closed_on <= %(on)s), count(*) FROM examinations_abnormalfollowup
  WHERE found_on BETWEEN %(first)s AND %(on)s AND region BETWEEN %(low)s AND %(high)s GROUP BY region"""


def counted(sql: str, low: int, high: int, on: date) -> Measured:
    """The year of the day; before its first quarter is over, the year before."""
    period = period_of(on)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"low": low, "high": high, "on": period.until, "first": period.first, "year": period.first.year})
        return {region: (reached, whole) for region, reached, whole in cursor.fetchall()}


@indicator(
    "examinations.coverage", label=_("体检计划完成率"), unit="%", direction="up", source=_("体检计划、体检表"), numerator=_("年内已体检的人"),
    denominator=_("年度体检名单上的人"),
)  # fmt: skip
def coverage(low: int, high: int, on: date) -> Measured:
    return counted(COVERED, low, high, on)


@indicator(
    "examinations.abnormal_closed", label=_("体检异常了结率"), unit="%", direction="up", source=_("体检表、异常追踪"), numerator=_("已经了结的"),
    denominator=_("年内体检发现要复查的"),
)  # fmt: skip
def abnormal_closed(low: int, high: int, on: date) -> Measured:
    return counted(CLOSED, low, high, on)
