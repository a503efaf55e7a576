# text: data
"""Invented residents into villages: `invented` makes the rows, `invent` writes them inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

import numpy as np
import polars as pl
from django.utils import timezone

from weimin.regions.queries import names
from weimin.residents.inventing.households import compose
from weimin.residents.inventing.people import FIRST_DAY, MEN, WOMEN, Serials, days_of, ethnic, named, number_of, peoples_of, personal
from weimin.residents.models import IdKind
from weimin.residents.writing import readied, write

MARK = "演示数据"
AT_ONCE = 20_000
HOUSES_IN_A_GROUP = 28


def invent(codes: Sequence[int], per_village: int, seed: int, today: date) -> int:
    """Settles `per_village` invented people in each village, inside the open transaction; how many were written.

    Everybody's `source` is 演示数据. The same arguments give the same people, who are not written twice.
    """
    return sum(settle(rows, today) for rows in in_batches(codes, per_village, per_village * len(codes), seed, today))


def settle(rows: pl.DataFrame, today: date) -> int:
    """Writes invented rows inside the open transaction."""
    return write(readied(rows), source=MARK, now=timezone.make_aware(datetime.combine(today, time(8)))).residents


def in_batches(codes: Sequence[int], per_village: int, most: int, seed: int, today: date) -> Iterator[pl.DataFrame]:
    """The invented rows of several villages together, at most `most` of them: one batch costs a dozen statements, however small."""
    held: list[pl.DataFrame] = []
    left = most
    for frame in invented(codes, per_village, seed, today):
        held.append(frame.head(left))
        left -= held[-1].height
        if sum(one.height for one in held) >= AT_ONCE or left <= 0:
            yield pl.concat(held)
            held = []
        if left <= 0:
            return
    if held:
        yield pl.concat(held)


def invented(codes: Sequence[int], per_village: int, seed: int, today: date) -> Iterator[pl.DataFrame]:
    """The plain rows, some villages at a time, whole households together."""
    serials: dict[int, Serials] = {}
    known = names([*codes, *{code // 10**6 * 10**6 for code in codes}]) if codes and per_village > 0 else {}
    for code in codes if per_village > 0 else ():
        county = code // 10**6
        peoples = peoples_of(known[county * 10**6])
        for start in range(0, per_village, AT_ONCE):
            chance = np.random.default_rng([seed, code, start])
            yield village(code, known[code], min(AT_ONCE, per_village - start), start, peoples, serials.setdefault(county, Serials()), today, chance)


def village(
    code: int, name: str, count: int, before: int, peoples: list[str], serials: Serials, today: date, chance: np.random.Generator,
) -> pl.DataFrame:  # fmt: skip
    """`count` people of one village; `before` are there already."""
    homes = compose(count, chance)
    day = days_of(homes, today, chance)
    house = pl.Series("house", homes.number + before + 1)
    male = pl.Series("male", homes.male)
    role = pl.Series("role", homes.role)
    relation = pl.when(male).then(role.replace_strict(MEN, default="")).otherwise(role.replace_strict(WOMEN, default=""))
    return pl.select(
        pl.lit(code, pl.Int64).alias("region"),
        (pl.lit(str(code)) + house.cast(pl.String).str.zfill(6)).alias("household"),
        named(homes, peoples, chance).alias("name"),
        relation.alias("relation"),
        pl.when(male).then(pl.lit("m")).otherwise(pl.lit("f")).alias("gender"),
        pl.Series("birth_on", FIRST_DAY + day.astype("timedelta64[D]")),
        number_of(code // 10**6, day, serials.take(day, homes.male)).alias("id_number"),
        ethnic(homes, peoples, chance).alias("ethnicity"),
        pl.format(f"{name}{{}}组{{}}号", house // HOUSES_IN_A_GROUP + 1, house).alias("address"),
        pl.lit(IdKind.ID_CARD.value).alias("id_kind"),
        *(column.alias(name) for name, column in personal(homes, chance).items()),
    )  # fmt: skip
