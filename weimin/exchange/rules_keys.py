"""Who a row is, here and everywhere: `urn:weimin:<jurisdiction>:<kind>|<number>`, kept when the row moves to another place. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from weimin.exchange.rules_lines import Resource, get

START = "urn:weimin:"
LONGEST = 200


def key_of(jurisdiction: int, kind: str, number: int) -> str:
    return f"{START}{jurisdiction}:{kind}|{number}"


def parts(key: str) -> tuple[str, str]:
    """(system, value)."""
    system, _bar, value = key.partition("|")
    return system, value


def kind_of(key: str) -> str:
    return parts(key)[0].rpartition(":")[2]


def number_at(key: str, jurisdiction: int) -> int | None:
    """The number of a row of this jurisdiction; None for a key that was made elsewhere."""
    system, value = parts(key)
    home = system.startswith(f"{START}{jurisdiction}:")
    return int(value) if home and value.isascii() and value.isdigit() and len(value) <= 18 else None


def identifier(key: str, suffix: str = "") -> dict[str, str]:
    system, value = parts(key)
    return {"system": f"{system}{suffix}", "value": value}


def full_url(key: str, suffix: str = "") -> str:
    """The same for the same row in every export."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, key + suffix)}"


def reference(key: str, suffix: str = "", words: str = "") -> dict[str, str]:
    return {"reference": full_url(key, suffix)} | ({"display": words} if words else {})


def found_key(resource: Resource, kind: str) -> str:
    """The key that a resource carries for a kind of ours; "" when it is not one of ours."""
    return next(iter(keys_in(resource, kind)), "")


def further_keys(resource: Resource, kind: str, first: str) -> list[str]:
    return sorted({key for key in keys_in(resource, kind) if key != first})


def keys_in(resource: Resource, kind: str) -> list[str]:
    rows = resource.get("identifier")
    pairs = [(get(row, "system"), get(row, "value")) for row in (rows if isinstance(rows, list) else [rows])]
    keys = [f"{system}|{value}" for system, value in pairs if is_of(system, kind) and isinstance(value, str)]
    return [key for key in keys if len(key) <= LONGEST]


def is_of(system: object, kind: str) -> bool:
    return isinstance(system, str) and system.startswith(START) and system.endswith(f":{kind}")


class Shelf:
    """The resources of a bundle, found by type, by reference, and by what refers to them; the order of entries means nothing."""

    def __init__(self, entries: Iterable[tuple[str, Resource]]) -> None:
        self.resources: list[Resource] = []
        self.names: dict[str, Resource] = {}
        self.places: dict[int, int] = {}
        self.index: dict[tuple[str, str], dict[int, list[Resource]]] = {}
        for url, resource in entries:
            self.resources.append(resource)
            self.places[id(resource)] = len(self.resources)
            for name in (url, f"{resource.get('resourceType')}/{resource.get('id')}"):
                self.names.setdefault(name, resource)

    def of(self, kind: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.get("resourceType") == kind]

    def named(self, resource: Resource, place: str) -> Resource | None:
        """The resource that a reference leads to; also when the address carries the server before `Type/id`."""
        text = get(resource, f"{place}.reference")
        if not isinstance(text, str):
            return None
        return self.names.get(text) or self.names.get("/".join(text.split("/")[-2:]))

    def belonging(self, kind: str, place: str, to: Resource) -> list[Resource]:
        """The resources of a type whose reference at `place` leads to a resource, in the order of the bundle."""
        if (kind, place) not in self.index:
            rows: dict[int, list[Resource]] = {}
            for one in self.of(kind):
                target = self.named(one, place)
                if target is not None:
                    rows.setdefault(id(target), []).append(one)
            self.index[kind, place] = rows
        return self.index[kind, place].get(id(to), [])

    def keyed(self, kind: str, word: str) -> dict[str, Resource]:
        """Key → resource of a type for a kind of ours."""
        return {key: one for one in self.of(kind) if (key := found_key(one, word))}


def base(kind: str, key: str, suffix: str = "", **facts: Any) -> Resource:
    """A resource with its id and identifier."""
    return {"resourceType": kind, "id": full_url(key, suffix).removeprefix("urn:uuid:"), "identifier": [identifier(key, suffix)], **facts}
