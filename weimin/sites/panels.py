"""What higher rooms show on a site's page: people who serve, the building project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from weimin.sites.models import Site
from weimin.walls.actor import Actor

Fill = Callable[[Actor, Site, datetime], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """A fragment of the site page with its context; None as context leaves it out."""

    template: str
    context: dict[str, Any]


_fillers: list[tuple[int, str, Fill]] = []


def register_panel(template: str, *, order: int) -> Callable[[Fill], Fill]:
    """Decorator of `(actor, site, now) -> context of the fragment or None`."""

    def keep(fill: Fill) -> Fill:
        _fillers.append((order, template, fill))
        return fill

    return keep


def panels_of(actor: Actor, site: Site, now: datetime) -> list[Panel]:
    filled = [(template, fill(actor, site, now)) for _order, template, fill in sorted(_fillers, key=lambda kept: kept[:2])]
    return [Panel(template, context) for template, context in filled if context is not None]
