"""What a plan asks of the people at a site. A higher room knows the plans and registers one source; this room knows none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from weimin.sites.models import Site
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class Requirements:
    """For the sites of one tier of one plan. `criteria` and `roles` are (key, label); nominator and decider are system roles."""

    plan: int
    job: str
    least: int
    most: int
    criteria: tuple[tuple[str, str], ...]
    nominator: str = "partner"
    decider: str = "township"
    roles: tuple[tuple[str, str], ...] = ()
    backgrounds: tuple[str, ...] = ()
    decide_by: date | None = None
    file_by: date | None = None
    filed_with: str = ""
    training: str = ""
    train_by: date | None = None
    basis: str = ""


@dataclass(frozen=True)
class Wanted:
    """A site that needs somebody chosen for it."""

    site: int
    region: int
    name: str
    asks: Requirements


OfSite = Callable[[Site], Requirements | None]
OfRange = Callable[[Actor], list[Wanted]]
_sources: list[tuple[OfSite, OfRange]] = []


def register(of_site: OfSite, of_range: OfRange) -> None:
    """`of_site(site)` answers None when nothing is asked; `of_range(actor)` every site inside the actor's range that is still wanted,
    in a number of queries that does not depend on the number of sites."""
    _sources.append((of_site, of_range))


def requirements_for(site: Site) -> Requirements | None:
    return next((found for of_site, _all in _sources if (found := of_site(site)) is not None), None)


def wanted_in(actor: Actor) -> list[Wanted]:
    return [wanted for _one, of_range in _sources for wanted in of_range(actor)]
