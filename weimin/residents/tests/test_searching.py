"""Residents are found by everything people say, and only inside one's own range."""

from __future__ import annotations

import pytest

from weimin.residents.queries import find_by_id_number, household_of, search
from weimin.residents.tests.builders import id_number, make_family, make_resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

VILLAGE, OTHER = 500242100200, 500242101200
NUMBER = id_number(serial=77)


@pytest.fixture
def people(jurisdiction):
    with entered(system_actor()):
        one = make_resident(VILLAGE, "单小红", id_number=NUMBER, phone="13912345678", address="龙潭组12号")
        make_resident(VILLAGE, "张大山", phone="13800000002", address="水井组1号")
        make_resident(OTHER, "单小红", phone="13912345678", address="龙潭组12号")
    return one


@pytest.mark.req("A1")
@pytest.mark.parametrize(
    "text",
    [
        "单小红",
        "单小",
        "小红",
        "小",
        "shanxiaohong",
        "shanx",
        "danxiao",
        "sxh",
        "sx",
        "dxh",
        NUMBER,
        NUMBER.lower(),
        NUMBER[-6:],
        "13912345678",
        "龙潭组",
        "龙潭组12号",
        "ｓｘｈ",
        "ＳＨＡＮＸ",
        "１３９１２３４５６７８",
        "龙潭组１２号",
    ],
)
def test_a_resident_is_found_by_everything_people_say(people, actor, text):
    village = actor("village", VILLAGE)
    with entered(village):
        assert [row.pk for row in search(village, text)] == [people.pk]


@pytest.mark.req("X4")
@pytest.mark.parametrize("text", ["单小红", NUMBER, NUMBER[-6:], "13912345678", "龙潭组", "sxh"])
def test_a_post_without_the_purpose_finds_nobody(people, actor, text):
    office = actor("lead_office", 500242000000)
    with entered(office):
        assert search(office, text) == []


def test_nothing_is_found_for_a_blank_or_odd_text(people, actor):
    village = actor("village", VILLAGE)
    with entered(village):
        assert [search(village, text) for text in ("", "  ", "\x00", "%", "_", "'; --", "x" * 500)] == [[]] * 7


def test_a_number_finds_the_one_inside_the_range(people, actor):
    inside, outside = actor("village", VILLAGE), actor("village", OTHER)
    with entered(inside):
        assert find_by_id_number(inside, NUMBER).pk == people.pk
    with entered(outside):
        assert find_by_id_number(outside, NUMBER) is None


def test_a_household_lists_its_head_first(jurisdiction, actor):
    village = actor("village", VILLAGE)
    with entered(village):
        _household, members = make_family(VILLAGE)
        assert [row.name for row in household_of(village, members[2])] == ["冉大山", "冉小红", "冉小山"]
