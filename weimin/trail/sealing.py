"""Closes new entries in order, a moment after they were written, so that writers never wait for each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import OperationalError, connection

from weimin.trail.anchors import append_anchors
from weimin.trail.canonical import FIRST, FORM, leaf, lines
from weimin.trail.models import Entry, Seal
from weimin.walls.actor import system_actor
from weimin.walls.session import entered
from weimin.walls.tenancy import tenancy

BATCH = 50_000
PATIENCE_MS = (100, 200, 400, 800)  # how long writers may be held up while the highest id is read
LOCK_NOT_AVAILABLE = "55P03"
SEALER = 0x7472_6169  # advisory lock: one sealer for each schema


@contextmanager
def as_owner() -> Iterator[None]:
    """One transaction as the tables' owner that sees every entry, wherever its region claims to be."""
    with entered(system_actor(-(2**63), 2**63 - 1, name="trail"), role="NONE"):
        yield


def seal(now: datetime, *, batch: int = BATCH) -> int:
    """Seals every entry of the current schema that is committed, then anchors the heads; how many entries.

    Call it outside a transaction. When writers keep the table for longer than PATIENCE_MS it seals nothing this time.
    """
    highest, done = settled_id(), 0
    while highest and (count := seal_batch(highest, batch, now)):
        done += count
    with as_owner():
        append_anchors(tenancy.schema_name)
    return done


def settled_id() -> int:
    """The highest id below which no insert is in flight; 0 when there is none or the table is busy."""
    for milliseconds in PATIENCE_MS:
        try:
            with as_owner(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{milliseconds:d}ms'")
                cursor.execute("LOCK TABLE trail_entry IN SHARE MODE")
                return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
    return 0


def seal_batch(highest: int, most: int, now: datetime) -> int:
    """Seals up to `most` entries after the last seal, not beyond `highest`; how many."""
    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [SEALER, tenancy.schema_name])
        last = Seal.objects.order_by("-pk").values("last_id", "head").first()
        after, chained = (last["last_id"], bytes.fromhex(last["head"])) if last else (0, FIRST)
        previous, ids, leaves = chained, bytearray(), bytearray()
        for number, line in lines(after, highest, most):
            chained = leaf(chained, line)
            ids += number.to_bytes(8)
            leaves += chained
        if ids:
            Seal.objects.create(
                form=FORM, first_id=int.from_bytes(ids[:8]), last_id=int.from_bytes(ids[-8:]), count=len(ids) // 8, ids=bytes(ids),
                leaves=bytes(leaves), head=chained.hex(), previous=previous.hex(), sealed_at=now,
            )  # fmt: skip
        return len(ids) // 8
