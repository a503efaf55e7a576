"""A resident's browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from weimin.walls.actor import system_actor
from weimin.walls.session import entered


@pytest.fixture
def visitor(jurisdiction: Any) -> Client:
    """A browser that nobody signed in with and that has no cookie: the address alone says which government."""
    return Client()


@pytest.fixture
def here(visitor: Client) -> Any:
    """Everything a test makes is made by the system, as if it had always been there."""
    with entered(system_actor()):
        yield visitor
