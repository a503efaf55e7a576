"""R5, as this room writes and reads it, ↔ R4 (4.0.1 and R4B are alike in what is used here). Pure.

One table for each resource type whose elements were moved between the releases; all others are the same in both.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from weimin.exchange.rules_lines import Resource

R5, R4 = "R5", "R4"
RELEASES = (R5, R4)
Change = Callable[[Resource], None]


def rename(new: str, old: str) -> tuple[Change, Change]:
    return lambda row: move(row, new, old), lambda row: move(row, old, new)


def move(row: Resource, source: str, target: str) -> None:
    if source in row:
        row[target] = row.pop(source)


def single(name: str) -> tuple[Change, Change]:
    """A list in R5, one in R4."""

    def down(row: Resource) -> None:
        if isinstance(row.get(name), list) and row[name]:
            row[name] = row[name][0]

    def up(row: Resource) -> None:
        if isinstance(row.get(name), dict):
            row[name] = [row[name]]

    return down, up


def words(name: str, new: str, old: str) -> tuple[Change, Change]:
    """A code that is called otherwise."""

    def say(row: Resource, source: str, target: str) -> None:
        if row.get(name) == source:
            row[name] = target

    return lambda row: say(row, new, old), lambda row: say(row, old, new)


def concept(new: str, old: str) -> tuple[Change, Change]:
    """A CodeableReference in R5 that holds a concept, a CodeableConcept in R4."""

    def down(row: Resource) -> None:
        if isinstance(row.get(new), dict) and "concept" in row[new]:
            row[old] = row.pop(new)["concept"]

    def up(row: Resource) -> None:
        if isinstance(row.get(old), dict) and "concept" not in row[old]:
            row[new] = {"concept": row.pop(old)}

    return down, up


def each(name: str, *changes: tuple[Change, Change]) -> tuple[Change, Change]:
    """The same for every row of a list."""

    def apply(row: Resource, way: int) -> None:
        for one in row.get(name) or []:
            for change in changes:
                change[way](one)

    return lambda row: apply(row, 0), lambda row: apply(row, 1)


def bare_class() -> tuple[Change, Change]:
    """Encounter.class: a list of CodeableConcepts in R5, one Coding in R4."""

    def down(row: Resource) -> None:
        if isinstance(row.get("class"), list) and row["class"]:
            row["class"] = row["class"][0]["coding"][0]

    def up(row: Resource) -> None:
        if isinstance(row.get("class"), dict):
            row["class"] = [{"coding": [row["class"]]}]

    return down, up


CHANGES: dict[str, tuple[tuple[Change, Change], ...]] = {
    "Encounter": (words("status", "completed", "finished"), bare_class(), rename("actualPeriod", "period"), each("participant", rename("actor", "individual"))),
    "MedicationStatement": (words("status", "recorded", "unknown"), concept("medication", "medicationCodeableConcept"), rename("encounter", "context")),
    "ClinicalImpression": (each("finding", concept("item", "itemCodeableConcept")),),
    "QuestionnaireResponse": (single("identifier"),),
    "Composition": (single("identifier"), single("subject")),
    "ServiceRequest": (concept("code", "code"),),
}


def turned(bundle: dict[str, Any], way: int) -> dict[str, Any]:
    fresh = deepcopy(bundle)
    for entry in fresh.get("entry") or []:
        resource = entry.get("resource", {})
        changes = CHANGES.get(str(resource.get("resourceType")), ())
        for change in changes:
            change[way](resource)
    return fresh


def to_r4(bundle: dict[str, Any]) -> dict[str, Any]:
    return turned(bundle, 0)


def to_r5(bundle: dict[str, Any]) -> dict[str, Any]:
    """An R4 bundle as R5; what R5 has already stays."""
    return turned(bundle, 1)


def release_of(bundle: dict[str, Any]) -> str:
    """By the first resource that looks different in the two; R5 when none does."""
    for entry in bundle.get("entry") or []:
        resource = entry.get("resource", {})
        kind = resource.get("resourceType")
        if kind == "Encounter":
            return R4 if isinstance(resource.get("class"), dict) else R5
        if kind in ("Composition", "QuestionnaireResponse") and "identifier" in resource:
            return R4 if isinstance(resource["identifier"], dict) else R5
    return R5
