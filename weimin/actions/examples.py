"""One valid use of each action, kept beside the tests of its room as `tests/examples.py: EXAMPLES = {name: Example(...)}`.

The registry tests act each example in every role, inside and outside the region, and twice with the same key.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from weimin.actions.registry import ACTIONS
from weimin.walls.actor import Actor

Build = Callable[[Actor, int], tuple[Any, dict[str, Any]]]


@dataclass(frozen=True)
class Example:
    """Who does it and with what. `build(actor, region)` makes what the action needs, inside `entered(system_actor())`, and
    answers (target's primary key or None, form data). `actor` is the person who will act, seated in `region` (a township
    of 酉阳 for local roles, the county otherwise)."""

    role: str
    build: Build
    files: Callable[[], dict[str, Any]] | None = None  # fresh uploads for each act(), when the form has a file field


def nothing_needed(**data: Any) -> Build:
    """For an action without a target whose data does not depend on anything."""
    return lambda actor, region: (None, dict(data))


def collect() -> dict[str, Example]:
    """The examples of every room that has registered actions."""
    found: dict[str, Example] = {}
    for room in sorted({action.run.__module__.split(".")[1] for action in ACTIONS.values()}):
        module = f"weimin.{room}.tests.examples"
        if importlib.util.find_spec(module) is not None:
            found |= importlib.import_module(module).EXAMPLES
    return found
