"""Hands out the numbers of cases."""

from __future__ import annotations

from datetime import datetime

from weimin.calendars.clock import ZONE
from weimin.cases.rules_number import number_of
from weimin.walls.prepared import prepared


def next_number(region: int, now: datetime) -> str:
    """The next number of the jurisdiction (C-21). A sequence: nobody waits for anybody, and a refused case leaves a gap."""
    with prepared() as cursor:
        cursor.execute("SELECT nextval('cases_case_serial')")
        (serial,) = cursor.fetchone()
    return number_of(region, now.astimezone(ZONE).date(), serial)
