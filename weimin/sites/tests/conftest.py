"""Tests build and look at rows everywhere; actions and pages still enter as who they are."""

import pytest

from weimin.walls.actor import system_actor
from weimin.walls.session import entered


@pytest.fixture(autouse=True)
def everywhere(request):
    """The test itself sees every row; without it the database shows nothing to nobody."""
    if not {"jurisdiction", "tupo", "town", "office"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("tupo" if "tupo" in request.fixturenames else "jurisdiction")
    with entered(system_actor()):
        yield
