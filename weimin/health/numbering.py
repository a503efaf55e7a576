"""Hands out the numbers of health records (A-03)."""

from __future__ import annotations

from django.db import connection

from weimin.health.rules_number import record_number, segments
from weimin.regions.queries import inside
from weimin.regions.rules import Level, township_of


def next_number(region: int) -> str:
    """The next number of a village. Its row is locked until the transaction ends, so that a refused record gives the number back."""
    mapping = segments({row.code for row in inside(township_of(region), Level.VILLAGE)} | {region})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO health_recordserial (region, last) VALUES (%s, 1) ON CONFLICT (region) DO UPDATE SET last = health_recordserial.last + 1 RETURNING last",
            [region],
        )
        (serial,) = cursor.fetchone()
    return record_number(region, mapping[region], serial)
