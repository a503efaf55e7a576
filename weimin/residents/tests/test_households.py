"""Households are split and joined, and always have a head."""

from __future__ import annotations

import pytest

from weimin.residents.models import Household, Membership, Resident
from weimin.residents.tests.builders import act_now, make_family, make_household, make_resident
from weimin.walls.errors import InputInvalid, RuleBroken

VILLAGE = 500242101200


@pytest.fixture
def clerk(actor):
    return actor("village", VILLAGE)


@pytest.fixture
def family(everywhere):
    return make_family(VILLAGE)


def relations():
    return dict(Resident.objects.order_by("pk").values_list("name", "relation"))


@pytest.mark.req("A1")
def test_those_who_leave_found_a_household_and_the_rest_gets_a_head(family, clerk):
    household, (head, wife, child) = family
    act_now(clerk, "residents.split_household", {"leaving": [head.pk, child.pk], "head": head.pk, "number": "99", "reason": "分户"}, "k", target=household.pk)
    fresh = Household.objects.get(number="99")
    assert set(Resident.objects.filter(household=fresh).values_list("name", flat=True)) == {"冉大山", "冉小山"}
    assert (relations()["冉小红"], relations()["冉大山"]) == ("户主", "户主")
    assert Membership.objects.filter(resident=child, until_on__isnull=True).get().household_id == fresh.pk
    wife.refresh_from_db()
    assert wife.household_id == household.pk


def test_not_everybody_can_leave(family, clerk):
    household, members = family
    numbers = [row.pk for row in members]
    with pytest.raises(InputInvalid, match="不能全部分出"):
        act_now(clerk, "residents.split_household", {"leaving": numbers, "head": numbers[0], "reason": "分户"}, "k", target=household.pk)
    assert Household.objects.count() == 1


@pytest.mark.req("A1")
def test_a_household_goes_into_another_and_ends(family, clerk):
    household, _members = family
    other = make_household(VILLAGE, number="77")
    make_resident(VILLAGE, "田大勇", household=other, relation="户主")
    act_now(clerk, "residents.join_households", {"number": "77", "relation": "其他亲属", "reason": "合住"}, "k", target=household.pk)
    household.refresh_from_db()
    assert (household.status, Resident.objects.filter(household=other).count(), relations()["冉大山"]) == ("ended", 4, "其他亲属")


def test_the_head_changes_places_with_a_member(family, clerk):
    household, (_head, wife, _child) = family
    act_now(clerk, "residents.choose_head", {"head": wife.pk, "old_relation": "配偶"}, "k", target=household.pk)
    household.refresh_from_db()
    assert (household.head_name, relations()["冉小红"], relations()["冉大山"]) == ("冉小红", "户主", "配偶")


def test_who_is_head_already_is_not_made_head(family, clerk):
    household, (head, *_rest) = family
    with pytest.raises(RuleBroken, match="就是户主"):
        act_now(clerk, "residents.choose_head", {"head": head.pk, "old_relation": "父亲"}, "k", target=household.pk)
    assert Membership.objects.count() == 3


def test_a_member_goes_into_another_household(family, clerk):
    _household, (_head, _wife, child) = family
    other = make_household(VILLAGE, number="77")
    act_now(clerk, "residents.move_member", {"number": "77", "relation": "外孙子", "reason": "随外婆"}, "k", target=child.pk)
    child.refresh_from_db()
    assert (child.household_id, child.relation) == (other.pk, "外孙子")


def test_a_household_never_gets_a_second_head(family, clerk):
    household, (head, _wife, child) = family
    facts = {"id_kind": "none", "name": "冉小海", "gender": "m", "birth_on": "2020-01-01", "relation": "户主"}
    with pytest.raises(RuleBroken, match="已经有户主"):
        act_now(clerk, "residents.enter_member", facts, "k", target=household.pk)
    known = {"id_kind": "id_card", "name": child.name, "gender": child.gender, "birth_on": str(child.birth_on)}
    with pytest.raises(RuleBroken, match="已经有户主"):
        act_now(clerk, "residents.correct", known | {"relation": "户主"}, "k", target=child.pk)
    assert [name for name, relation in relations().items() if relation == "户主"] == [head.name]


def test_the_head_is_not_corrected_into_somebody_else(family, clerk):
    _household, (head, *_rest) = family
    known = {"id_kind": "id_card", "name": head.name, "gender": head.gender, "birth_on": str(head.birth_on), "relation": "父亲"}
    with pytest.raises(RuleBroken, match="变更户主"):
        act_now(clerk, "residents.correct", known, "k", target=head.pk)
    assert relations()[head.name] == "户主"
