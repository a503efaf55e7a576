"""The systems and codes of `data/codes.yaml`."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from weimin.health.parameters import known, newest

SYSTEM, SYSTEMS_FROM = "exchange.system", date(2026, 1, 1)
TABLE = Path(__file__).parent / "data" / "codes.yaml"


@cache
def table() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(TABLE.read_text("utf-8")))


def system(name: str) -> str:
    """The system as it holds today: what a bundle that goes out carries."""
    shipped = str(table()["systems"][name]["uri"])
    made = known()
    found = newest(made.rows.get(SYSTEM, {}).get(name, ()), made.day, SYSTEMS_FROM) if made.day else None
    return found.value if found else shipped


def every_system(name: str) -> frozenset[str]:
    """Every address that the system has had here: what a bundle that comes in may carry."""
    set_here = known().rows.get(SYSTEM, {}).get(name, ())
    return frozenset({str(table()["systems"][name]["uri"]), *(one.value for one in set_here)})


def concept(name: str, code: str, words: str = "") -> dict[str, Any]:
    """A CodeableConcept with one code of a system."""
    return {"coding": [coding(name, code, words)]} | ({"text": words} if words else {})


def coding(name: str, code: str, words: str = "") -> dict[str, Any]:
    return {"system": system(name), "code": code} | ({"display": words} if words else {})


def own(kind: str, code: str, words: str = "") -> dict[str, Any]:
    """A CodeableConcept of a word of ours."""
    return {"coding": [{"system": f"urn:weimin:fhir:code:{kind}", "code": code} | ({"display": words} if words else {})]} | ({"text": words} if words else {})


def measure(name: str) -> dict[str, Any]:
    return dict(table()["measures"][name])
