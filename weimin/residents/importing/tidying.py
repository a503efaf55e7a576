"""The text of a sheet as the register writes it: the same as `tidy_number`, `tidy_name` and `upgraded`, for whole columns."""
# text: data

from __future__ import annotations

import polars as pl

from weimin.residents.entering import HEAD
from weimin.residents.importing.form import ResidentRow
from weimin.residents.models import IdKind
from weimin.residents.naming import DOTS
from weimin.residents.rules import upgraded
from weimin.sheets.columns import choice_words, normal

FIELDS = tuple(ResidentRow.base_fields)
TYPED = ("name", "id_number", "phone", "birth_on", "registered", "ethnicity", "relation", "address")
CHANGEABLE = r"[^\x00-\x7f\x{4e00}-\x{9fff}]"  # NFKC makes of ASCII and of common Chinese the same
BLANKS = r"[\s\p{Z}\x1c-\x1f]+"
OLD_LENGTH = 15
HEAD_WORDS = ["本人", "户主本人", "本人或户主", "户主（本人）", "户主(本人)"]
DATE = r"^(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?$"
SEPARATORS = r"[、,，;；\s]+"


def tidied(frame: pl.DataFrame) -> pl.DataFrame:
    """Every field of the form as a column; those that the sheet lacks are empty. Choices become their values, "?" where a word is none.

    `born`: the date written, null when there is none or it is no date.
    """
    frame = frame.with_columns([pl.lit("").alias(name) for name in FIELDS if name not in frame.columns])
    said = frame.select(pl.col(name).str.contains(CHANGEABLE).any() for name in TYPED).row(0)
    plain = {name: pl.col(name).str.normalize("NFKC") for name, more in zip(TYPED, said, strict=True) if more}
    frame = frame.with_columns(**plain).with_columns(
        _number("id_number"), _number("phone"), _number("registered"), _name(), pl.col("relation").str.replace_all(BLANKS, ""), _ethnicity()
    )
    relation = pl.when(pl.col("relation").is_in(HEAD_WORDS)).then(pl.lit(HEAD)).otherwise(pl.col("relation"))
    frame = frame.with_columns(relation.alias("relation"), *(_chosen(frame, name) for name in ("id_kind", "gender", "marital")), _groups(frame["groups"]))
    kind = pl.when(pl.col("id_kind") != "").then(pl.col("id_kind")).when(pl.col("id_number") == "").then(pl.lit(IdKind.NONE.value))
    return _upgraded(frame.with_columns(kind.otherwise(pl.lit(IdKind.ID_CARD.value)).alias("id_kind"), _born()))


def _number(name: str) -> pl.Expr:
    return pl.col(name).str.replace_all(BLANKS, "").str.replace_all(r"[-‐–—]", "").str.to_uppercase()


def _name() -> pl.Expr:
    spaced = pl.col("name").str.replace_all(BLANKS, " ").str.strip_chars(" ").str.replace_all(f"[{DOTS}]", "·")
    return pl.when(spaced.str.contains(r"[^\x00-\x7f]")).then(spaced.str.replace_all(" ", "")).otherwise(spaced).alias("name")


def _ethnicity() -> pl.Expr:
    """汉 is 汉族."""
    bare = pl.col("ethnicity").str.replace_all(BLANKS, "")
    return pl.when(bare.str.contains(r"^[\p{Han}]{1,4}$") & ~bare.str.contains("族|人|他|别")).then(bare + "族").otherwise(bare).alias("ethnicity")


def _chosen(frame: pl.DataFrame, name: str) -> pl.Series:
    """Values of a choice; a word that is none of them becomes "?"."""
    words = choice_words(ResidentRow.base_fields[name])
    different = frame[name].unique().to_list()
    return frame[name].replace_strict(different, [words.get(normal(word), "?") if word else "" for word in different], return_dtype=pl.String)


def _groups(column: pl.Series) -> pl.Series:
    """Several groups in one cell as codes joined by commas; "?" where one of them is none."""
    words = choice_words(ResidentRow.base_fields["groups"])
    different = column.unique()
    parts = different.str.replace_all(SEPARATORS, ",").to_list()
    codes = [",".join(dict.fromkeys(words.get(normal(part), "?") for part in cell.split(",") if part)) for cell in parts]
    codes = ["?" if "?" in code else code for code in codes]
    return column.replace_strict(different.to_list(), codes, return_dtype=pl.String).alias("groups")


def _born() -> pl.Expr:
    found = pl.col("birth_on").str.extract_groups(DATE)
    month, day = (pl.coalesce(found.struct.field(one), found.struct.field(other)) for one, other in (("2", "4"), ("3", "5")))
    text = pl.concat_str(found.struct.field("1"), pl.lit("-"), month.str.zfill(2), pl.lit("-"), day.str.zfill(2))
    return text.str.to_date("%Y-%m-%d", strict=False).alias("born")


def _upgraded(frame: pl.DataFrame) -> pl.DataFrame:
    """Numbers of the old kind have eighteen digits in the register (H-01); they are few."""
    old = (pl.col("id_kind") == IdKind.ID_CARD.value) & pl.col("id_number").str.contains(rf"^[0-9]{{{OLD_LENGTH}}}$")
    if not frame.select(old.any()).item():
        return frame
    return frame.with_columns(pl.when(old).then(pl.col("id_number").map_elements(upgraded, return_dtype=pl.String)).otherwise(pl.col("id_number")))
