# text: data
"""What an invented person has: a name of the time and place, a number with its check digit, a telephone, groups."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from weimin.residents.entering import HEAD as HEAD_WORD
from weimin.residents.inventing.households import CHILD, DAUGHTER_IN_LAW, FATHER, GRANDCHILD, HEAD, MOTHER, SON, SPOUSE, Households, words
from weimin.residents.models import GroupKind, Marital
from weimin.residents.rules import CHECK, WEIGHTS

MEN = {HEAD: HEAD_WORD, SPOUSE: "配偶", CHILD: "子", SON: "子", GRANDCHILD: "孙子", FATHER: "父亲"}
WOMEN = {HEAD: HEAD_WORD, SPOUSE: "配偶", CHILD: "女", DAUGHTER_IN_LAW: "儿媳", GRANDCHILD: "孙女", MOTHER: "母亲"}
SERIALS = 500  # for each sex on each day, in one county
FIRST_DAY = np.datetime64("1900-01-01")
UNASSIGNED = 154  # no operator has mobile numbers that begin so: an invented one rings with nobody
ERAS = ("old", "middle", "young")
SCHOOLS = ["", "小学", "初中", "高中", "中专", "大专", "本科"]
WORK = ["务农", "外出务工", "个体经营", "乡村医生", "教师", "驾驶员"]


class Serials:
    """Numbers that are given out already, by day and sex; one for each county that is filled."""

    def __init__(self) -> None:
        self.given = np.zeros((80_000, 2), np.int32)

    def take(self, day: Any, male: Any) -> Any:
        """The next free serial (odd for men) of each person's day, in an order that looks like none. ValueError when a day is full."""
        group = day * 2 + male
        order = np.argsort(group, kind="stable")
        ordered = group[order]
        first = np.concatenate(([True], ordered[1:] != ordered[:-1]))
        starts = np.flatnonzero(first)
        rank = np.empty(len(group), np.int64)
        rank[order] = np.arange(len(group)) - np.repeat(starts, np.diff(np.append(starts, len(group))))
        rank += self.given[day, male.astype(int)]
        np.add.at(self.given, (day, male.astype(int)), 1)
        if rank.size and rank.max() >= SERIALS:
            raise ValueError("more people were born on one day than a county has numbers")
        return (rank * 187 + day * 31) % SERIALS * 2 + male


