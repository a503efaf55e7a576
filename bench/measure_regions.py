"""Loading the division file against a bare COPY of the same rows into a table with the same columns."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from bench.sizes import Sizes
from bench.table import Line
from bench.timing import best
from weimin.regions.loading import COLUMNS, load_regions
from weimin.regions.models import Region

TYPES = "code bigint, name varchar(80), level smallint, kind varchar(16), parent bigint, pinyin varchar(240), initials varchar(80)"


def measure(sizes: Sizes) -> Iterator[Line]:
    low, high = sizes.regions
    rows = load_regions(low=low, high=high)
    floor = best(bare(copied()), sizes.repeats)
    ours = best(lambda: load_regions(low=low, high=high), sizes.repeats)
    yield Line("regions", f"load {rows:,} regions: columns computed, indexes", ours, "s", floor, "bare COPY", most=3.0)
    yield Line("regions", "bare COPY", rows / floor, "rows/s")


def copied() -> bytes:
    """The rows as COPY gives them, so that the peer has nothing to compute."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {Region._meta.db_table} ({', '.join(COLUMNS)}) TO STDOUT") as copy:
        return b"".join(bytes(part) for part in copy)


def bare(content: bytes):
    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_region")
            cursor.execute(f"CREATE TABLE bench_region ({TYPES})")
            with cursor.copy("COPY bench_region FROM STDIN") as copy:
                for start in range(0, len(content), 1 << 20):
                    copy.write(content[start : start + (1 << 20)])

    return run
