"""The physical examination form of the standard: its fields, codes and reference ranges from `data/`. Pure (A-08, A-35)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from weimin.health.bounds import Bound, every_bound
from weimin.health.parameters import listed, since, whole
from weimin.health.rules_self_care import items as self_care_items

DATA = Path(__file__).parent / "data"
DAYS, RANGE, FORM = "examinations.days", "examinations.range.", "examinations.form"
BOUNDS = "examinations.bounds."
ABNORMAL, SUSPECTS = "examinations.abnormal", "examinations.suspects"
SHIPPED_FROM = date(2017, 2, 28)  # reference.yaml and parameters.yaml
ELDERLY, FEMALE = "elderly", "female"
PRESSURE = ("left_systolic", "left_diastolic", "right_systolic", "right_diastolic")
BODY = ("temperature", "pulse", "breath", *PRESSURE, "height", "weight", "waist")
BLOOD = (
    "hemoglobin", "leukocyte", "platelet", "fasting", "hba1c", "alt", "ast", "bilirubin", "creatinine", "urea", "cholesterol", "triglyceride", "ldl", "hdl",
)  # fmt: skip
MEASURED = (*BODY, *BLOOD)  # the columns of an examination; the rest is JSON
SELF_CARE = ("care_eating", "care_washing", "care_dressing", "care_toilet", "care_moving")


@dataclass(frozen=True)
class Item:
    """One field of the form; see the head of `data/examination.yaml` for what each part means."""

    key: str
    label: str
    kind: str
    section: str
    sure: str
    unit: str = ""
    places: int = 0
    low: Decimal | None = None
    high: Decimal | None = None
    bounds: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    alone: str = ""
    abnormal: tuple[str, ...] = ()
    level: str = "watch"
    only: str = ""
    since: date | None = None
    need: bool = False
    sheet: bool = False
    help: str = ""

    @property
    def title(self) -> str:
        return f"{self.label}（{self.unit}）" if self.unit else self.label  # text: data


@dataclass(frozen=True)
class Range:
    """A reference range with the bounds from which somebody is called back."""

    item: str
    source: str
    sure: str
    sex: str = ""
    from_age: int = 0
    low: Decimal | None = None
    high: Decimal | None = None
    recheck_low: Decimal | None = None
    recheck_high: Decimal | None = None
    urgent_low: Decimal | None = None
    urgent_high: Decimal | None = None

    @property
    def stem(self) -> str:
        """The row among the parameters."""
        return "_".join(filter(None, (f"{RANGE}{self.item}", self.sex, str(self.from_age or ""))))


@dataclass(frozen=True)
class Examined:
    """Whom: full years on the day, m or f, and the programmes the person is under care for already."""

    age: int
    sex: str = ""
    programmes: frozenset[str] = frozenset()


def read(name: str) -> Any:
    return YAML(typ="safe").load((DATA / name).read_text("utf-8"))


def figure(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def item_of(section: dict[str, Any], row: dict[str, Any]) -> Item:
    """The five items of self-care have the levels and the scores of health's form."""
    facts = {"sure": section["sure"], **row, "section": section["section"], "abnormal": tuple(row.get("abnormal", ()))}
    if row["key"] in SELF_CARE:
        own = next(one for one in self_care_items() if row["key"] == f"care_{one.key}")
        facts |= {"codes": {str(score): words for score, words in own.levels.items()}, "help": own.about}
    return Item(**{**facts, "low": figure(row.get("low")), "high": figure(row.get("high"))})


@cache
def items() -> dict[str, Item]:
    """Every field of the form by its key, in order."""
    return {row["key"]: item_of(section, row) for section in read("examination.yaml") for row in section["items"]}


@cache
def bound_of(key: str) -> Bound:
    """Of a number of the form: health's row, or its own, which the bureau may halve or double."""
    one = items()[key]
    if one.bounds:
        return every_bound()[one.bounds]
    low, high = one.low or Decimal(0), one.high or Decimal(0)
    return Bound(key, one.label, low, high, low / 2 or None, high * 2, one.unit, one.places, BOUNDS)


@cache
def form_lists() -> dict[str, tuple[str, ...]]:
    """As shipped. need: fields of a form that is filled in whole; recheck: fields whose finding somebody is called back for."""
    rows = items().values()
    return {"need": tuple(one.key for one in rows if one.need), "recheck": tuple(one.key for one in rows if one.abnormal and one.level == "recheck")}


def abnormal_codes(one: Item, on: date) -> tuple[str, ...]:
    """The codes that are a finding, as it holds on a day."""
    return listed(ABNORMAL, on, SHIPPED_FROM, one.key, one.abnormal)


def section_of(item: str) -> str:
    """The section in which a finding is read: blood pressure and what is computed stand with what they are made of."""
    made = {"pressure": "left_systolic", "bmi": "height", "self_care": "cognition"}
    return items()[made.get(item, item)].section


@cache
def ranges() -> tuple[Range, ...]:
    found = []
    for part in read("reference.yaml"):
        for row in part["ranges"]:
            bounds: dict[str, Any] = {key: value if key in ("item", "sex", "from_age") else figure(value) for key, value in row.items()}
            found.append(Range(source=part["source"], sure=part["sure"], **bounds))
    return tuple(found)


@cache
def shipped_days() -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in read("parameters.yaml")}


def parameter(key: str, on: date) -> int:
    """As it holds on a day. KeyError when there is no such parameter."""
    return whole(DAYS, on, SHIPPED_FROM, key, int(shipped_days()[key]["value"]))


def is_elderly(age: int, on: date) -> bool:
    return age >= parameter("elderly_from", on)


def asked_of(whom: Examined, on: date) -> list[Item]:
    """The fields that concern this person on this day."""
    return [one for one in items().values() if concerns(one, whom, on)]


def concerns(one: Item, whom: Examined, on: date) -> bool:
    if one.since is not None and on < one.since:
        return False
    if one.only == ELDERLY:
        return is_elderly(whom.age, on)
    return not (one.only == FEMALE and whom.sex == "m")


def range_for(key: str, whom: Examined, on: date) -> Range | None:
    """The reference range of a value for somebody of this sex and age, as it holds on a day."""
    rows = [row for row in ranges() if row.item == key and row.sex in ("", whom.sex) and row.from_age <= whom.age]
    found = max(rows, key=lambda row: row.from_age, default=None)
    said = since(found.stem, on, SHIPPED_FROM) if found else {}
    return replace(found, **{name: one.figure for name, one in said.items()}) if found and said else found  # type: ignore[arg-type]


def missing(found: Mapping[str, Any], whom: Examined, on: date) -> list[str]:
    """Fields that a form filled in whole has and this one has not (A-37)."""
    needed = listed(FORM, on, SHIPPED_FROM, "need", form_lists()["need"])
    return [one.key for one in asked_of(whom, on) if one.key in needed and found.get(one.key) in (None, "", [])]


def said(found: Mapping[str, Any], keys: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(label, words) of what was answered, in the order of the form; a code that is not known is shown as it is."""
    wanted = set(keys)
    lines = []
    for one in items().values():
        value = found.get(one.key)
        if value in (None, "", []) or (wanted and one.key not in wanted):
            continue
        codes = value if isinstance(value, list) else [value]
        words = "、".join(one.codes.get(str(code), str(code)) for code in codes)  # text: data
        lines.append((one.label, f"{words} {one.unit}".strip()))
    return lines
