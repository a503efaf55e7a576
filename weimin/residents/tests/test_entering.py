"""A resident is entered once, with what the number says, and nobody twice."""

from __future__ import annotations

import pytest

from weimin.residents.models import Household, Membership, Resident
from weimin.residents.searching import search
from weimin.residents.tests.builders import act_now, id_number, make_family, make_resident
from weimin.trail.models import Entry
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken

VILLAGE, OTHER = 500242101200, 500242102200
PERSON = {"place": str(VILLAGE), "name": "单小红", "id_kind": "id_card", "address": "3组8号", "phone": "13912345678", "registered_here": "on"}


@pytest.fixture
def clerk(actor):
    return actor("village", VILLAGE)


def enter(who, number, key="k", **over):
    return act_now(who, "residents.enter", {**PERSON, "id_number": number, **over}, key)


@pytest.mark.req("A1")
def test_the_number_fills_in_gender_and_birth_and_the_name_its_readings(everywhere, clerk):
    enter(clerk, id_number(male=False, serial=3), new_household="on")
    row = Resident.objects.get()
    assert (row.gender, str(row.birth_on), row.pinyin, row.initials_other, row.registered_region) == ("f", "1975-06-15", "shanxiaohong", "dxh", VILLAGE)
    assert (row.household.head_name, row.relation, Membership.objects.get().household_id) == ("单小红", "户主", row.household_id)


@pytest.mark.req("A1")
def test_an_address_typed_in_full_width_digits_is_found_by_plain_ones(everywhere, clerk):
    enter(clerk, id_number(male=False), address="３组１２号")
    assert Resident.objects.get().address == "3组12号"
    assert [row.name for row in search(clerk, "3组12")] == ["单小红"]


@pytest.mark.req("A1")
def test_a_number_is_registered_once_in_the_jurisdiction_and_where_is_not_told(everywhere, clerk):
    number = id_number()
    make_resident(OTHER, "田大勇", id_number=number)
    with pytest.raises(InputInvalid) as refused:
        enter(clerk, number)
    assert "已经登记" in str(refused.value) and "田大勇" not in str(refused.value)
    assert Resident.objects.count() == 1


def test_what_contradicts_the_number_is_refused(everywhere, clerk):
    with pytest.raises(InputInvalid, match="不一致"):
        enter(clerk, id_number(male=False), gender="m")
    assert Resident.objects.count() == 0


@pytest.mark.req("A1")
def test_the_same_name_and_birthday_in_the_village_is_asked_about(everywhere, clerk):
    make_resident(VILLAGE, "单小红", id_number="")
    number = id_number(male=False)
    with pytest.raises(InputInvalid, match="同名同生日"):
        enter(clerk, number)
    enter(clerk, number, key="k2", not_twin="on")
    assert Resident.objects.count() == 2


def test_nobody_is_entered_outside_the_range(everywhere, clerk):
    with pytest.raises(NotVisible):
        enter(clerk, id_number(), place=str(OTHER))
    assert Resident.objects.count() == 0


def test_a_household_is_joined_by_its_number(everywhere, clerk):
    household, _members = make_family(VILLAGE)
    enter(clerk, id_number(), household_number=household.number, relation="儿媳")
    assert Resident.objects.get(name="单小红").household_id == household.pk
    assert Household.objects.count() == 1


def test_a_corrected_name_is_found_by_its_new_reading(everywhere, clerk):
    row = make_resident(VILLAGE, "冉小红")
    act_now(clerk, "residents.correct", {**PERSON, "name": "查小红", "id_number": "", "phone": "", "gender": "f", "birth_on": "1975-06-15"}, "k", target=row.pk)
    row.refresh_from_db()
    assert (row.name, row.pinyin, row.pinyin_other, row.phone) == ("查小红", "zhaxiaohong", "chaxiaohong", "13800001111")


@pytest.mark.req("X4")
@pytest.mark.parametrize(("action", "shown"), [("residents.show_id_number", "id_number"), ("residents.show_phone", "phone")])
def test_a_full_identifier_is_shown_for_a_reason_with_one_row_on_the_trail(everywhere, clerk, action, shown):
    row = make_resident(VILLAGE)
    receipt = act_now(clerk, action, {"reason": "低保核对"}, "k", target=row.pk)
    assert receipt.once == [getattr(row, shown)]
    entry = Entry.objects.get(action=action)
    assert (entry.reason, entry.person_name, getattr(row, shown) in f"{entry.before}{entry.after}") == ("低保核对", clerk.name, False)


@pytest.mark.req("X4")
def test_without_a_reason_nothing_is_shown(everywhere, clerk):
    row = make_resident(VILLAGE)
    with pytest.raises(InputInvalid):
        act_now(clerk, "residents.show_id_number", {"reason": " "}, "k", target=row.pk)
    assert not Entry.objects.exists()


def test_the_trail_keeps_names_and_numbers_masked(everywhere, clerk):
    number = id_number()
    enter(clerk, number)
    said = str(Entry.objects.get().after)
    assert "单小红" not in said and number not in said and "单*红" in said


def test_the_database_refuses_a_second_record_of_one_number(everywhere, clerk):
    number = id_number()
    make_resident(VILLAGE, id_number=number)
    with pytest.raises(Exception, match="resident_id_once"):
        make_resident(OTHER, id_number=number)


def test_a_dead_resident_gets_no_visit(everywhere, clerk):
    row = make_resident(VILLAGE, status="dead")
    with pytest.raises(RuleBroken, match="死亡"):
        act_now(clerk, "residents.record_visit", {"on": "2026-11-20", "way": "home", "found": "好"}, "k", target=row.pk)
