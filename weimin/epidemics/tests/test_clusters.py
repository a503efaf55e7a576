"""Which reports are a cluster: every threshold just below, at and above its figure, at the edges of its window (H6)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from weimin.epidemics.parameters import Threshold, clusters_on, versions
from weimin.epidemics.rules_cluster import Cluster, Day, clusters, tally

pytestmark = pytest.mark.req("H6")
TODAY = date(2026, 11, 23)
TABLE = clusters_on(TODAY)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def sick(days: int, number: int, symptom: str = "rash", group: int = 1) -> Day:
    return Day(ago(days), group, 40, number, {symptom: number})


def case(days: int, disease: str = "hand_foot_mouth", group: int | None = 1) -> Day:
    return Day(ago(days), group, cases={disease: 1})


def reached(key: str, *days: Day) -> list[tuple[str, int | None, int]]:
    """What one threshold finds in the window that ends today: (of, class, count)."""
    return [(one.of, one.group, one.count) for one in clusters(days, [TABLE.find(key)], TODAY)]


@pytest.mark.parametrize(
    ("key", "days", "found"),
    [
        ("day_in_class", [sick(0, 2, "fever")], []),
        ("day_in_class", [sick(0, 3, "fever")], [("fever", 1, 3)]),
        ("day_in_class", [sick(1, 2, "fever"), sick(0, 1, "fever")], []),
        ("day_in_class", [sick(0, 2, "fever"), sick(0, 1, "cough")], []),
        ("day_in_class", [sick(0, 2, "fever"), sick(0, 1, "fever", group=2)], []),
        ("days_in_class", [sick(2, 2, "cough"), sick(0, 2, "cough")], []),
        ("days_in_class", [sick(2, 3, "cough"), sick(0, 2, "cough")], [("cough", 1, 5)]),
        ("days_in_class", [sick(3, 3, "cough"), sick(0, 2, "cough")], []),
        ("rash_in_class", [sick(6, 1), sick(3, 1)], []),
        ("rash_in_class", [sick(6, 1), sick(3, 1), sick(0, 1)], [("rash", 1, 3)]),
        ("rash_in_class", [sick(7, 1), sick(3, 1), sick(0, 1)], []),
        ("rash_in_class", [sick(0, 3, "fever")], []),
        ("rash_in_school", [sick(0, 2, group=1), sick(1, 2, group=2)], []),
        ("rash_in_school", [sick(0, 2, group=1), sick(1, 2, group=2), sick(6, 1, group=3)], [("rash", None, 5)]),
        ("rash_in_school", [sick(0, 2, group=1), sick(1, 2, group=2), sick(7, 1, group=3)], []),
        ("fever_in_school", [sick(0, 9, "fever")], []),
        ("fever_in_school", [sick(0, 5, "fever", 1), sick(6, 5, "fever", 2)], [("fever", None, 10)]),
        ("fever_in_school", [sick(0, 5, "fever", 1), sick(7, 5, "fever", 2)], []),
        ("vomiting_in_school", [sick(0, 6, "vomiting"), sick(0, 4, "diarrhoea")], []),
        ("vomiting_in_school", [sick(0, 6, "vomiting"), sick(2, 4, "vomiting")], [("vomiting", None, 10)]),
        ("families", [Day(TODAY, symptoms={"fever": 4})], []),
        ("families", [Day(TODAY, symptoms={"fever": 4}), Day(ago(2), symptoms={"fever": 1})], [("fever", None, 5)]),
        ("families", [Day(TODAY, symptoms={"fever": 4}), Day(ago(3), symptoms={"fever": 1})], []),
        ("cases_in_class", [case(6), case(0)], []),
        ("cases_in_class", [case(6), case(1), case(0)], [("hand_foot_mouth", 1, 3)]),
        ("cases_in_class", [case(7), case(1), case(0)], []),
        ("cases_in_class", [case(1), case(0), case(0, "varicella")], []),
        ("cases_in_class", [case(1), case(0), case(0, group=2)], []),
        ("cases_in_class", [case(1), case(0), case(0, group=None)], []),
        ("cases_in_school", [case(0, group=number) for number in (1, 2, 3, 4)], []),
        ("cases_in_school", [case(0, group=number) for number in (1, 2, 3, 4, None)], [("hand_foot_mouth", None, 5)]),
        ("cases_in_school", [case(7), *(case(0, group=number) for number in (1, 2, 3, 4))], []),
        ("measles_in_school", [case(0, "measles")], []),
        ("measles_in_school", [case(9, "measles", 1), case(0, "measles", 2)], [("measles", None, 2)]),
        ("measles_in_school", [case(10, "measles", 1), case(0, "measles", 2)], []),
        ("severe", [case(0, "cholera", None)], [("cholera", None, 1)]),
        ("severe", [case(0, "influenza", None)], []),
        ("severe", [case(1, "cholera", None)], []),
    ],
)
def test_a_threshold_is_reached_at_its_figure_and_inside_its_days(key, days, found):
    assert reached(key, *days) == found


@pytest.mark.parametrize(
    ("key", "ill", "expected", "found"),
    [
        ("ill_rate_class", 3, 31, False),
        ("ill_rate_class", 3, 30, True),
        ("ill_rate_class", 2, 10, False),
        ("ill_rate_class", 0, 0, False),
        ("ill_rate_school", 4, 50, False),
        ("ill_rate_school", 5, 100, True),
        ("ill_rate_school", 5, 101, False),
        ("ill_rate_school", 49, 981, False),
        ("ill_rate_school", 50, 1000, True),
    ],
)
def test_a_rate_is_reached_at_its_percent_with_enough_ill(key, ill, expected, found):
    group = None if key.endswith("school") else 1
    wanted = [Cluster(key, "", group, TODAY, TODAY, ill, expected)] if found else []
    assert clusters([Day(TODAY, 1, expected, ill)], [TABLE.find(key)], TODAY) == wanted


def test_a_school_rate_adds_its_classes():
    days = [Day(TODAY, 1, 50, 1), Day(TODAY, 2, 50, 4), Day(ago(1), 1, 50, 9)]
    assert clusters(days, [TABLE.find("ill_rate_school")], TODAY) == [Cluster("ill_rate_school", "", None, TODAY, TODAY, 5, 100)]


def test_a_cluster_names_its_first_and_last_day_with_somebody_ill():
    days = [sick(6, 0), sick(5, 1), sick(2, 2), sick(0, 0)]
    assert clusters(days, [TABLE.find("rash_in_class")], TODAY) == [Cluster("rash_in_class", "rash", 1, ago(5), ago(2), 3)]


def test_a_known_cluster_is_counted_from_its_first_day_however_long_ago():
    days = [sick(20, 4), sick(15, 1), sick(4, 2), sick(0, 1), sick(0, 5, group=2)]
    assert tally(days, TABLE.find("rash_in_class"), "rash", 1, ago(15)) == Cluster("rash_in_class", "rash", 1, ago(15), TODAY, 4)


def test_days_with_other_symptoms_do_not_count_to_a_cluster_that_is_known():
    days = [sick(1, 3), sick(0, 5, "fever"), sick(0, 1)]
    assert tally(days, TABLE.find("rash_in_class"), "rash", 1, ago(15)) == Cluster("rash_in_class", "rash", 1, ago(1), TODAY, 4)


def test_every_version_says_where_its_figures_are_from():
    assert [(table.effective_from, bool(table.source), table.confidence, table.confirm) for table in versions()] == [(date(2012, 1, 1), True, "memory", True)]


def test_a_percent_has_a_figure_and_a_count_something_to_count():
    odd = [one.key for one in TABLE.thresholds if (one.what == "rate") != bool(one.percent) or (one.what != "rate") != bool(one.of)]
    assert odd == []


def test_an_unknown_key_in_the_table_is_refused():
    with pytest.raises(ValueError, match="extra"):
        Threshold.model_validate({"key": "x", "scope": "class", "what": "symptom", "count": 1, "days": 1, "verify_hours": 1, "often": 2})
