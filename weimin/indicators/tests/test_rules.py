import pytest

from weimin.indicators.rules import figure, interval, rank

pytestmark = pytest.mark.req("C2")


@pytest.mark.parametrize("unit, numerator, denominator, expected", [
    ("%", 98, 278, 35.2), ("%", 9996, 10000, 99.9), ("‰", 3, 1000, 3.0), ("个", 20, 39, 20.0), ("%", 0, 0, None), ("个", 0, 0, 0.0),
])  # fmt: skip
def test_a_figure_is_a_share_or_a_count(unit, numerator, denominator, expected):
    assert figure(unit, numerator, denominator) == expected


def test_the_interval_is_wilsons():
    assert interval(8, 10) == pytest.approx((0.490162, 0.943318), abs=1e-6)
    assert interval(0, 0) == (0.0, 1.0)


def test_one_of_one_does_not_beat_38_of_39():
    assert [(row.region, row.rank) for row in rank([(1, 1, 1), (2, 38, 39), (3, 0, 9)], "%", "up")] == [(2, 1), (1, 2), (3, 3)]


def test_where_less_is_better_the_order_is_cautious_the_other_way():
    assert [row.region for row in rank([(1, 0, 1), (2, 1, 40), (3, 9, 9)], "%", "down")] == [2, 1, 3]


def test_equal_places_share_a_rank():
    assert [(row.region, row.rank) for row in rank([(1, 3, 9), (2, 5, 9), (3, 3, 9), (4, 1, 9)], "个", "up")] == [(2, 1), (1, 2), (3, 2), (4, 4)]
