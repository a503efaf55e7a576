"""Fixtures of the tests over the whole house."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from proofs.databases import own_database
from proofs.house import House, build, standing
from proofs.racing import with_meetings
from proofs.seats import COUNTY

from weimin.actions.registry import ACTIONS


@pytest.fixture(scope="module")
def built_house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """The house of a module: built once for all of its tests, which may not use the fixture `db`."""
    with django_db_blocker.unblock():
        yield from standing(COUNTY, build)


@pytest.fixture(scope="module")
def arena(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """As `scratch`, one for a whole module; whoever races meets the others before writing."""
    with django_db_blocker.unblock(), own_database() as found, pytest.MonkeyPatch.context() as patch:
        for name, action in with_meetings().items():
            patch.setitem(ACTIONS, name, action)
        yield found


@pytest.fixture
def house(built_house: House, django_db_blocker: Any) -> Iterator[House]:
    """The standing house for one test; what the test changes is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield built_house
        transaction.set_rollback(True)
