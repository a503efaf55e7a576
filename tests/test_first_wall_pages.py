"""The pages with row-level security switched off: the queries alone hide what lies elsewhere, so that either wall suffices."""

from __future__ import annotations

import pytest
from proofs.house import House
from proofs.rows import run, take_second_wall_down
from proofs.seats import TOWNSHIP
from test_registry_urls import (  # noqa: F401  (collected here once more, behind one wall)
    row,
    test_nothing_shows_what_somebody_typed_in_another_township,
    test_what_lies_in_another_township_is_missing,
)


@pytest.fixture(autouse=True)
def one_wall(house: House) -> None:
    take_second_wall_down()


def test_the_second_wall_is_down(house: House) -> None:
    assert run("SELECT count(*) FROM sites_site WHERE region < %s OR region > %s", TOWNSHIP, TOWNSHIP + 999)[0][0] > 0
