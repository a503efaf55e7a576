"""Tests build and look at rows everywhere; actions and pages still enter as who they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from weimin.walls.actor import system_actor
from weimin.walls.session import entered


@pytest.fixture
def everywhere(jurisdiction: Any) -> Iterator[None]:
    with entered(system_actor()):
        yield
