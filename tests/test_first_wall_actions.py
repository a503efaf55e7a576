"""The actions with row-level security switched off: `visible_to` and the place of the action alone refuse what lies elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from proofs.rows import take_second_wall_down
from test_registry_actions import (  # noqa: F401  (collected here once more, behind one wall)
    test_from_another_township_there_is_nothing_and_nothing_changes,
    trial,
)

pytestmark = [pytest.mark.django_db, pytest.mark.req("X1")]


@pytest.fixture(autouse=True)
def one_wall(jurisdiction: Any) -> None:
    take_second_wall_down()
