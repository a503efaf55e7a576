"""What a public figure says, and what cannot be worked out of several."""

import pytest

from weimin.portal.rules_figures import rounded, said

pytestmark = pytest.mark.req("P4", "X4")


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (1, "不到 5"), (4, "不到 5"), (5, "约 5"), (7, "约 5"), (8, "约 10"), (12, "约 10"), (13, "约 15"), (1003, "约 1005")]
)
def test_a_figure_is_said_to_the_nearest_five_and_a_small_one_only_as_small(number, words):
    assert said(number) == words


def possible(figure: int | None) -> set[int]:
    """Every number that is said in these words."""
    return {number for number in range(300) if rounded(number) == figure}


def test_a_small_figure_never_follows_from_the_figure_of_the_township_and_those_of_its_other_villages():
    """Township less the rest, whatever was rounded away: never one number alone."""
    for others in range(5, 200):
        for small in range(1, 5):
            wholes, rest = possible(rounded(others + small)), possible(rounded(others))
            left = {whole - other for whole in wholes for other in rest} & {1, 2, 3, 4}
            assert small in left and len(left) >= 2, (others, small)
