"""The tables of `data/`, read once: the unified standard, the star scheme, how institutions are compared, words of posts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from weimin.calendars.clock import Limit
from weimin.health.parameters import Version, listed, since, whole
from weimin.institutions.rules_stars import Criterion, Level, Scheme
from weimin.institutions.rules_unified import Item, Outcome, Standard

DATA = Path(__file__).parent / "data"
UNIFIED, STARS, LEVELS = "institutions.unified", "institutions.stars.", "institutions.star_levels"
FAIR, FAIR_WEIGHT = "institutions.fair", "institutions.fair_weight"
POSTS, RATING = "institutions.posts", "institutions.rating"
FAIR_FROM = date(2026, 1, 1)


LISTS, FAIR_FIGURES = ("photos", "needed"), ("small", "late_days", "licence_days")


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
    """What holds on a day: the version in force with what the bureau set since."""
    found: Standard = in_force(standards(), on)
    set_here = since(UNIFIED, on, found.effective_from)
    said, photos = figures(set_here), set_here.get("photos")
    items = tuple(replace(one, photo=one.key in photos.keys) for one in found.items) if photos else found.items
    outcomes = tuple(outcome_as_set(one, since(f"{UNIFIED}.{one.result}", on, found.effective_from)) for one in found.outcomes)
    if not set_here and outcomes == found.outcomes:
        return found
    pass_mark, recheck_days = said.get("pass_mark", found.pass_mark), int(said.get("recheck_days", found.recheck_days))
    return replace(found, pass_mark=pass_mark, recheck_days=recheck_days, items=items, outcomes=outcomes)


def outcome_as_set(one: Outcome, said: dict[str, Version]) -> Outcome:
    days = int(said["rectify_days"].figure) if "rectify_days" in said else one.rectify_days
    return replace(one, min_score=said["min_score"].figure if "min_score" in said else one.min_score, rectify_days=days)


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
    """What holds on a day: the version in force with what the bureau set since; `effective_from` is the day of its newest figure."""
    found: Scheme = in_force(schemes(), on)
    first = found.effective_from
    stems = [LEVELS, *(f"{STARS}{one.key}" for one in found.criteria)]
    said = {stem: changed for stem in stems if (changed := since(stem, on, first))}
    if not said:
        return found
    levels_set = said.get(LEVELS, {})
    points, lists = figures(levels_set), {name: one.keys for name, one in levels_set.items()}
    needed = lists.get("needed", tuple(one.key for one in found.criteria if one.needed))
    criteria = tuple(replace(one, needed=one.key in needed, **figures(said.get(f"{STARS}{one.key}", {}))) for one in found.criteria)  # type: ignore[arg-type]
    levels = tuple(replace(one, points=points.get(f"level_{one.stars}", one.points), needs=lists.get(f"needs_{one.stars}", one.needs)) for one in found.levels)
    latest = max(first, *(one.effective_from for changed in said.values() for one in changed.values()))
    return replace(found, effective_from=latest, criteria=criteria, levels=levels)


def figures(said: dict[str, Version]) -> dict[str, Decimal]:
    """Without the lists."""
    return {name: one.figure for name, one in said.items() if name not in LISTS and not name.startswith("needs_")}


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


def fair(on: date) -> Fair:
    """What holds on a day: `data/fair.yaml` with what the bureau set since."""
    found = shipped_fair()
    set_here = since(FAIR, on, FAIR_FROM)
    said = {name: int(one.figure) for name, one in set_here.items() if name in FAIR_FIGURES}
    asked = {name: one.keys for name, one in set_here.items() if name not in FAIR_FIGURES}
    fields = {key: (asked.get(f"{key}_measured", measured), asked.get(f"{key}_findings", found_keys)) for key, (measured, found_keys) in found.fields.items()}
    weights = {name: int(one.figure) for name, one in since(FAIR_WEIGHT, on, FAIR_FROM).items()}
    if not set_here and not weights:
        return found
    shown, quality = (tuple((code, weights.get(code.replace(".", "_"), weight)) for code, weight in rows) for rows in (found.shown, found.quality))
    return replace(found, shown=shown, quality=quality, fields=fields, **said)  # type: ignore[arg-type]


@cache
def shipped_fair() -> Fair:
    row = load("fair")
    shown, quality = (tuple((one["code"], one["weight"]) for one in row[name]) for name in ("shown", "quality"))
    fields = {name: (tuple(one["measured"]), tuple(one["findings"])) for name, one in row["fields"].items()}
    return Fair(row["small"], row["late_days"], row["licence_days"], shown, quality, fields, row.get("confirm", False))


@cache
def shipped_posts() -> dict[str, dict[str, Any]]:
    return {row["kind"]: row for row in load("posts")}


def post_words(on: date) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Kind → words of duties, as they hold on a day; the first kind that fits."""
    return tuple((kind, listed(POSTS, on, FAIR_FROM, kind, tuple(row["words"]))) for kind, row in shipped_posts().items())


@cache
def shipped_rating() -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in load("rating")}


def rating_limit(state: str, on: date) -> Limit | None:
    """How long the desk has that holds a rating."""
    row = shipped_rating().get(state)
    return Limit(whole(RATING, on, FAIR_FROM, state, row["value"]), "workday") if row else None
