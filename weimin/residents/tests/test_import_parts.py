"""Parts of a file can be written side by side: no household is cut in two, nobody is lost."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weimin.residents.importing import checking
from weimin.residents.importing.abreast import Abreast
from weimin.residents.importing.checking import CheckedFile
from weimin.residents.importing.faults import nothing

pytestmark = pytest.mark.req("X5")
ROWS = st.lists(st.tuples(st.sampled_from([1, 2]), st.sampled_from(["", "a", "b", "c", "d"])), max_size=40)


def parts_of(rows):
    good = pl.DataFrame([(n, *row) for n, row in enumerate(rows)], schema={"row": pl.Int64, "region": pl.Int64, "household": pl.String}, orient="row")
    return list(CheckedFile(len(rows), good, nothing(), 0).parts())


@given(ROWS, st.integers(1, 7))
@settings(deadline=None, max_examples=80)
def test_parts_hold_every_row_once_and_no_household_twice(rows, size):
    whole, checking.PART = checking.PART, size
    try:
        parts = parts_of(rows)
    finally:
        checking.PART = whole
    assert sorted(row for part in parts for row in part["row"]) == list(range(len(rows)))
    homes = [home for part in parts for home in set(part.select("region", "household").rows()) if home[1]]
    assert len(homes) == len(set(homes))


def test_a_part_is_as_long_as_asked_for_where_no_household_is_cut(monkeypatch):
    monkeypatch.setattr(checking, "PART", 4)
    rows = [(1, home) for home in "aabbbccd"]
    assert [part["household"].to_list() for part in parts_of(rows)] == [list("aabbb"), list("ccd")]


@pytest.mark.parametrize(
    "rows, size", [(1, 12_500), (12_500, 12_500), (12_501, 6_251), (25_000, 12_500), (100_000, 12_500), (100_001, 10_001), (200_000, 12_500)]
)
def test_two_writers_get_an_even_number_of_equal_parts(rows, size):
    assert checking.part_size(rows) == size


def test_inside_a_transaction_jobs_are_done_one_after_the_other(db):
    done = []
    Abreast(lambda item: item * 10, lambda read: read + 1, lambda *given: done.append(given)).work_off([1, 2, 3])
    assert done == [(1, 11), (2, 21), (3, 31)]