def number_of(county: int, day: Any, serial: Any) -> pl.Series:
    """18 characters: county, birth date, serial, check digit (GB 11643)."""
    born = FIRST_DAY + day
    month = born.astype("datetime64[M]").astype(int)
    year, month_of_year = month // 12 + 1970, month % 12 + 1
    day_of_month = (born - born.astype("datetime64[M]")).astype(int) + 1
    first17 = county * 10**11 + (year * 10_000 + month_of_year * 100 + day_of_month) * 1_000 + serial
    total = sum(first17 // 10 ** (16 - place) % 10 * weight for place, weight in enumerate(WEIGHTS))
    return pl.Series(first17).cast(pl.String) + pl.Series(list(CHECK))[total % 11]


def named(homes: Households, peoples: list[str], chance: np.random.Generator) -> pl.Series:
    """Children bear their father's name, wives their own."""
    tables = words()
    local = next((tables["ethnic_surnames"][people] for people in peoples if people in tables["ethnic_surnames"]), "national")
    share = tables["surnames"][local]
    odds = np.array(list(share.values()), float)
    own = chance.choice(len(share), size=len(homes.role), p=odds / odds.sum())
    father = np.zeros(int(homes.number[-1]) + 1, int)
    for role in (SPOUSE, HEAD):  # a head who is a woman lends her husband's to the children
        chosen = (homes.role == role) & (homes.male | (role == HEAD) & ~_has(homes, SPOUSE)[homes.number])
        father[homes.number[chosen]] = own[chosen]
    inherited = np.isin(homes.role, (CHILD, SON, GRANDCHILD, FATHER))
    surname = pl.Series(list(share))[np.where(inherited, father[homes.number], own)]
    return surname + _given(homes, chance)


def _has(homes: Households, role: int) -> Any:
    found = np.zeros(int(homes.number[-1]) + 1, bool)
    found[homes.number[homes.role == role]] = True
    return found


def _given(homes: Households, chance: np.random.Generator) -> pl.Series:
    era = np.digitize(-homes.age, (-55, -24))  # old above 55, young up to 24
    given = words()["given"]
    pools = [given[sex][name] for sex in "fm" for name in ERAS]
    first = pl.Series([mark for pool in pools for mark in pool[0]])
    second = pl.Series([mark for pool in pools for mark in pool[1]])
    width = len(pools[0][0])
    start = (homes.male * len(ERAS) + era) * width
    count = len(era)
    one, two = start + chance.integers(0, width, count), start + chance.integers(0, width, count)
    short = pl.Series(chance.random(count) < 0.12)
    return pl.select(pl.when(short).then(second[two]).otherwise(first[one] + second[two])).to_series()


def peoples_of(county_name: str) -> list[str]:
    """The peoples that a county is named after, in the order of its name."""
    found = [(county_name.index(people), people) for people in words()["peoples"] if people in county_name]
    return [people for _place, people in sorted(found)]


def ethnic(homes: Households, peoples: list[str], chance: np.random.Generator) -> pl.Series:
    """Most of an autonomous county are of the peoples it is named after, the first one above all; a family is mostly of one."""
    shares = [0.6, 0.24, 0.06][: len(peoples)]
    everyone = [*peoples[:3], "汉族"]
    odds = [*shares, 1 - sum(shares)]
    families = chance.choice(len(everyone), size=int(homes.number[-1]) + 1, p=odds)
    own = chance.choice(len(everyone), size=len(homes.role), p=odds)
    differs = np.isin(homes.role, (SPOUSE, DAUGHTER_IN_LAW, MOTHER)) & (chance.random(len(own)) < 0.3)
    return pl.Series(everyone)[np.where(differs, own, families[homes.number])]


def days_of(homes: Households, today: date, chance: np.random.Generator) -> Any:
    """Birth dates as days since FIRST_DAY."""
    now = int((np.datetime64(today) - FIRST_DAY).astype(int))
    return now - (homes.age * 365.25).astype(int) - chance.integers(0, 365, len(homes.age))


def personal(homes: Households, chance: np.random.Generator) -> dict[str, pl.Series]:
    """Telephone, marital status, schooling, work and groups."""
    count, age = len(homes.age), homes.age
    luck = chance.random((4, count))
    has_phone = (age >= 12) & (age <= 80) & (luck[0] < 0.85)
    phone = pl.Series(UNASSIGNED * 10**8 + chance.integers(0, 10**8, count)).cast(pl.String)
    coupled = _has(homes, SPOUSE)[homes.number]
    married = np.isin(homes.role, (SPOUSE, DAUGHTER_IN_LAW)) | coupled & (homes.role == HEAD)
    marital = np.select([married, age < 24, np.isin(homes.role, (MOTHER, FATHER)) | (age > 62), luck[1] < 0.3], [1, 0, 2, 3], 0)
    school = np.select([age < 7, age < 13, age < 16, age < 19, age > 60, age > 40], [0, 1, 2, 3, 1, 2], 2 + (luck[2] * 5).astype(int))
    work = np.select([(age < 18) | (age > 75), age > 55], [len(WORK), 0], (luck[3] ** 2 * len(WORK)).astype(int))
    return {
        "phone": pl.select(pl.when(pl.Series(has_phone)).then(phone).otherwise(pl.lit(""))).to_series(),
        "marital": pl.Series([Marital.SINGLE, Marital.MARRIED, Marital.WIDOWED, Marital.DIVORCED])[marital],
        "education": pl.Series(SCHOOLS)[school], "occupation": pl.Series([*WORK, ""])[work], "groups": groups_of(homes, chance),
    }  # fmt: skip


def groups_of(homes: Households, chance: np.random.Generator) -> pl.Series:
    """Codes of population groups joined by commas, about as frequent as in a county of the western hills."""
    age, number = homes.age, homes.number
    households = int(number[-1]) + 1
    youngest = np.full(households, 200)
    np.minimum.at(youngest, number, age)
    poor = (chance.random(households) < 0.05)[number]
    grown = (age >= 20) & (age <= 55)
    luck = chance.random((6, len(age)))
    members = {
        GroupKind.LIVING_ALONE: (youngest[number] >= 60),
        GroupKind.LEFT_BEHIND_CHILD: (age < 16) & (luck[0] < 0.09),
        GroupKind.LEFT_BEHIND_WOMAN: ~homes.male & grown & (luck[0] < 0.02),
        GroupKind.DISABLED: luck[1] < np.where(age > 60, 0.06, 0.015),
        GroupKind.MENTAL_ILLNESS: (age > 18) & (luck[2] < 0.004),
        GroupKind.EXTREME_POVERTY: (youngest[number] >= 60) & (luck[3] < 0.03),
        GroupKind.LOW_INCOME: poor & (luck[3] >= 0.03),
        GroupKind.VETERAN: homes.male & (age > 20) & (luck[4] < 0.02),
        GroupKind.PARTY_MEMBER: (age > 22) & (luck[5] < 0.055),
    }
    parts = pl.DataFrame({kind.value: np.where(held, f"{kind.value},", "") for kind, held in members.items()})
    return parts.select(pl.concat_str(pl.all()).str.strip_chars_end(",")).to_series()
