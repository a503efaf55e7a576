"""The dry run of a set, file by file: nothing is written to the register. Memory holds one file and thirty bytes of every row."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from weimin.regions.models import Region
from weimin.residents.importing.checks import checked
from weimin.residents.importing.faults import Faults
from weimin.residents.importing.form import VERSION, ResidentRow
from weimin.residents.importing.ledger import Ledger
from weimin.residents.importing.places import Places
from weimin.residents.importing.register import compare
from weimin.residents.importing.tidying import tidied
from weimin.residents.writing import PLAIN
from weimin.secrets.bulk import hash_many
from weimin.sheets.errors import FileRefused
from weimin.sheets.guard import MOST_ROWS, Inspected
from weimin.sheets.reading import Table, read_table
from weimin.walls.actor import Actor

PART = 12_500


@dataclass(frozen=True)
class CheckedFile:
    """`good`: rows to be written, with `file`, `row`, the plain columns and `id_lookup`; `present`: how many stand in the register already."""

    rows: int
    good: pl.DataFrame
    faults: pl.DataFrame
    present: int

    def parts(self) -> Iterator[pl.DataFrame]:
        """Some `PART` rows each; nobody's household is cut in two. In the order in which the register's indexes take them best.

        An even number of equal parts, so that two writers end together.
        """
        rows = self.good.sort("region", "household", maintain_order=True)
        home = pl.struct("region", "household")
        begins = rows.select((pl.col("household") == "") | (home != home.shift()).fill_null(True)).to_series().arg_true()
        start, size = 0, part_size(rows.height)
        while start < rows.height:
            after = begins.search_sorted(start + size)
            end = begins[after] if after < len(begins) else rows.height
            yield rows[start:end]
            start = end


def part_size(rows: int) -> int:
    """At most `PART`, unless one part is all."""
    pairs = -(-rows // (2 * PART))
    return PART if rows <= PART else -(-rows // (2 * pairs))


class Check:
    """One dry run; files in their order, then `across`."""

    def __init__(self, actor: Actor, today: date, names: list[str]) -> None:
        self.actor, self.today, self.names = actor, today, names
        self.places, self.ledger, self.headed = Places(actor), Ledger(), set[int]()

    def file(self, number: int, content: bytes, inspected: Inspected | None = None) -> CheckedFile:
        """FileRefused when the file as a whole cannot be taken."""
        table = read(content, inspected)
        frame = self.places.resolved(tidied(table.frame))
        with ThreadPoolExecutor(1) as pool:  # polars leaves the interpreter free meanwhile
            hashes = pool.submit(hash_many, "id_number", frame["id_number"].to_list())
            frame, faults = checked(frame, table.rounded, self.today)
        faults = pl.concat([faults, unknown_homes(frame)])
        self.ledger.note(number, frame, faults)
        ready = frame.select("row", *rows_of(), pl.Series("id_lookup", hashes.result(), pl.Binary))
        compared = compare(ready)
        self.headed |= compared.headed
        faults = pl.concat([faults, compared.faults]).unique(["row", "column"], keep="first", maintain_order=True)
        left_out = pl.concat([faults["row"], pl.Series("row", compared.present, pl.Int64)])
        good = ready.filter(~pl.col("row").is_in(left_out.implode())).with_columns(pl.lit(number, pl.UInt8).alias("file"))
        present = len(set(compared.present) - set(faults["row"]))
        return CheckedFile(frame.height, good, faults, present)

    def across(self) -> pl.DataFrame:
        """Faults that only the whole set shows, with their `file`."""
        return self.ledger.faults(self.headed, self.names)


def read(content: bytes, inspected: Inspected | None = None) -> Table:
    table = read_table(content, ResidentRow, inspected=inspected)
    if table.version and table.version != VERSION:
        raise FileRefused(_("模板是旧版本（%(old)s），请下载新模板（%(new)s）再填。") % {"old": table.version, "new": VERSION})
    if not table.frame.height:
        raise FileRefused(_("表里没有数据行。"))
    if table.frame.height > MOST_ROWS:
        raise FileRefused(_("表格超过 %d 行，请分成几个文件导入（空行也请删掉）。") % MOST_ROWS)
    return table


def rows_of() -> list[pl.Expr]:
    """The plain columns of the register."""
    registered = pl.col("registered").cast(pl.Int64, strict=False).alias("registered_region")
    return [registered if name == "registered_region" else pl.col(name) for name in PLAIN]


def unknown_homes(frame: pl.DataFrame) -> pl.DataFrame:
    """Places of registration that are no region; their different codes are few."""
    faults = Faults(frame)
    codes = frame.filter(pl.col("registered").str.contains(r"^[1-9][0-9]{11}$"))["registered"].unique().to_list()
    known = {str(code) for code in Region.objects.filter(pk__in=[int(code) for code in codes]).values_list("code", flat=True)} if codes else set()
    faults.add("registered", pl.col("registered").is_in([code for code in codes if code not in known]), _("没有这个区划代码，请核对。"))
    return faults.all()
