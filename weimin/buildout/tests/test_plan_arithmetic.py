"""Counts, budgets, comparisons, deadlines and differences of plans."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from weimin.buildout.plan.arithmetic import (
    bases_giving,
    budget,
    budget_by_key_townships,
    compare_counts,
    diff,
    unknown_regions,
    village_points,
    wanted_sites,
)
from weimin.buildout.plan.read import read_plan
from weimin.buildout.plan.schedule import batch_of, deadlines
from weimin.buildout.tests.plan_builders import SMALL, places_of, plan_of, small, text_of

pytestmark = pytest.mark.req("N2")
EIGHTY_FIVE = Decimal(85)


@pytest.mark.parametrize(("villages", "points"), [(270, 230), (278, 237), (279, 238), (280, 238), (281, 239), (0, 0), (20, 17)])
def test_85_percent_of_villages_is_rounded_up(villages, points):
    assert village_points(villages, EIGHTY_FIVE) == points


def test_rounding_down_and_to_the_nearest():
    assert (village_points(270, EIGHTY_FIVE, "down"), village_points(270, EIGHTY_FIVE, "nearest")) == (229, 230)


@pytest.mark.parametrize("rounding", ["up", "down", "nearest"])
def test_the_bases_that_give_a_count_are_all_of_them(rounding):
    for points in (0, 1, 238):
        every = [villages for villages in range(400) if village_points(villages, EIGHTY_FIVE, rounding) == points]
        assert bases_giving(points, EIGHTY_FIVE, rounding) == every


@pytest.mark.req("N6")
def test_youyang_wants_39_centres_and_230_stations_by_official_codes():
    counts = {key: wanted.count for key, wanted in wanted_sites(plan_of("youyang"), places_of("youyang")).items()}
    assert counts == {"county_centre": 1, "township_centre": 39, "village_station": 230}


def test_poverty_villages_raise_the_count_when_there_are_more_than_the_share():
    places = places_of("youyang")
    all_poor = replace(places, poverty_villages=frozenset(places.villages))
    assert wanted_sites(plan_of("youyang"), all_poor)["village_station"].count == 270


def test_tupo_wants_a_centre_in_each_of_twelve_villages():
    wanted = wanted_sites(plan_of("tupo"), places_of("tupo"))["centre"]
    assert (wanted.count, len(wanted.must)) == (12, 12)


@pytest.mark.req("N6")
def test_the_budget_follows_from_standards_and_counts():
    places = replace(places_of("youyang"), key_townships=frozenset([500242101000, 500242102000]))
    found = budget(plan_of("youyang"), places)
    assert [(line.subsidy, line.sites, line.sum_fen) for line in found.lines] == [
        ("centre_key", 2, 20_000_000),
        ("centre_other", 37, 222_000_000),
        ("station", 230, 138_000_000),
    ]
    assert (found.total_fen, found.key_townships_confirmed) == (380_000_000, True)


@pytest.mark.req("N6")
def test_the_budget_says_when_key_townships_are_not_confirmed():
    assert not budget(plan_of("youyang"), places_of("youyang")).key_townships_confirmed


@pytest.mark.req("N6")
def test_the_budget_by_the_plans_own_count_is_1428000_yuan_for_stations():
    found = budget(plan_of("youyang"), places_of("youyang"), {"village_station": 238})
    assert found.lines[2].sum_fen == 142_800_000


@pytest.mark.req("N6")
def test_each_key_township_costs_40000_yuan_more():
    table = budget_by_key_townships(plan_of("youyang"), places_of("youyang"))
    assert (len(table), table[0], table[39]) == (40, (0, 372_000_000), (39, 528_000_000))
    assert {after[1] - before[1] for before, after in zip(table, table[1:], strict=False)} == {4_000_000}


def test_both_counts_of_stations_are_shown_with_the_reason():
    centres, stations = compare_counts(plan_of("youyang"), places_of("youyang"))
    assert (centres.own, centres.official, centres.agree) == (39, 39, True)
    assert (stations.own, stations.existing, stations.to_build, stations.official) == (238, 98, 140, 230)
    assert stations.reasons == (
        "方案写明 238 个，其中已建成 98 个，还要建 140 个。",
        "官方区划代码有行政村 270 个，乘以 85% 为 229.5，取整为 230 个。",
        "村和社区合起来 278 个，乘以 85% 为 236.3，取整为 237 个。",
        "要得到 238 个，基数须是 279 或 280 个；方案没有写基数，只能推算它用的是这个数。",
        "与现行官方代码的差别可能来自村的撤并或统计口径不同，两个数都保留，由县里确认。",
    )


@pytest.mark.parametrize("name", ["youyang", "tupo", "third"])
def test_every_region_that_a_plan_names_is_official(name):
    assert unknown_regions(plan_of(name), places_of(name)) == []


def test_a_region_that_is_not_official_is_named():
    text = small() + "batches:\n  - {key: b, label: 批, tier: station, regions: [500242101999]}\n"
    assert unknown_regions(read_plan(text), places_of("youyang")) == [("batches[b].regions", 500242101999)]


def test_the_third_plan_counts_and_costs_without_code():
    wanted = wanted_sites(plan_of("third"), places_of("third"))
    assert {key: one.count for key, one in wanted.items()} == {"town_centre": 2, "station": 17}
    assert budget(plan_of("third"), places_of("third")).total_fen == 2 * 8_000_000 + 17 * 1_250_000
    assert all(one.agree for one in compare_counts(plan_of("third"), places_of("third")))


@pytest.mark.req("N9")
def test_the_pilot_village_and_the_rest_fall_into_their_batches():
    plan = plan_of("tupo")
    assert [batch_of(plan, "centre", code).key for code in (341221203208, 341221203212, 341221203201)] == [
        "pilot", "second", "rest",
    ]  # fmt: skip


@pytest.mark.req("N9")
def test_steps_are_counted_back_from_the_day_the_batch_is_due():
    plan = plan_of("tupo")
    days = {one.step.key: one.due_on for one in deadlines(plan, "centre", plan.batches[0])}
    assert (days["propose"], days["open"], days["accept"]) == (date(2016, 3, 23), date(2016, 6, 21), date(2016, 7, 1))


def test_centres_outside_the_first_twenty_have_no_deadline():
    plan = plan_of("youyang")
    first, rest = plan.batches_of("township_centre")
    assert deadlines(plan, "township_centre", first)[0].due_on == date(2016, 3, 31)
    assert {one.due_on for one in deadlines(plan, "township_centre", rest)} == {None}


def test_a_plan_does_not_differ_from_itself():
    assert diff(plan_of("youyang"), read_plan(text_of("youyang"))) == []


def test_differences_are_said_in_words():
    new = small(**{"title: 小方案": "title: 新方案", "label: 备案": "label: 上报", "due_on: 2026-04-30": "due_on: 2026-05-31"})
    assert [str(change) for change in diff(read_plan(SMALL), read_plan(new))] == [
        "meta.title：方案标题由“小方案”改为“新方案”",
        "tiers[station].steps[file].label：步骤名称由“备案”改为“上报”",
        "tiers[station].steps[open].due_on：完成期限由“2026-04-30”改为“2026-05-31”",
    ]


def test_added_removed_and_dearer_things_are_said_in_words():
    line = "subsidies:\n  - {key: %s, label: %s, tier: station, payee: town, standard: %s}\n"
    old = read_plan(SMALL + line % ("a", "甲", "6000元"))
    assert [str(c) for c in diff(old, read_plan(SMALL + line % ("a", "甲", "1万元")))] == ["subsidies[a].standard：每个站点的标准由“6000 元”改为“10000 元”"]
    assert [c.what for c in diff(old, read_plan(SMALL + line % ("b", "乙", "1万元")))] == ["removed", "added"]
