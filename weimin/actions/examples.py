"""One valid use of each action of this room: `tests/examples.py` with `EXAMPLES = {name: Example(...)}`, or several such
modules in `tests/examples/`.

The registry tests act each example in every role, inside and outside the region, in the wrong state, and again with the
same key (tests/test_registry_actions.py).
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from weimin.actions.registry import ACTIONS
from weimin.walls.actor import Actor

Build = Callable[[Actor, int], tuple[Any, dict[str, Any]]]


@dataclass(frozen=True)
class Example:
    """Who does it and with what. `build(actor, region)` makes what the action needs, inside `entered(system_actor())`, and
    answers (target's primary key or None, form data). `actor` is the person who will act, seated in `region` (a township
    of 酉阳 for local roles, the county otherwise).

    wrong: builds the same where the action's `check` refuses; needed when the check still passes after the action was done.
    """

    role: str
    build: Build
    files: Callable[[], dict[str, Any]] | None = None  # fresh uploads for each act(), when the form has a file field
    wrong: Build | None = None


def nothing_needed(**data: Any) -> Build:
    """For an action without a target whose data does not depend on anything."""
    return lambda actor, region: (None, dict(data))


def modules_of(room: str) -> Iterator[ModuleType]:
    """The room's module of examples, and those inside it when it is a package."""
    name = f"weimin.{room}.tests.examples"
    if importlib.util.find_spec(f"weimin.{room}.tests") is None or importlib.util.find_spec(name) is None:
        return
    module = importlib.import_module(name)
    yield module
    for part in pkgutil.iter_modules(getattr(module, "__path__", [])):
        yield importlib.import_module(f"{name}.{part.name}")


def collect() -> dict[str, Example]:
    """The examples of every room that has registered actions."""
    found: dict[str, Example] = {}
    for room in sorted({action.run.__module__.split(".")[1] for action in ACTIONS.values()}):
        for module in modules_of(room):
            found |= getattr(module, "EXAMPLES", {})
    return found
