"""A county's residents: invented, brought in from Excel with every check, beside the bare COPY of the same rows."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from statistics import median

import polars as pl

from bench.bringing import COLUMNS, bring, sheet
from bench.bulk import exported, several
from bench.country import COUNTY, inside, peer, seated
from bench.ground import TODAY, villages
from bench.measure_cases import SMALL_COUNTY
from bench.sizes import Sizes
from bench.table import Line
from bench.timing import seconds
from weimin.regions.models import Region
from weimin.regions.rules import Level
from weimin.residents.inventing.settling import in_batches
from weimin.secrets.bulk import hash_many, seal_many

FAULTY = 9_973  # every so many rows a digit of the number is wrong on purpose
DJANGO_IMPORT_EXPORT = 98.0  # seconds for 100,000 rows of 12 columns on two cores, measured apart: it is no dependency of ours


def measure(sizes: Sizes) -> Iterator[Line]:
    yield from sealing(sizes.rows)
    first, *others = [brought(code, sizes.rows) for code in [*neighbours(), COUNTY]]  # the first of a process is not counted
    taken, at_work = (median(column) for column in zip(*others, strict=True))
    with inside():
        _post, clerk = seated("county_office", COUNTY)
        everyone = people(sizes.rows * 3)
        rows = everyone.head(sizes.rows)
        bare = seconds(lambda: bare_copy(rows))
        what = f"import {sizes.rows:,} residents of 12 columns from Excel, all checks, into households, median of {len(others)}"
        yield Line("residents", what, taken, "s", bare, "bare COPY, no index", ceiling=5.0)
        yield Line("residents", "the same beside django-import-export", taken, "s", DJANGO_IMPORT_EXPORT * sizes.rows / 100_000, "", most=0.05)
        yield Line("residents", "of it this process at work; PostgreSQL works beside it", at_work, "s")
        yield Line("residents", "the first import of a process, packages and names not read yet", first[0], "s")
        yield from exported(clerk, rows)
        yield from several(clerk, everyone.slice(sizes.rows))


def neighbours() -> list[int]:
    """Counties beside the large one that nothing else fills."""
    counties = Region.objects.filter(level=Level.COUNTY, code__gte=COUNTY // 10**8 * 10**8 + 40 * 10**6).exclude(code__in=[COUNTY, SMALL_COUNTY])
    return list(counties.order_by("code").values_list("code", flat=True)[:3])


def brought(code: int, count: int) -> tuple[float, float]:
    """Seconds for so many residents brought into a county without any, and of them those of this process."""
    with inside(code):
        _post, clerk = seated("county_office", code)
        book = sheet(spoiled(people(count * 3).head(count)))
        began = time.process_time()
        taken = seconds(lambda: bring(clerk, [book], faults=len(range(0, count, FAULTY))))
        return taken, time.process_time() - began


def sealing(count: int) -> Iterator[Line]:
    numbers, phones = ["110101199003070000"] * count, ["15400000000"] * count

    def rows() -> None:
        seal_many(numbers, "residents_resident.id_number")
        seal_many(phones, "residents_resident.phone")
        for kind, texts in (("id_number", numbers), ("id_tail", numbers), ("phone", phones)):
            hash_many(kind, texts)

    yield Line("residents", "rows sealed (two identifiers) and hashed (three)", count / seconds(rows), "/s", 100_000, "asked for", least=1.0)


def people(count: int) -> pl.DataFrame:
    codes = villages()
    return pl.concat(in_batches(codes, -(-count // len(codes)), count, 7, TODAY))


def spoiled(rows: pl.DataFrame) -> pl.DataFrame:
    """Two digits of some numbers change places: the check digit tells."""
    at = (pl.int_range(pl.len()) % FAULTY) == 0
    number = pl.col("id_number")
    wrong = number.str.slice(0, 17) + number.str.slice(17).replace({"0": "1"}).str.replace("^[2-9X]$", "0")
    changed = pl.when(number.str.slice(17) == "1").then(number.str.slice(0, 17) + "2").otherwise(wrong)
    return rows.with_columns(pl.when(at).then(changed).otherwise(number).alias("id_number"))


def bare_copy(rows: pl.DataFrame) -> None:
    """The same twelve columns as plain text into a table without key, index, wall or seal."""
    buffer = io.BytesIO()
    rows.select(name for name, _label in COLUMNS).write_csv(buffer, include_header=False)
    with peer().cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare_residents ({', '.join(f'{name} text' for name, _label in COLUMNS)})")
        with cursor.copy("COPY bare_residents FROM STDIN (FORMAT csv)") as copy:
            copy.write(buffer.getvalue())
        cursor.execute("DROP TABLE bare_residents")
