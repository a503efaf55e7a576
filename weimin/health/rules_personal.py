"""The personal information form (A-07): its fields and codes, and what of it follows from the register. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

TABLE = Path(__file__).parent / "data" / "personal.yaml"


@dataclass(frozen=True)
class Asked:
    """One field of the form. kind: one (a code), many (codes) or text; `alone`: the code "none", which goes with no other; `known`: words of the
    register → code; `aside`: seldom filled in, so that the page keeps it folded."""

    key: str
    label: str
    kind: str
    codes: dict[str, str] = field(default_factory=dict)
    alone: str = ""
    known: dict[str, str] = field(default_factory=dict)
    help: str = ""
    programmes: tuple[str, ...] = ()
    required: bool = False
    bounds: str = ""
    aside: bool = False


def read_form(path: Path) -> tuple[Asked, ...]:
    """The fields of a form of the standard, in order."""
    return tuple(Asked(**row) for row in YAML(typ="safe").load(path.read_text("utf-8")))


@cache
def asked() -> tuple[Asked, ...]:
    return read_form(TABLE)


def from_register(marital: str, education: str, region: int, registered_region: int | None) -> dict[str, Any]:
    """What the register answers already: marital status, education, whether the person is registered here (same county)."""
    words = {"marital": marital, "education": education}
    known: dict[str, Any] = {one.key: one.known[words[one.key]] for one in asked() if words.get(one.key, "") in one.known}
    if registered_region:
        known["residence"] = "1" if registered_region // 10**6 == region // 10**6 else "2"
    return known


def contradicts(one: Asked, chosen: list[str]) -> bool:
    """ "None" ticked together with something."""
    return bool(one.alone) and one.alone in chosen and len(chosen) > 1


def said(content: dict[str, Any], fields: tuple[Asked, ...] = ()) -> list[tuple[str, str]]:
    """(label, words) of every field that was answered, in the order of the form; an unknown code is shown as it is."""
    lines = []
    for one in fields or asked():
        value = content.get(one.key)
        if value in (None, "", []):
            continue
        codes = value if isinstance(value, list) else [value]
        lines.append((one.label, "、".join(one.codes.get(str(code), str(code)) for code in codes)))  # text: data
    return lines
