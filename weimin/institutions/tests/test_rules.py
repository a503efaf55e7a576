"""The rules of this room as tables: the unified standard, stars with their reasons, the fair comparison, posts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from ruamel.yaml import YAML

from weimin.indicators.registry import INDICATORS
from weimin.institutions.rules_fair import Share, compare, per_ten_thousand, reasons
from weimin.institutions.rules_posts import kind_of, vacant
from weimin.institutions.rules_stars import Criterion, Level, Scheme, cut, earned, heaviest, rate
from weimin.institutions.rules_unified import check_lines, is_met, judge, met_of, rectify_day, unified_everywhere
from weimin.institutions.tables import fair, post_words, scheme_on, schemes, standard_on, standards
from weimin.institutions.wording import account_of, line_words, place_words, stars_words, way_up

pytestmark = pytest.mark.req("H8")
STANDARD = standard_on(date(2026, 11, 23))
FULL = {item.key: Decimal(item.weight) for item in STANDARD.items}
D = Decimal


def test_the_standard_is_the_one_of_the_plan():
    plan = YAML(typ="safe").load(Path(settings.BASE_DIR, "plans", "decheng-community-health.yaml").read_text("utf-8"))
    way = next(row for row in plan["acceptance"] if row["key"] == "unified_assessment")
    assert [(item.key, item.label, item.weight, item.photo) for item in STANDARD.items] == [
        (row["key"], row["label"], row["weight"], row.get("photo", False)) for row in way["checklist"]
    ]
    assert STANDARD.pass_mark == way["pass_mark"]
    said = [(one.result, int(one.min_score), one.text, one.rectify_days) for one in STANDARD.outcomes]
    assert said == [(row["result"], row["min_score"], row["text"], row.get("rectify_days")) for row in way["outcomes"]]


def test_the_goals_of_the_plan_read_figures_that_exist():
    plan = YAML(typ="safe").load(Path(settings.BASE_DIR, "plans", "decheng-community-health.yaml").read_text("utf-8"))
    goals = {
        row["key"]: (row["indicator"], row["unit"]) for row in plan["goals"] if row["key"] in ("unified_items", "star_institutions", "insured", "informed")
    }
    assert goals == {
        "unified_items": ("institutions.unified_items", "项"), "star_institutions": ("institutions.stars", "个"), "insured": ("institutions.insured", "%"),
        "informed": ("institutions.informed", "%"),
    }  # fmt: skip
    assert [INDICATORS[code].unit for code, _unit in goals.values()] == [unit for _code, unit in goals.values()]


@pytest.mark.parametrize(("lost", "result", "score", "days"), [
    ({}, "passed", "100", None), ({"rules": 20}, "passed", "80", None), ({"rules": D("20"), "badges": D("0.5")}, "rectify", "79.5", 30),
    ({"rules": 20, "plates": 15}, "rectify", "65", 30), ({"rules": 20, "assessment": 20}, "rectify", "60", 30),
    ({"rules": 20, "assessment": 20, "slogans": D("0.1")}, "failed", "59.9", None), (dict(FULL), "failed", "0", None),
])  # fmt: skip
def test_the_sum_decides_what_comes_of_an_inspection(lost, result, score, days):
    verdict = judge(STANDARD, {key: full - D(lost.get(key, 0)) for key, full in FULL.items()})
    assert (verdict.result, verdict.score, verdict.rectify_days) == (result, D(score), days)


@pytest.mark.parametrize(("key", "score", "met"), [
    ("rules", "16", True), ("rules", "15.9", False), ("plates", "12", True), ("plates", "11.5", False), ("badges", "8", True), ("badges", "7.9", False),
    ("slogans", "10", True), ("slogans", "0", False),
])  # fmt: skip
def test_an_item_is_unified_from_eighty_percent_of_its_weight(key, score, met):
    item = next(one for one in STANDARD.items if one.key == key)
    assert is_met(STANDARD, item, D(score)) is met


@pytest.mark.parametrize(("lost", "wanted", "day"), [
    ({}, None, None), ({"rules": 20, "plates": 15}, None, date(2026, 12, 23)), ({"rules": 20, "plates": 15}, date(2026, 12, 1), date(2026, 12, 1)),
    (dict(FULL), date(2026, 12, 1), None),
])  # fmt: skip
def test_only_what_can_be_mended_gets_a_day(lost, wanted, day):
    verdict = judge(STANDARD, {key: full - D(lost.get(key, 0)) for key, full in FULL.items()})
    assert rectify_day(verdict, wanted, date(2026, 11, 23)) == day


def test_the_record_keeps_scores_as_they_were_typed():
    lines = check_lines(STANDARD, FULL | {"badges": D("7.5")}, {"badges": "两人没有佩戴"})
    badge = next(line for line in lines if line["key"] == "badges")
    assert (badge["score"], badge["met"], badge["remark"]) == ("7.5", False, "两人没有佩戴")
    assert met_of(lines) == set(FULL) - {"badges"}


@pytest.mark.parametrize(("met", "number"), [
    ([], 0), ([{"a", "b"}], 2), ([{"a", "b"}, {"a"}], 1), ([{"a", "b"}, set()], 0), ([{"a"}, {"b"}], 0), ([{"a", "b", "x"}, {"a", "b"}], 2),
])  # fmt: skip
def test_an_item_is_unified_when_every_institution_has_it(met, number):
    assert unified_everywhere(["a", "b"], met) == number


def criterion(key="one", zero="50", full="90", weight="40", needed=False):
    return Criterion(key, key, f"x.{key}", "", "%", D(zero), D(full), D(weight), needed)


LEVELS = (Level(3, D(90), ("unified",)), Level(2, D(70)), Level(1, D(50)))


def scheme(*criteria):
    return Scheme(date(2026, 1, 1), "", True, criteria, LEVELS)


@pytest.mark.parametrize(("value", "points"), [
    ("0", "0"), ("49.9", "0"), ("50", "0"), ("50.1", "0.1"), ("60", "10"), ("69.99", "19.9"), ("70", "20"), ("89.99", "39.9"), ("90", "40"), ("100", "40"),
])  # fmt: skip
def test_points_run_in_a_straight_line_and_are_never_rounded_up(value, points):
    assert earned(criterion(), D(value)) == D(points)


@pytest.mark.parametrize(("value", "points"), [("45", "0"), ("40", "0"), ("22.5", "20"), ("5", "40"), ("0", "40")])
def test_where_less_is_better_the_line_runs_down(value, points):
    assert earned(criterion(zero="40", full="5"), D(value)) == D(points)


@pytest.mark.parametrize(("one", "two", "holds", "stars", "points", "above", "missing", "unmet"), [
    ("90", "90", {"unified"}, 3, "100", None, "0", ()), ("90", "90", set(), 2, "100", 3, "0", ("unified",)), ("90", "80", set(), 2, "85", 3, "5", ("unified",)),
    ("90", "80", {"unified"}, 2, "85", 3, "5", ()), ("90", "70", set(), 2, "70", 3, "20", ("unified",)), ("90", "69", set(), 1, "68.5", 2, "1.5", ()),
    ("50", "50", set(), 0, "0", 1, "50", ()), ("50", "80", set(), 0, "45", 1, "5", ()), ("90", None, {"unified"}, 3, "100", None, "0", ()),
    (None, "90", {"unified"}, 1, "60", 2, "10", ()), (None, None, set(), 0, "0", 1, "50", ()),
])  # fmt: skip
def test_points_and_conditions_make_the_stars(one, two, holds, stars, points, above, missing, unmet):
    """The first criterion is needed, the second is left out when nobody measures it."""
    found = rate(scheme(criterion("one", needed=True), criterion("two", weight="60")), {"one": one and D(one), "two": two and D(two)}, holds)
    assert (found.stars, found.points, found.next, found.missing, found.unmet) == (stars, D(points), above, D(missing), unmet)


def test_who_loses_most_is_said_first():
    found = rate(scheme(criterion("one"), criterion("two", weight="60")), {"one": D(60), "two": D(85)}, set())
    assert [(line.criterion.key, line.lost) for line in heaviest(found)] == [("one", D("30.0")), ("two", D("7.5"))]


def test_the_way_to_the_next_star_is_said_in_words():
    found = rate(scheme(criterion("one"), criterion("two", weight="60")), {"one": D(60), "two": D(85)}, set())
    account = account_of(found)
    assert way_up(account) == ["离 2 星还差 7.5 分。", "one失 30.0 分。", "two失 7.5 分。"]
    assert [line_words(line) for line in account["lines"]] == ["60.0%，失 30.0 分；90% 得满分。", "85.0%，失 7.5 分；90% 得满分。"]


@pytest.mark.parametrize(("value", "needed", "said"), [
    (None, True, "没有数据，不得分。"), (None, False, "没有机构填报或统计，不计入，其余项目折算为 100 分。"), (D(95), True, "95.0%，得满分。"),
    (D(40), True, "40.0%，不得分；50% 起得分，90% 得满分。"),
])  # fmt: skip
def test_every_line_says_why(value, needed, said):
    account = account_of(rate(scheme(criterion("one", needed=needed), criterion("two")), {"one": value, "two": D(90)}, set()))
    assert line_words(account["lines"][0]) == said


def test_conditions_are_said_too():
    found = rate(scheme(criterion("one")), {"one": D(90)}, set())
    assert way_up(account_of(found)) == ["3 星还要求：统一标准检查合格。"]


def test_the_scheme_is_whole_and_waits_for_the_bureau():
    found = scheme_on(date(2026, 11, 23))
    assert (sum(one.weight for one in found.criteria), found.confirm) == (100, True)
    assert [level.stars for level in found.levels] == [5, 4, 3, 2, 1]
    assert [level.points for level in found.levels] == sorted((level.points for level in found.levels), reverse=True)


def test_a_version_holds_from_its_day():
    assert schemes()[0] is scheme_on(date(2020, 1, 1))
    assert standards()[-1] is standard_on(date(2026, 1, 1))


def test_shares_that_overlap_share_their_places():
    rows = {"a": (95, 100), "b": (60, 100), "c": (55, 100), "d": (10, 100)}
    found = compare(rows, (220, 400), up=True, small=30)
    assert [(one.key, one.best, one.worst, one.standing) for one in found] == [
        ("a", 1, 1, "ahead"), ("b", 2, 3, "same"), ("c", 2, 3, "same"), ("d", 4, 4, "behind"),
    ]  # fmt: skip


def test_a_small_institution_is_neither_ranked_nor_blamed():
    found = {one.key: one for one in compare({"big": (80, 100), "small": (0, 29), "edge": (0, 30), "none": (0, 0)}, (80, 159), up=True, small=30)}
    assert [(found[key].standing, found[key].best) for key in ("big", "small", "edge", "none")] == [("ahead", 1), ("small", 0), ("behind", 2), ("unknown", 0)]


def test_small_ones_come_last_whatever_their_share():
    assert [one.key for one in compare({"small": (5, 5), "big": (10, 100), "none": (0, 0)}, (15, 105), up=True, small=30)][0] == "big"


def test_where_less_is_better_the_order_turns():
    found = compare({"a": (5, 100), "b": (60, 100)}, (65, 200), up=False, small=30)
    assert [(one.key, one.best, one.standing) for one in found] == [("a", 1, "ahead"), ("b", 2, "behind")]


@pytest.mark.parametrize(("n", "d", "standing"), [
    (50, 100, "same"), (59, 100, "same"), (60, 100, "ahead"), (41, 100, "same"), (40, 100, "behind"), (30, 30, "ahead"), (0, 0, "unknown"), (29, 29, "small"),
])  # fmt: skip
def test_ahead_and_behind_begin_where_the_interval_leaves_the_mean(n, d, standing):
    assert compare({"one": (n, d)}, (500, 1000), up=True, small=30)[0].standing == standing


def test_reasons_are_the_heaviest_components_behind():
    whole = {"a": (500, 1000), "b": (800, 1000), "c": (500, 1000)}
    own = {code: compare({"x": pair}, whole[code], up=True, small=30)[0] for code, pair in {"a": (20, 100), "b": (60, 100), "c": (49, 100)}.items()}
    found = reasons(own, whole, [("a", 5), ("b", 10), ("c", 100)])
    assert [(one.code, one.gap, one.weight) for one in found] == [("b", 20.0, 10), ("a", 30.0, 5)]


@pytest.mark.parametrize(("best", "worst", "said"), [(0, 0, ""), (1, 1, "第 1 名"), (2, 5, "第 2—5 名，分不出先后")])
def test_places_are_said_as_far_as_they_are_known(best, worst, said):
    assert place_words(Share("x", 1, 2, 50.0, 1.0, 99.0, "same", best, worst)) == said


@pytest.mark.parametrize(("people", "residents", "ratio"), [(4, 20000, 2.0), (1, 30000, 0.3), (0, 100, 0.0), (3, 0, None), (2, 6666, 3.0)])
def test_doctors_are_counted_for_ten_thousand_residents(people, residents, ratio):
    assert per_ten_thousand(people, residents) == ratio


@pytest.mark.parametrize(("job", "kind"), [
    ("全科医生", "doctor"), ("执业助理医师", "doctor"), ("护士长", "nurse"), ("公共卫生医师", "public_health"), ("防保专干", "public_health"), ("收费员", "other"),
    ("", "other"),
])  # fmt: skip
def test_a_duty_counts_in_the_first_kind_whose_word_it_has(job, kind):
    assert kind_of(job, post_words(date(2026, 11, 23))) == kind


@pytest.mark.parametrize(("approved", "filled", "free"), [(8, 6, 2), (8, 8, 0), (8, 9, 0), (0, 0, 0)])
def test_free_posts_are_never_less_than_none(approved, filled, free):
    assert vacant(approved, filled) == free


def test_the_comparison_names_its_own_parameters():
    table = fair(date(2026, 11, 23))
    assert (table.small, table.late_days, table.licence_days, table.confirm) == (30, 7, 60, True)


def test_numbers_are_cut():
    assert cut(D("7.59")) == D("7.5")


def test_one_star_is_one_star_in_english():
    with translation.override("en"):
        assert [stars_words(number) for number in (1, 2)] == ["1 star", "2 stars"]
