"""The systems and codes of `data/codes.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

TABLE = Path(__file__).parent / "data" / "codes.yaml"


@cache
def table() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(TABLE.read_text("utf-8")))


def system(name: str) -> str:
    return str(table()["systems"][name]["uri"])


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
