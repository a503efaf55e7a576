"""The tables of `data/`, read once: the unified standard, the star scheme, how institutions are compared, words of posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from weimin.institutions.rules_stars import Criterion, Level, Scheme
from weimin.institutions.rules_unified import Item, Outcome, Standard

DATA = Path(__file__).parent / "data"


def load(name: str) -> Any:
    return YAML(typ="safe").load((DATA / f"{name}.yaml").read_text("utf-8"))


def in_force(versions: tuple[Any, ...], on: date) -> Any:
    """The version of a day; before the first one, the first."""
    return next((one for one in reversed(versions) if one.effective_from <= on), versions[0])


@cache
def standards() -> tuple[Standard, ...]:
    return tuple(sorted((standard_of(row) for row in load("unified")), key=lambda one: one.effective_from))


def standard_of(row: dict[str, Any]) -> Standard:
    items = tuple(Item(one["key"], one["label"], one["short"], one["weight"], one.get("photo", False)) for one in row["items"])
    outcomes = tuple(Outcome(one["result"], Decimal(one["min_score"]), one["text"], one.get("rectify_days")) for one in row["outcomes"])
    return Standard(row["effective_from"], row["source"], row.get("confirm", False), Decimal(row["pass_mark"]), row["recheck_days"], items, outcomes)


def standard_on(on: date) -> Standard:
    found: Standard = in_force(standards(), on)
    return found


@cache
def schemes() -> tuple[Scheme, ...]:
    return tuple(sorted((scheme_of(row) for row in load("stars")), key=lambda one: one.effective_from))


def scheme_of(row: dict[str, Any]) -> Scheme:
    criteria = tuple(
        Criterion(
            one["key"], one["label"], one.get("indicator", ""), one.get("own", ""), one["unit"], Decimal(str(one["zero"])), Decimal(str(one["full"])),
            Decimal(str(one["weight"])), one.get("needed", False), one.get("at") == "site",
        )
        for one in row["criteria"]
    )  # fmt: skip
    levels = tuple(Level(one["stars"], Decimal(str(one["points"])), tuple(one["needs"])) for one in row["stars"])
    return Scheme(row["effective_from"], row["source"], row.get("confirm", False), criteria, levels)


def scheme_on(on: date) -> Scheme:
    found: Scheme = in_force(schemes(), on)
    return found


@dataclass(frozen=True)
class Fair:
    """How institutions are compared. shown and quality: (indicator, weight); fields: programme → (columns, keys of findings)."""

    small: int
    late_days: int
    licence_days: int
    shown: tuple[tuple[str, int], ...]
    quality: tuple[tuple[str, int], ...]
    fields: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    confirm: bool

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _weight in (*self.shown, *self.quality))


@cache
def fair() -> Fair:
    row = load("fair")
    shown, quality = (tuple((one["code"], one["weight"]) for one in row[name]) for name in ("shown", "quality"))
    fields = {name: (tuple(one["measured"]), tuple(one["findings"])) for name, one in row["fields"].items()}
    return Fair(row["small"], row["late_days"], row["licence_days"], shown, quality, fields, row.get("confirm", False))


@cache
def post_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((row["kind"], tuple(row["words"])) for row in load("posts"))
