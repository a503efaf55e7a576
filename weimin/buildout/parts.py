"""What the project page is made of: each part of the room says what it has to show of one project."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from weimin.buildout.models import Project
from weimin.walls.actor import Actor

Part = Callable[[Actor, Project, datetime], dict[str, Any]]
PARTS: dict[str, Part] = {}


def part(name: str) -> Callable[[Part], Part]:
    """Registers the context of `buildout/_project_<name>.html`; a part's `papers` (label, url) are collected for download."""

    def keep(function: Part) -> Part:
        PARTS[name] = function
        return function

    return keep


def parts_of(actor: Actor, project: Project, now: datetime) -> dict[str, dict[str, Any]]:
    return {name: function(actor, project, now) for name, function in PARTS.items()}
