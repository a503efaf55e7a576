"""Doing the actions of this room in tests: `do(role, name, target, **data)` acts as a fresh person of the role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from weimin.actions.act import act, new_key
from weimin.cases.models import Case
from weimin.cases.tests.builders import NOW
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

TOWNSHIP, COUNTY, VILLAGE = 500242101000, 500242000000, 500242101200
SEATS = {"village": VILLAGE, "window": TOWNSHIP, "township": TOWNSHIP}


@pytest.fixture
def do(jurisdiction: Any, actor: Callable[..., Any]) -> Callable[..., Any]:
    """Acts at its own place and gives the receipt; `now=` and `files=` are passed on."""
    people: dict[str, Any] = {}

    def run(role: str, name: str, target: Any, /, *, now: Any = NOW, files: Any = None, **data: Any) -> Any:
        if role not in people:
            people[role] = actor(role, SEATS.get(role, COUNTY))
        who = people[role]
        return act(who, name, data, new_key(), target=target, files=files, now=now)

    return run


@pytest.fixture
def built(jurisdiction: Any) -> Callable[..., Any]:
    """built(make, *args, **over): what a builder makes, inside the walls as the system."""

    def run(make: Callable[..., Any], *given: Any, **over: Any) -> Any:
        with entered(system_actor()):
            return make(*given, **over)

    return run


@pytest.fixture
def case_of(jurisdiction: Any) -> Callable[[int], Case]:
    def read(number: int) -> Case:
        with entered(system_actor()):
            return Case.objects.get(pk=number)

    return read
