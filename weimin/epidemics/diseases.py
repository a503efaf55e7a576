"""Diseases by the law that holds on a day (A-50 to A-53): `data/diseases.yaml`, with class, hours of the report and days of observation."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from weimin.health.parameters import keeping, known, since
from weimin.health.standard_words import in_words, later_words

TABLE = Path(__file__).parent / "data" / "diseases.yaml"
REPORT, DISEASE = "epidemics.report", "epidemics.disease."
HOURS, AS_A = ("hours_a", "hours_other"), "managed_as_a"
Confidence = Literal["high", "memory"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Disease(Part):
    """One disease. `managed_as_a`: reported and managed like class 甲, whatever its class."""

    key: str = Field(pattern=r"^[a-z_]+$", max_length=30)
    name: str
    klass: Literal["a", "b", "c", "other"] = Field(alias="class")
    as_a: bool = False
    incubation: tuple[int, int]
    observation: int = Field(ge=1, le=400)
    confidence: Confidence

    @property
    def managed_as_a(self) -> bool:
        return self.as_a or self.klass == "a"


class Limits(Part):
    """Hours from the diagnosis to the report in the national system."""

    hours_a: int
    hours_other: int
    basis: str


class Law(Part):
    """One version of the list. `based_on`: the version whose diseases stay where this one does not name them."""

    law: str
    effective_from: date
    source: str
    confidence: Confidence
    confirm: bool
    based_on: date | None = None
    limits: Limits
    diseases: tuple[Disease, ...]

    def find(self, key: str) -> Disease:
        """KeyError for what the law does not name."""
        return next((one for one in self.diseases if one.key == key), None) or _missing(key)

    def of_class(self, klass: str) -> tuple[str, ...]:
        return tuple(one.key for one in self.diseases if one.klass == klass)

    def hours(self, key: str) -> int:
        return self.limits.hours_a if self.find(key).managed_as_a else self.limits.hours_other


def _missing(key: str) -> Disease:
    raise KeyError(key)


@cache
def laws() -> tuple[Law, ...]:
    """Every version in order of time, each with what it takes over."""
    done: dict[date, Law] = {}
    for row in YAML(typ="safe").load(TABLE.read_text("utf-8")):
        law = Law.model_validate(row)
        if law.based_on is not None:
            own = {one.key for one in law.diseases}
            before = tuple(one for one in done[law.based_on].diseases if one.key not in own)
            law = law.model_copy(update={"diseases": (*before, *law.diseases)})
        done[law.effective_from] = law
    return tuple(done[day] for day in sorted(done))


def shipped_law(on: date) -> Law:
    """The version of `data/diseases.yaml`; before the first one, the first."""
    return next((law for law in reversed(laws()) if law.effective_from <= on), laws()[0])


def law_on(on: date) -> Law:
    """What holds on a day: the version in force with what the bureau set since."""
    found = shipped_law(on)
    if not any(stem == REPORT or stem.startswith(DISEASE) for stem in known().rows):
        return found
    made: Law = keeping(("law", on), lambda: as_set(found, on))
    return made


def as_set(found: Law, on: date) -> Law:
    said = since(REPORT, on, found.effective_from)
    hours = {name: int(one.figure) for name, one in said.items() if name in HOURS}
    as_a = said[AS_A].keys if AS_A in said else tuple(one.key for one in found.diseases if one.as_a)
    diseases = tuple(
        disease_as_set(
            one.model_copy(update={"as_a": one.key in as_a}),
            {name: int(said.figure) for name, said in since(f"{DISEASE}{one.key}", on, found.effective_from).items()},
        )
        for one in found.diseases
    )
    return found.model_copy(update={"limits": found.limits.model_copy(update=hours), "diseases": diseases})


def disease_as_set(one: Disease, said: dict[str, int]) -> Disease:
    first, last = one.incubation
    span = said.get("incubation_from", first), said.get("incubation_to", last)
    return one.model_copy(update={"incubation": span, "observation": said.get("observation", one.observation)})


@cache
def every_name() -> dict[str, str]:
    """Key → name over all versions, the newest name last."""
    return {one.key: one.name for law in laws() for one in law.diseases}


def name_of(key: str) -> str:
    """The name of a disease as papers and titles have it, also of one that today's law no longer has; "" for none."""
    return every_name().get(key, key)


def disease_words(key: str) -> Any:
    """The name in the reader's language, when it is read."""
    return later_words(name_of(key))


def choices(on: date) -> list[tuple[str, str]]:
    return [(one.key, in_words(one.name)) for one in law_on(on).diseases]
