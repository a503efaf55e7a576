"""Loads the national division file by COPY, with levels, kinds and parents computed as columns."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction
from psycopg.copy import QueuedLibpqWriter

from weimin.regions.models import Region

DATA = Path(__file__).parent / "data" / "regions.parquet"
COLUMNS = ("code", "name", "level", "kind", "parent", "pinyin", "initials")
PIECE = 20_000  # rows sent at once


LEVEL, CODE = pl.col("level"), pl.col("code")


def level_column() -> pl.Expr:
    return (
        pl.when(CODE % 10**3 > 0).then(5)
        .when(CODE % 10**6 > 0).then(4)
        .when(CODE % 10**8 > 0).then(3)
        .when(CODE % 10**10 > 0).then(2)
        .otherwise(1)
        .cast(pl.Int16)
    )  # fmt: skip


def kind_column() -> pl.Expr:
    town, village = CODE // 1000 % 1000, CODE % 1000
    return (
        pl.when(LEVEL == 1).then(pl.lit("province"))
        .when(LEVEL == 2).then(pl.lit("city"))
        .when(LEVEL == 3).then(pl.lit("county"))
        .when(LEVEL == 4).then(
            pl.when(town < 100).then(pl.lit("street")).when(town < 200).then(pl.lit("town"))
            .when(town < 400).then(pl.lit("township")).otherwise(pl.lit("township_like"))
        )
        .otherwise(
            pl.when(village < 200).then(pl.lit("community")).when(village < 400).then(pl.lit("village"))
            .when(village < 500).then(pl.lit("community_like")).otherwise(pl.lit("village_like"))
        )
    )  # fmt: skip


def parent_column() -> pl.Expr:
    without_county = (LEVEL == 4) & (CODE // 10**6 % 100 == 0)
    return (
        pl.when(LEVEL == 1).then(None)
        .when(LEVEL == 2).then(CODE - CODE % 10**10)
        .when((LEVEL == 3) | without_county).then(CODE - CODE % 10**8)
        .when(LEVEL == 4).then(CODE - CODE % 10**6)
        .otherwise(CODE - CODE % 10**3)
    )  # fmt: skip


def with_geography(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds level, kind and parent to (code, name, pinyin, initials); the same arithmetic as rules.py, in columns."""
    frame = frame.with_columns(level_column().alias("level"))
    return frame.with_columns(kind_column().alias("kind"), parent_column().alias("parent")).select(COLUMNS)


def load_regions(path: Path = DATA, *, low: int = 0, high: int = 10**12) -> int:
    """Replaces the shared table by the file's rows (665,271 for the whole country); returns how many. One transaction.

    Key and indexes are built once over all rows: kept row by row they take twice the time.
    """
    frame = pl.read_parquet(path).filter(pl.col("code").is_between(low, high))
    table = Region._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor, connection.schema_editor() as editor:
        cursor.execute(f"TRUNCATE {table}")
        for index in Region._meta.indexes:
            editor.remove_index(Region, index)
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey")
        copy_rows(cursor, frame)
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY (code)")
        for index in Region._meta.indexes:
            editor.add_index(Region, index)
        cursor.execute(f"ANALYZE {table}")
    return len(frame)


def copy_rows(cursor: Any, frame: pl.DataFrame) -> None:
    """One COPY; the next piece is computed and written as text while the server reads the last."""
    statement = f"COPY {Region._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN (FORMAT csv)"
    with cursor.copy(statement, writer=QueuedLibpqWriter(cursor.cursor)) as copy:
        for start in range(0, len(frame), PIECE):
            text = io.BytesIO()
            with_geography(frame[start : start + PIECE]).write_csv(text, include_header=False)
            copy.write(text.getvalue())
