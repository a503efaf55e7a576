"""One thing (一件事): several items applied for at once over one set of papers (C-25)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language
from ruamel.yaml import YAML

from weimin.catalogue.models import ItemVersion
from weimin.catalogue.queries import by_code
from weimin.catalogue.rules import Needed, union_of_materials
from weimin.catalogue.vocabulary import DATA


@dataclass(frozen=True)
class Bundle:
    """A life event and the codes of the items that belong together in it."""

    key: str
    name: str
    english: str
    life_event: str
    summary: str
    items: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.english if (get_language() or "").startswith("en") else self.name


@dataclass(frozen=True)
class Offered:
    """A bundle as it can be applied for now: the current versions of its items, and the papers of all of them, each once."""

    bundle: Bundle
    versions: list[ItemVersion]
    materials: list[Needed]


@cache
def bundles() -> dict[str, Bundle]:
    rows = YAML(typ="safe", pure=True).load(DATA / "bundles.yaml")
    return {row["key"]: Bundle(**{**row, "items": tuple(row["items"])}) for row in rows}


def offered_bundles() -> list[Offered]:
    """Every bundle of which at least two items are served; one query."""
    served = by_code({code for bundle in bundles().values() for code in bundle.items})
    found = [of_versions(bundle, [served[code] for code in bundle.items if code in served]) for bundle in bundles().values()]
    return [row for row in found if len(row.versions) > 1]


def get_bundle(key: str) -> Offered | None:
    """One bundle as it can be applied for now; None when there is no such bundle or none of its items is served."""
    bundle = bundles().get(key)
    if bundle is None:
        return None
    served = by_code(bundle.items)
    return of_versions(bundle, [served[code] for code in bundle.items if code in served]) if served else None


def of_versions(bundle: Bundle, versions: list[ItemVersion]) -> Offered:
    return Offered(bundle, versions, union_of_materials([version.content for version in versions]))
