"""A county's residents: invented, brought in from Excel with every check, beside the bare COPY of the same rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import polars as pl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from bench.country import COUNTY, inside, peer, seated
from bench.ground import TODAY, villages
from bench.sizes import Sizes
from bench.table import Line
from bench.timing import seconds
from weimin.actions.act import act
from weimin.residents.importing.running import work_off
from weimin.residents.inventing.settling import in_batches
from weimin.residents.models import Import
from weimin.secrets.bulk import hash_many, seal_many
from weimin.sheets.export import export
from weimin.walls.actor import Actor
from weimin.walls.session import entered

COLUMNS = [
    ("region", "村（社区）"), ("household", "户号"), ("relation", "与户主关系"), ("name", "姓名"), ("id_kind", "证件类型"), ("id_number", "证件号码"),
    ("gender", "性别"), ("birth_on", "出生日期"), ("ethnicity", "民族"), ("phone", "联系电话"), ("address", "住址"), ("education", "文化程度"),
]  # fmt: skip
SHOWN = {"gender": {"m": "男", "f": "女"}, "id_kind": {"id_card": "居民身份证"}}
FAULTY = 9_973  # every so many rows a digit of the number is wrong on purpose
DJANGO_IMPORT_EXPORT = 98.0  # seconds for 100,000 rows of 12 columns on two cores, measured apart: it is no dependency of ours
FILE = 100_000


def measure(sizes: Sizes) -> Iterator[Line]:
    yield from sealing(sizes.rows)
    with inside():
        _post, clerk = seated("county_office", COUNTY)
        rows = people(sizes.rows)
        bare = seconds(lambda: bare_copy(rows))
        book = sheet(spoiled(rows))
        taken = seconds(lambda: bring(clerk, [book], faults=len(range(0, sizes.rows, FAULTY))))
        what = f"import {sizes.rows:,} residents of 12 columns from Excel, all checks, into households"
        yield Line("residents", what, taken, "s", bare, "bare COPY, no index", ceiling=5.0)
        yield Line("residents", "the same beside django-import-export", taken, "s", DJANGO_IMPORT_EXPORT * sizes.rows / 100_000, "", most=0.05)


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


def sheet(rows: pl.DataFrame) -> bytes:
    shown = rows.with_columns(pl.col(name).replace_strict(words) for name, words in SHOWN.items())
    return export(COLUMNS, shown.select(name for name, _label in COLUMNS).iter_rows(), title="居民登记表", watermark="模板版本：2026-1")


def spoiled(rows: pl.DataFrame) -> pl.DataFrame:
    """Two digits of some numbers change places: the check digit tells."""
    at = (pl.int_range(pl.len()) % FAULTY) == 0
    number = pl.col("id_number")
    wrong = number.str.slice(0, 17) + number.str.slice(17).replace({"0": "1"}).str.replace("^[2-9X]$", "0")
    changed = pl.when(number.str.slice(17) == "1").then(number.str.slice(0, 17) + "2").otherwise(wrong)
    return rows.with_columns(pl.when(at).then(changed).otherwise(number).alias("id_number"))


def bring(clerk: Actor, books: list[bytes], *, faults: int = 0) -> Import:
    """Upload, check, choose, write: what a person and the worker do together."""
    now = timezone.now()
    uploads = [SimpleUploadedFile(f"{number}.xlsx", book) for number, book in enumerate(books)]
    receipt = act(clerk, "residents.upload_import", {}, f"bench-{now.timestamp()}", files=MultiValueDict({"sheets": uploads}), now=now)
    row = work(clerk, receipt.subject_id, now)
    if row.faulty != faults:
        raise RuntimeError(f"{row.faulty} faults found instead of {faults}: {row.state} {row.sentence}")
    act(clerk, "residents.choose_import", {"mode": "good" if faults else "all"}, f"choose-{row.pk}", target=row.pk, now=now + timedelta(seconds=1))
    row = work(clerk, row.pk, now)
    if (row.state, row.written) != ("done", row.good):
        raise RuntimeError(f"{row.state}, {row.written} of {row.good} written: {row.sentence}")
    return row


def work(clerk: Actor, number: Any, now: Any) -> Import:
    with entered(clerk):
        row = Import.objects.get(pk=number)
    work_off(row, now)
    with entered(clerk):
        row.refresh_from_db()
    return row


def bare_copy(rows: pl.DataFrame) -> None:
    """The same twelve columns as plain text into a table without key, index, wall or seal."""
    buffer = io.BytesIO()
    rows.select(name for name, _label in COLUMNS).write_csv(buffer, include_header=False)
    with peer().cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare_residents ({', '.join(f'{name} text' for name, _label in COLUMNS)})")
        with cursor.copy("COPY bare_residents FROM STDIN (FORMAT csv)") as copy:
            copy.write(buffer.getvalue())
        cursor.execute("DROP TABLE bare_residents")
