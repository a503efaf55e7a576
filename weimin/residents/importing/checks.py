"""Every rule of a row, over whole columns. What a number says is decided as `rules.check_id_number` decides it: rows that a column
check doubts are asked there for their sentence, and a property test holds the two together.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
from django.utils.translation import gettext as _

from weimin.residents.importing.faults import Faults
from weimin.residents.importing.form import ResidentRow
from weimin.residents.models import Gender, IdKind
from weimin.residents.rules import CHECK, OLDEST, PROVINCES, WEIGHTS, check_id_number, check_phone

EARLIEST = date(1900, 1, 1)
LINES = ("township", "village", "household", "relation", "name", "ethnicity", "address", "education", "occupation")
LENGTHS = {name: ResidentRow.base_fields[name].max_length for name in (*LINES, "id_number", "phone")}  # type: ignore[attr-defined]
IS_CARD = pl.col("id_kind") == IdKind.ID_CARD.value
EIGHTEEN = r"^[0-9]{17}[0-9X]$"
PHONE = r"^(?:1[3-9][0-9]{9}|0[0-9]{9,11})$"
TOGETHER = 4  # digits of a number that are weighed at once
CONTROL = r"[\x00-\x1f\x7f]"


def checked(frame: pl.DataFrame, rounded: dict[str, frozenset[int]], today: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(the frame with `gender` and `birth_on` completed from the number, its faults). `frame` as `tidied` and `Places.resolved` make it."""
    frame = with_facts(frame)
    faults = Faults(frame)
    for column, rows in rounded.items():
        lost = _("数字超过 15 位，Excel 已经改动了末尾的数字。请把这一列设为“文本”格式后重新填写。")
        faults.add(column, pl.col("row").is_in(list(rows)), lost)
    check_places(faults)
    check_texts(faults)
    check_numbers(faults, today)
    check_birth(faults, today)
    check_choices(faults)
    said = pl.when(pl.col("said_gender").is_not_null()).then(pl.col("said_gender")).otherwise(pl.col("gender")).alias("gender")
    return frame.with_columns(said, pl.coalesce("said_birth", "born").alias("birth_on")), faults.all()


@cache
def weighed() -> list[tuple[int, pl.Series]]:
    """The seventeen digits in groups: how many digits stand behind a group, and for each of its values the sum of its digits times their weights."""
    groups = []
    for first in range(0, len(WEIGHTS), TOGETHER):
        sums = [0]
        for weight in WEIGHTS[first : first + TOGETHER]:
            sums = [so_far + digit * weight for so_far in sums for digit in range(10)]
        groups.append((max(len(WEIGHTS) - first - TOGETHER, 0), pl.Series(sums, dtype=pl.Int64)))
    return groups


