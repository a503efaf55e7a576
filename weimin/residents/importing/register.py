"""Rows of a set beside the register: who stands in it already, and whose household has a head."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from django.db import connection
from django.utils.translation import gettext as _

from weimin.residents.entering import HEAD
from weimin.residents.importing.faults import Faults
from weimin.walls.actor import system_actor
from weimin.walls.session import entered
from weimin.walls.tenancy import here

PIECE = 1 << 20


@dataclass(frozen=True)
class Compared:
    """`present`: rows whose person stands in the register under the same name in the same village; nothing is to be written for them."""

    present: list[int]
    faults: pl.DataFrame
    headed: set[int]


def compare(frame: pl.DataFrame) -> Compared:
    """Numbers are alone in the whole jurisdiction, so this looks beyond the actor's range; it never says where somebody is."""
    faults = Faults(frame)
    with entered(system_actor(here().low, here().high, name="residents.import")), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM residents_resident) OR EXISTS (SELECT FROM residents_household)")
        if not cursor.fetchone()[0]:
            return Compared([], faults.all(), set())
        cursor.execute(TRIAL)
        _copy(cursor, frame)
        cursor.execute("ANALYZE residents_trial")
        cursor.execute(SAME_NUMBER)
        numbered = dict(cursor.fetchall())
        cursor.execute(SAME_NAME)
        unnumbered = [row for (row,) in cursor.fetchall()]
        cursor.execute(HEADED)
        headed = cursor.fetchall()
        cursor.execute("DROP TABLE residents_trial")
    others = [row for row, same in numbered.items() if not same]
    faults.add("id_number", pl.col("row").is_in(others), _("这个证件号码在本辖区已经登记。请核对号码；人在别的村的，请办理迁居或档案交接。"))
    faults.add("relation", pl.col("row").is_in([row for row, head, same in headed if head and not same]), _("册上这一户已有户主。请核对户号和与户主关系。"))
    present = sorted({row for row, same in numbered.items() if same} | set(unnumbered))
    return Compared(present, faults.all(), home_keys(frame.filter(pl.col("row").is_in([row for row, _head, _same in headed]))))


def home_keys(frame: pl.DataFrame) -> set[int]:
    """The keys that the ledger gives to the households of these rows."""
    return set(frame.select(pl.struct("region", "household").hash(17)).to_series().to_list())


def _copy(cursor: object, frame: pl.DataFrame) -> None:
    lookup = pl.when(pl.col("id_lookup").is_null()).then(None).otherwise(pl.concat_str(pl.lit("\\x"), pl.col("id_lookup").bin.encode("hex")))
    staged = frame.filter(pl.col("region").is_not_null()).select(
        "row", lookup.alias("id_lookup"), "region", "name", "birth_on", "household", pl.col("relation") == HEAD
    )
    content = memoryview(staged.write_csv(include_header=False, null_value="\\N", quote_style="non_numeric").encode())
    with cursor.copy("COPY residents_trial FROM STDIN (FORMAT csv, NULL '\\N')") as copy:  # type: ignore[attr-defined]
        for start in range(0, len(content), PIECE):
            copy.write(content[start : start + PIECE])


TRIAL = """
CREATE TEMPORARY TABLE residents_trial (
  row bigint, id_lookup bytea, region bigint, name text, birth_on date, household text, head boolean) ON COMMIT DROP"""

SAME_NUMBER = """
SELECT t.row, r.name = t.name AND r.region = t.region AND r.status = 'living'
FROM residents_trial t JOIN residents_resident r ON r.id_lookup = t.id_lookup WHERE r.status <> 'merged'"""

SAME_NAME = """
SELECT DISTINCT t.row FROM residents_trial t JOIN residents_resident r ON r.name = t.name AND r.place = t.region AND r.birth_on = t.birth_on
WHERE t.id_lookup IS NULL AND r.id_lookup IS NULL AND r.status = 'living'"""

HEADED = """
SELECT t.row, t.head, h.head_name = t.name FROM residents_trial t
JOIN residents_household h ON h.number = t.household AND h.region = t.region AND h.status = 'standing'
WHERE t.household <> '' AND h.head_name <> ''"""
