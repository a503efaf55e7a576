"""Fields of ours and where they stand in a FHIR resource, as tables read in both directions. Pure.

A `Line` names our field, its place and how the value is written. What FHIR has no place for is an extension `urn:weimin:fhir:<kind>:<field>`.
An empty value is left out, as FHIR wants it, and comes back as the codec's empty value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

SPACE = "urn:weimin:fhir:"
Resource = dict[str, Any]
Item = dict[str, Any]


class Unreadable(ValueError):
    """A place of a resource that cannot be taken: `field` of ours, `value` as it came, cut short; `at`: which entry of the bundle, from 1."""

    at = 0

    def __init__(self, field: str, value: Any) -> None:
        self.field, self.value = field, str(value)[:40]
        super().__init__(f"{field}: {self.value}")


@dataclass(frozen=True)
class Codec:
    """How one kind of value is written: the extension's `value[x]`, there, back, and what nothing is."""

    slot: str
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]
    empty: Any = None
    many: bool = False


@dataclass(frozen=True)
class Line:
    """`path`: keys and list places joined by dots (`participant.0.actor.display`); "+" = an extension of our own."""

    name: str
    path: str
    codec: Codec


def to_day(value: Any) -> date:
    """The day of a FHIR date or dateTime; a year or a month alone is no day."""
    return date.fromisoformat(str(value)[:10])


def to_moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment


def to_whole(value: Any) -> int:
    if isinstance(value, bool) or int(value) != value:
        raise ValueError(value)
    return int(value)


def to_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def to_number(value: Any) -> Decimal:
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(value)
    return number


def to_text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


TEXT = Codec("valueString", str, to_text, "")
CODE = Codec("valueCode", str, to_text, "")
DAY = Codec("valueDate", date.isoformat, to_day)
MOMENT = Codec("valueInstant", datetime.isoformat, to_moment)
WHOLE = Codec("valueInteger", int, to_whole)
FLAG = Codec("valueBoolean", bool, to_flag)
NUMBER = Codec("valueDecimal", float, to_number)
CODES = Codec("valueCode", str, to_text, many=True)
TEXTS = Codec("valueString", str, to_text, many=True)
ANY = Codec("valueString", compact, json.loads)


def one_of(codes: Mapping[str, str], empty: Any = "") -> Codec:
    """Our code ↔ theirs, each once."""
    back = {theirs: ours for ours, theirs in codes.items()}
    return Codec("valueCode", codes.__getitem__, back.__getitem__, empty)


def is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def put(resource: Any, path: str, value: Any) -> None:
    """Sets a place, making what leads there."""
    steps = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step, following in zip(steps, steps[1:], strict=False):
        resource = child(resource, step, [] if isinstance(following, int) else {})
    child(resource, steps[-1], value)
    resource[steps[-1]] = value


def child(holder: Any, step: str | int, fresh: Any) -> Any:
    if isinstance(holder, dict):
        return holder.setdefault(step, fresh)
    while len(holder) <= int(step):
        holder.append(fresh if len(holder) == step else {})
    return holder[step]


def get(resource: Any, path: str) -> Any:
    """What stands at a place; None when something on the way is missing or of another shape."""
    for step in path.split("."):
        if step.isdigit() and isinstance(resource, list):
            resource = resource[int(step)] if int(step) < len(resource) else None
        elif isinstance(resource, dict):
            resource = resource.get(step)
        else:
            return None
    return resource


def address(kind: str, name: str) -> str:
    """The URL of an extension of ours."""
    return f"{SPACE}{kind}:{name}"


def extend(resource: Resource, url: str, slot: str, value: Any) -> None:
    resource.setdefault("extension", []).append({"url": url, slot: value})


def extensions(resource: Resource, url: str, slot: str) -> list[Any]:
    found = resource.get("extension")
    rows = found if isinstance(found, list) else []
    return [row[slot] for row in rows if isinstance(row, dict) and row.get("url") == url and slot in row]


def write(kind: str, lines: Iterable[Line], item: Item, resource: Resource) -> Resource:
    """Our fields into their places."""
    for line in lines:
        value = item.get(line.name)
        if is_empty(value):
            continue
        if line.path != "+":
            put(resource, line.path, line.codec.encode(value))
            continue
        for one in value or [] if line.codec.many else [value]:
            extend(resource, address(kind, line.name), line.codec.slot, line.codec.encode(one))
    return resource


def read(kind: str, lines: Iterable[Line], resource: Resource) -> Item:
    """The fields out of their places. Unreadable for a value that is none of ours."""
    return {line.name: read_one(kind, line, resource) for line in lines}


def read_one(kind: str, line: Line, resource: Resource) -> Any:
    codec = line.codec
    found = extensions(resource, address(kind, line.name), codec.slot) if line.path == "+" else [get(resource, line.path)]
    try:
        values = [codec.decode(value) for value in found if value is not None]
    except (ValueError, KeyError, TypeError, ArithmeticError):
        raise Unreadable(line.name, found[0]) from None
    return values if codec.many else values[0] if values else codec.empty
