"""The words that a standard uses for rooms, boards, equipment and signs: offered in forms, so that a comparison finds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from weimin.sites.models import Site


@dataclass(frozen=True)
class Catalogue:
    """Words to choose from; nobody is held to them."""

    rooms: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


Source = Callable[[Site], Catalogue | None]
_sources: list[Source] = []


def register_catalogue(source: Source) -> Source:
    """Registers `(site) -> Catalogue or None`; a higher room knows which standard holds for a site."""
    _sources.append(source)
    return source


def catalogue_of(site: Site) -> Catalogue:
    """The first answer of a registered source; an empty one when no standard holds."""
    for source in _sources:
        found = source(site)
        if found is not None:
            return found
    return Catalogue()
