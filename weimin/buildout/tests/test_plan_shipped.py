"""The shipped plans say every figure of their sources, each with the place where it stands."""

from datetime import date

import pytest

from weimin.buildout.plan.read import read_plan
from weimin.buildout.plan.schema import Fact, Part
from weimin.buildout.tests.plan_builders import plan_of, text_of

pytestmark = pytest.mark.req("N2")


def facts(part):
    """Every Fact inside a part, itself included."""
    if isinstance(part, list):
        return [fact for entry in part for fact in facts(entry)]
    if not isinstance(part, Part):
        return []
    inside = [fact for name in type(part).model_fields for fact in facts(getattr(part, name))]
    return [part, *inside] if isinstance(part, Fact) else inside


@pytest.mark.parametrize("name", ["youyang", "tupo", "decheng"])
def test_every_fact_names_its_place_in_the_source(name):
    assert [fact for fact in facts(plan_of(name)) if not fact.source] == []


@pytest.mark.parametrize("name", ["youyang", "tupo", "decheng", "third"])
def test_reading_the_same_file_twice_gives_the_same_plan(name):
    assert read_plan(text_of(name)) == read_plan(text_of(name))


def test_youyang_states_its_goals():
    said = {goal.key: (int(goal.target), goal.target_most and int(goal.target_most), goal.unit) for goal in plan_of("youyang").goals}
    assert said == {
        "centres_2016": (20, None, "个"), "centres_all": (39, None, "个"), "village_points": (238, None, "个"),
        "village_coverage": (85, None, "%"), "poverty_coverage": (100, None, "%"), "parcel_coverage": (85, None, "%"),
        "cultivated_products": (3, 5, "款"), "county_brand": (1, None, "个"), "enterprise_brands": (3, 5, "个"),
        "specialty_products": (50, None, "个"), "cooperatives": (100, None, "家"),
    }  # fmt: skip


def test_youyang_states_its_dates():
    steps = {step.key: (step.starts_on, step.due_on) for step in plan_of("youyang").tier("village_station").steps}
    march, april = (date(2016, 3, 20), date(2016, 3, 31)), (date(2016, 3, 25), date(2016, 4, 20))
    assert steps == {
        "propose": march, "file": march, "nominate": march, "examine": march,
        "start_building": april, "fit_out": april, "train": (None, date(2016, 4, 20)), "open": (None, date(2016, 4, 30)),
        "accept": (None, None), "subsidise": (None, None),
    }  # fmt: skip


@pytest.mark.req("N6")
def test_youyang_pays_centres_to_the_township_government_only():
    plan = plan_of("youyang")
    assert {s.key: (s.standard_fen, s.township_class) for s in plan.subsidies} == {
        "centre_key": (10_000_000, "key"), "centre_other": (6_000_000, "other"), "station": (600_000, "any"),
    }  # fmt: skip
    assert {s.payee for s in plan.subsidies_of("township_centre")} == {"township_government"}
    assert all(s.earmarked for s in plan.subsidies_of("township_centre"))


@pytest.mark.req("N4")
def test_youyang_tells_self_borne_rent_and_68_yuan_broadband():
    tier = plan_of("youyang").tier("village_station")
    assert (tier.self_borne.broadband_fen, tier.self_borne.items) == (6800, ["房屋租金", "宽带费用"])
    assert [kind.key for kind in tier.place_kinds if kind.free] == ["public_service_centre"]
    assert {criterion.key for criterion in tier.place_criteria} == {"rent_free", "gathering", "transport"}


@pytest.mark.req("N5")
def test_youyang_nominates_three_to_five_helpers_for_one_village_one_site_one_person():
    group = plan_of("youyang").operators_of("village_station")
    assert (group.nomination.least, group.nomination.most, group.nomination.filed_by) == (3, 5, date(2016, 3, 31))
    assert (group.sites_per_village, group.people_per_site) == (1, 1)
    assert [item.key for item in group.examination] == ["willingness", "fit", "accepts_management"]
    assert len(group.hybrid_roles) == 5


@pytest.mark.req("N7")
def test_youyang_asks_for_plan_invoices_and_pictures():
    assert [paper.label for paper in plan_of("youyang").acceptance_of("township_centre").dossier] == [
        "建设方案", "采购发票", "效果图片",
    ]  # fmt: skip


@pytest.mark.req("N12")
def test_youyang_names_five_channels():
    assert [channel.key for channel in plan_of("youyang").publicity.channels] == [
        "wall_slogan", "photo_advertisement", "led", "wechat", "sms",
    ]  # fmt: skip


def test_youyang_names_nine_products_and_three_enterprise_brands():
    named = {programme.key: [item.name for item in programme.named] for programme in plan_of("youyang").programmes}
    assert len(named["specialty_products"]) == 9
    assert named["enterprise_brands"] == ["渝农鲜", "桃源善贾", "酉州苗绣"]


@pytest.mark.req("N8")
def test_tupo_has_six_basic_and_four_further_rooms_and_six_ones():
    standard = plan_of("tupo").standard_of("centre")
    assert [room.key for room in standard.rooms if room.kind == "basic"] == [
        "meeting_room", "service_hall", "family_planning_room", "social_management_room", "library", "culture_room",
    ]  # fmt: skip
    assert [room.key for room in standard.rooms if room.kind == "extended"] == [
        "clinic",
        "talk_room",
        "archive",
        "association_room",
    ]
    assert [(fitting.count, fitting.unit) for fitting in standard.fittings] == [
        (1, "个"), (1, "套"), (1, "面"), (1, "个"), (1, "个"), (1, "个"),
    ]  # fmt: skip
    assert [window.label for window in standard.rooms[1].windows] == ["党群服务", "民生工程", "计划生育", "代办服务"]


@pytest.mark.req("N9")
def test_tupo_has_its_three_batches():
    assert [(batch.due_on, batch.pilot, batch.regions, batch.rest) for batch in plan_of("tupo").batches] == [
        (date(2016, 7, 1), True, [341221203208], False),
        (date(2016, 10, 1), False, [341221203212, 341221203204, 341221203202, 341221203203], False),
        (date(2016, 12, 31), False, [], True),
    ]


@pytest.mark.req("N11")
def test_tupo_has_its_leading_group():
    group = plan_of("tupo").leading_group
    assert [(member.name, member.seat) for member in group.members] == [
        ("韩永辉", "leader"), ("刘峰", "deputy"), ("韩学勇", "deputy"), ("姚迪", "member"),
        ("李宗义", "member"), ("刘泉", "member"), ("李明海", "member"), ("姜永明", "member"),
    ]  # fmt: skip
    assert group.office.director == "韩学勇"


@pytest.mark.req("N9")
def test_tupo_rewards_those_in_time_and_holds_the_secretary_to_account():
    plan = plan_of("tupo")
    assert (plan.rewards[0].trigger, plan.rewards[0].amount_fen) == ("accepted_in_time", None)
    assert (plan.accountability[0].person, len(plan.accountability[0].measures)) == ("村支部书记", 2)
