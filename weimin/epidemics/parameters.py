"""What makes an alert and what an outbreak asks of each party: `data/clusters.yaml` in versions, `data/measures.yaml`."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from ruamel.yaml import YAML

from weimin.epidemics.diseases import Confidence, Part
from weimin.health.parameters import keeping, known, listed, since, whole

DATA = Path(__file__).parent / "data"
CLUSTER, MEASURE, HOURS = "epidemics.cluster.", "epidemics.measure.", "epidemics.hours"
MEASURES_FROM = date(2012, 1, 1)


class Threshold(Part):
    """`count` new sick people (or cases) with the same of `of` in `days` days; `what` rate: `percent` of those expected, and at least `count`."""

    key: str = Field(pattern=r"^[a-z_]+$", max_length=30)
    scope: Literal["class", "school", "village"]
    what: Literal["symptom", "rate", "case"]
    of: tuple[str, ...] = ()
    count: int = Field(ge=1)
    days: int = Field(ge=1, le=60)
    percent: int = Field(default=0, ge=0, le=100)
    verify_hours: int = Field(ge=1)


class Clusters(Part):
    effective_from: date
    source: str
    confidence: Confidence
    confirm: bool
    thresholds: tuple[Threshold, ...]

    def find(self, key: str) -> Threshold:
        """KeyError for an unknown rule."""
        return {one.key: one for one in self.thresholds}[key]


class Owed(Part):
    """One measure of a party. `diseases` empty = for every disease."""

    key: str
    party: Literal["health", "school", "community", "family"]
    role: str
    hours: int
    text: str
    diseases: tuple[str, ...] = Field(default=(), alias="for")


@cache
def versions() -> tuple[Clusters, ...]:
    rows = [Clusters.model_validate(row) for row in YAML(typ="safe").load((DATA / "clusters.yaml").read_text("utf-8"))]
    return tuple(sorted(rows, key=lambda one: one.effective_from))


def shipped_clusters(on: date) -> Clusters:
    """The version of `data/clusters.yaml`; before the first one, the first."""
    return next((one for one in reversed(versions()) if one.effective_from <= on), versions()[0])


def clusters_on(on: date) -> Clusters:
    """What holds on a day: the version in force with what the bureau set since."""
    found = shipped_clusters(on)
    if not any(stem.startswith(CLUSTER) for stem in known().rows):
        return found
    made: Clusters = keeping(("clusters", on), lambda: found.model_copy(update={"thresholds": tuple(as_set(one, on, found) for one in found.thresholds)}))
    return made


def as_set(one: Threshold, on: date, found: Clusters) -> Threshold:
    changed = since(f"{CLUSTER}{one.key}", on, found.effective_from)
    return one.model_copy(update={name: version.keys if name == "of" else int(version.figure) for name, version in changed.items()})


@cache
def shipped_hours() -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in YAML(typ="safe").load((DATA / "hours.yaml").read_text("utf-8"))}


def hours(key: str, on: date) -> int:
    """A figure of `data/hours.yaml` as it holds on a day. KeyError for an unknown one."""
    row = shipped_hours()[key]
    return whole(HOURS, on, row["effective_from"], key, row["value"])


@cache
def every_measure() -> tuple[Owed, ...]:
    return tuple(Owed.model_validate(row) for row in YAML(typ="safe").load((DATA / "measures.yaml").read_text("utf-8")))


def measures_for(disease: str, on: date) -> list[Owed]:
    """What is owed for a disease, with the diseases and the hours of a day."""
    held = [(one, listed(f"{MEASURE}{one.key}", on, MEASURES_FROM, "diseases", one.diseases)) for one in every_measure()]
    wanted = [one for one, diseases in held if not diseases or disease in diseases]
    return [one.model_copy(update={"hours": whole(f"{MEASURE}{one.key}", on, MEASURES_FROM, "hours", one.hours)}) for one in wanted]
