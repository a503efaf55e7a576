"""What only the whole set shows: one person twice, households without a head or with two. Thirty bytes a row are remembered, nothing in plain."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl
from django.utils.translation import gettext as _

from weimin.residents.entering import HEAD
from weimin.residents.importing.faults import SHAPE

WHERE = ("file", "row")


@dataclass
class Ledger:
    """Filled file by file, asked once at the end."""

    people: list[pl.DataFrame] = field(default_factory=list)
    homes: list[pl.DataFrame] = field(default_factory=list)

    def note(self, number: int, frame: pl.DataFrame, faults: pl.DataFrame) -> None:
        """Rows of one file. A row whose number is at fault is nobody's twin; a row whose place is at fault is in no household."""
        at_fault = faults.filter(pl.col("column") == "id_number")["row"]
        who = pl.when(pl.col("id_number") != "").then(pl.col("id_number")).otherwise(
            pl.format("{}|{}|{}", pl.col("name"), pl.col("birth_on").cast(pl.String).fill_null(""), pl.col("region"))
        )  # fmt: skip
        file = pl.lit(number, pl.UInt8).alias("file")
        sound = frame.filter(~pl.col("row").is_in(at_fault.implode()) & pl.col("name").ne("") & pl.col("region").is_not_null())
        self.people.append(sound.select(file, pl.col("row").cast(pl.UInt32), who.hash(11).alias("who"), (pl.col("id_number") != "").alias("numbered")))
        inside = frame.filter((pl.col("household") != "") & pl.col("region").is_not_null())
        astray = frame.filter(pl.col("region").is_null())["household"].unique()  # the head of such a household may be one of those
        home = pl.struct("region", "household").hash(17).alias("home")
        self.homes.append(
            inside.select(
                file,
                pl.col("row").cast(pl.UInt32),
                home,
                (pl.col("relation") == HEAD).alias("head"),
                ((pl.col("relation") == "") | pl.col("household").is_in(astray.implode())).alias("open"),
            )
        )

    def faults(self, headed: set[int], names: list[str]) -> pl.DataFrame:
        """Faults with their `file`. headed: households (by `home_keys`) that have a head in the register."""
        return pl.concat([self.twins(names), self.heads(headed, names)])

    def twins(self, names: list[str]) -> pl.DataFrame:
        if not self.people:
            return _none()
        people = pl.concat(self.people).sort(*WHERE)
        again = people.filter(~pl.col("who").is_first_distinct())
        first = people.filter(pl.col("who").is_first_distinct()).join(again.select("who").unique(), on="who", how="semi")
        pairs = again.join(first.select("who", pl.col("file").alias("first_file"), pl.col("row").alias("first_row")), on="who", how="left")
        return _told(pairs, lambda row: "id_number" if row["numbered"] else "name", _("与%(where)s重复，是同一个人。"), names)

    def headless(self) -> pl.DataFrame:
        """Households of the set without a head, with their first row; rows that say no relation are faults already."""
        if not self.homes:
            return pl.DataFrame(schema={"home": pl.UInt64, "file": pl.UInt8, "row": pl.UInt32})
        homes = pl.concat(self.homes).sort(*WHERE)
        grouped = homes.group_by("home", maintain_order=True).agg(pl.col("head").any(), pl.col("open").any(), pl.col("file").first(), pl.col("row").first())
        return grouped.filter(~pl.col("head") & ~pl.col("open")).drop("head", "open")

    def heads(self, headed: set[int], names: list[str]) -> pl.DataFrame:
        if not self.homes:
            return _none()
        missing = self.headless().filter(~pl.col("home").is_in(list(headed)))
        without = missing.select(
            "file",
            pl.col("row").cast(pl.Int64),
            pl.lit("relation").alias("column"),
            pl.lit(_("这一户没有户主，请在其中一人的这一格填“户主”。")).alias("sentence"),
        )
        heads = pl.concat(self.homes).filter("head").sort(*WHERE)
        second = heads.filter(~pl.col("home").is_first_distinct())
        first = heads.filter(pl.col("home").is_first_distinct()).select("home", pl.col("file").alias("first_file"), pl.col("row").alias("first_row"))
        two = _told(second.join(first, on="home", how="left"), lambda row: "relation", _("这一户有两个户主：%(where)s也是。"), names)
        return pl.concat([without, two])


def _none() -> pl.DataFrame:
    return pl.DataFrame(schema={"file": pl.UInt8, **SHAPE})


def _told(pairs: pl.DataFrame, column: object, sentence: str, names: list[str]) -> pl.DataFrame:
    """One fault a pair, with the place of the first one in words."""
    rows = [(row["file"], row["row"], column(row), sentence % {"where": place(row, names)}) for row in pairs.iter_rows(named=True)]  # type: ignore[operator]
    return pl.DataFrame(rows, schema={"file": pl.UInt8, **SHAPE}, orient="row")


def place(row: dict[str, int], names: list[str]) -> str:
    """第 7 行, or with the other file's name before it."""
    here = _("第 %(row)d 行") % {"row": row["first_row"]}
    return here if row["file"] == row["first_file"] else f"《{names[row['first_file']]}》{here}"
