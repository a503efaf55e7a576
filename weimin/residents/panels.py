"""Cards that rooms above add to the page of a resident, filled in `AppConfig.ready()`; nothing here knows who they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from weimin.residents.models import Resident
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class Panel:
    """`template` is a fragment shown with what `build` gives; None = nothing to show to this post."""

    name: str
    template: str
    build: Callable[[Actor, Resident], dict[str, Any] | None]


PANELS: dict[str, Panel] = {}


def panel(name: str, *, template: str, build: Callable[[Actor, Resident], dict[str, Any] | None]) -> None:
    PANELS[name] = Panel(name, template, build)


def panels_of(actor: Actor, resident: Resident) -> list[dict[str, Any]]:
    """`template` and `data` of each panel that has something to show."""
    built = [(one.template, one.build(actor, resident)) for one in sorted(PANELS.values(), key=lambda one: one.name)]
    return [{"template": template, "data": data} for template, data in built if data is not None]
