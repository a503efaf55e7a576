"""A county with as many invented residents as a measure asks for; filled once, shared by every measure that needs a crowd."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from bench.country import peer
from weimin.regions.queries import inside
from weimin.regions.rules import Level
from weimin.residents.inventing.settling import in_batches, settle
from weimin.residents.models import Resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

SEED, TODAY = 20261124, date(2026, 11, 24)
TABLES = ("residents_resident", "residents_household", "residents_groupmembership")


def villages() -> list[int]:
    tenant: Any = connection.tenant  # type: ignore[attr-defined]
    return [region.code for region in inside(tenant.code, Level.VILLAGE)]


def fill(total: int) -> int:
    """Residents of the current jurisdiction until there are `total`; about a minute for a million. How many there are then.

    Call it with one total in one run: the same seed gives the same people, so a second, larger total adds only the others.
    """
    codes = villages()
    actor = system_actor()
    with entered(actor):
        if (present := Resident.objects.count()) >= total:
            return present
    for rows in in_batches(codes, -(-total // len(codes)), total, SEED, TODAY):
        with entered(actor):
            settle(rows, TODAY)
    with peer().cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
    with entered(actor):
        return Resident.objects.count()