def with_facts(frame: pl.DataFrame) -> pl.DataFrame:
    """`said_birth` and `said_gender` of 18-digit numbers, `digit_fits`; null where there is no such number or no such day."""
    number = pl.col("id_number")
    eighteen = number.str.contains(EIGHTEEN)
    digits = pl.when(eighteen).then(number.str.slice(0, 17)).otherwise(None).cast(pl.Int64)
    total = sum((pl.lit(shares).gather(digits // 10**behind % len(shares)) for behind, shares in weighed()), pl.lit(0, pl.Int64))
    fits = (total % 11).replace_strict(dict(enumerate(CHECK)), return_dtype=pl.String, default=None) == number.str.slice(17, 1)
    birth = pl.when(eighteen).then(number.str.slice(6, 8)).str.to_date("%Y%m%d", strict=False)
    man = (digits % 2) == 1
    gender = pl.when(birth.is_null()).then(None).when(man).then(pl.lit(Gender.MALE.value)).otherwise(pl.lit(Gender.FEMALE.value))
    return frame.with_columns(eighteen.alias("eighteen"), fits.alias("digit_fits"), birth.alias("said_birth"), gender.alias("said_gender"))


def check_places(faults: Faults) -> None:
    faults.add("village", pl.col("region_wrong") != "", pl.col("region_wrong"))
    registered = pl.col("registered")
    faults.add("registered", (registered != "") & ~registered.str.contains(r"^[1-9][0-9]{11}$"), _("请填 12 位区划代码。"))
    has_home = pl.col("household") != ""
    faults.add("household", ~has_home & (pl.col("relation") != ""), _("填了与户主关系的，请同时填户号。"))
    faults.add("relation", has_home & (pl.col("relation") == ""), _("请填写与户主关系。"))


def check_texts(faults: Faults) -> None:
    faults.add("name", pl.col("name") == "", _("请填写姓名。"))
    faults.add("name", pl.col("name").str.contains(r"[0-9<>=@#$%&*]"), _("姓名里有数字或符号，请核对。"))
    for column in LINES:
        faults.add(column, pl.col(column).str.contains(CONTROL), _("里面有看不见的控制字符，请重新填写这一格。"))
    for column, length in LENGTHS.items():
        faults.add(column, pl.col(column).str.len_chars() > length, _("最多 %(count)d 个字。") % {"count": length})
    faults.add("phone", (pl.col("phone") != "") & ~pl.col("phone").str.contains(PHONE), check_phone("0"))


def check_numbers(faults: Faults, today: date) -> None:
    """A card is sound when it has eighteen characters, a province, a day that was, and the right check digit; other kinds are asked one by one."""
    birth = pl.col("said_birth")
    province = pl.col("id_number").str.slice(0, 2).is_in([str(code) for code in sorted(PROVINCES)])
    sound = pl.col("eighteen") & province & birth.is_between(date(OLDEST, 1, 1), today) & pl.col("digit_fits")
    other = ~IS_CARD & ~((pl.col("id_kind") == IdKind.NONE.value) & (pl.col("id_number") == ""))
    doubted = faults.frame.filter((IS_CARD & ~sound.fill_null(False)) | (other & (pl.col("id_kind") != "?"))).select("id_number", "id_kind").unique()
    if not doubted.height:
        return
    sentences = [check_id_number(number, kind, today) for number, kind in doubted.iter_rows()]
    told = faults.frame.join(doubted.with_columns(pl.Series("told", sentences, pl.String)), on=["id_number", "id_kind"], how="left", maintain_order="left")
    faults.add("id_number", told["told"].fill_null("") != "", told["told"])


def check_birth(faults: Faults, today: date) -> None:
    written, born = pl.col("birth_on") != "", pl.col("born")
    faults.add("birth_on", written & born.is_null(), _("不是日期。请写成 1990-03-01 的样子。"))
    faults.add("birth_on", written & (born > today), _("出生日期不能晚于今天。"))
    faults.add("birth_on", written & (born < EARLIEST), _("出生日期早于 1900 年，请核对。"))
    differs = _("和证件号码里的不一致，请核对。")
    sound = pl.col("digit_fits").fill_null(False)
    faults.add("birth_on", sound & (born != pl.col("said_birth")), differs)
    faults.add("gender", sound & (pl.col("gender") != "") & (pl.col("gender") != pl.col("said_gender")), differs)
    for column, value in (("birth_on", born), ("gender", pl.col("gender"))):
        missing = value.is_null() if column == "birth_on" else value == ""
        written_nothing = ~written if column == "birth_on" else pl.lit(True)
        faults.add(column, missing & written_nothing & ~pl.col("eighteen"), _("没有 18 位号码的，请填写这一项。"))


def check_choices(faults: Faults) -> None:
    for column in ("id_kind", "gender", "marital"):
        faults.add(column, pl.col(column) == "?", _("不在可选的内容里，请从下拉列表选。"))
    faults.add("groups", pl.col("groups") == "?", _("有一种人群不认识，请按说明填写，几种用顿号隔开。"))
    bad = (pl.col("ethnicity") != "") & ~pl.col("ethnicity").str.contains(r"^[\p{Han}（）()、]+$")
    faults.add("ethnicity", bad, _("民族请写汉字，如“土家族”。"))
