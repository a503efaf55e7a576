"""Two clerks at the same moment in the register: one effect, the other reads why not, and nothing is half there."""

from __future__ import annotations

import pytest
from proofs.racing import built, done, fresh, race

from weimin.cases.models import Case, Mandate
from weimin.cases.tests.agency_builders import make_agent, mandate_data
from weimin.cases.tests.builders import make_item_version
from weimin.cases.tests.examples.making import RECEIVED
from weimin.health.models import Due, HealthRecord, Visit
from weimin.health.tests.builders import make_care, make_record
from weimin.health.tests.examples.care import VISIT
from weimin.residents.models import Membership, Resident
from weimin.residents.tests.builders import id_number, make_family, make_household, make_resident
from weimin.residents.tests.examples import EVENT, PERSON
from weimin.trail.models import Entry

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("arena"), pytest.mark.req("A1", "A2", "X10")]
VILLAGE = 500242101200
TOGETHER = {"relation": "其他亲属", "reason": "合住"}


def households_in_order(*homes):
    """A standing household has one head and its people one open membership each; an ended one has nobody."""
    for home in (fresh(one) for one in homes):
        people = built(lambda home=home: list(Resident.objects.filter(household=home).values_list("pk", "relation", "status")))
        lived = built(lambda home=home: list(Membership.objects.filter(household=home, until_on=None).values_list("resident", "relation")))
        assert sorted(lived) == sorted((pk, relation) for pk, relation, _status in people)
        assert [relation for _pk, relation, _status in people].count("户主") == (home.status == "standing")
        assert {status for _pk, _relation, status in people} <= ({"living"} if home.status == "standing" else set())


def test_a_form_that_is_sent_twice_at_once_is_done_once():
    person = built(lambda: make_resident(VILLAGE))
    first, second = race(*[("village", "residents.record_death", EVENT, person.pk)] * 2, key="k" * 32)
    assert first.pk == second.pk
    assert built(lambda: Entry.objects.filter(action="residents.record_death", subject_id=person.pk).count()) == 1


def test_one_number_is_registered_once():
    number = id_number(male=True)
    people = [{**PERSON, "name": f"冉{n}", "place": str(VILLAGE), "id_number": number} for n in "一二三"]
    assert done(race(*[("township", "residents.enter", data, None) for data in people])) == 1
    assert built(lambda: Resident.objects.filter(name__in=["冉一", "冉二", "冉三"]).count()) == 1


def test_of_two_corrections_the_second_builds_on_the_first():
    person = built(lambda: make_resident(VILLAGE, gender="m"))
    data = {**PERSON, "name": person.name, "id_number": person.id_number, "gender": "m", "birth_on": "1975-06-15"}
    assert done(race(*[("village", "residents.correct", {**data, "address": address}, person.pk) for address in ("甲", "乙")])) == 2
    told = built(lambda: list(Entry.objects.filter(action="residents.correct", subject_id=person.pk).order_by("pk").values_list("before", "after")))
    assert [told[0][0]["address"], told[1][0]["address"], fresh(person).address] == ["大坡村3组12号", told[0][1]["address"], told[1][1]["address"]]


def test_a_household_without_anybody_gets_one_head():
    home = built(lambda: make_household(VILLAGE))
    turns = [{**PERSON, "name": f"冉{n}", "id_number": id_number(), "relation": "户主"} for n in "甲乙"]
    assert done(race(*[("village", "residents.enter_member", data, home.pk) for data in turns])) == 1
    households_in_order(home)


def test_two_heads_are_chosen_one_after_the_other():
    home, (_head, wife, child) = built(lambda: make_family(VILLAGE))
    race(*[("village", "residents.choose_head", {"head": str(one.pk), "old_relation": "其他亲属"}, home.pk) for one in (wife, child)])
    households_in_order(home)


def test_nobody_marries_two_at_once():
    bride, *grooms = built(lambda: [make_resident(VILLAGE, name, gender=sex) for name, sex in (("白雪", "f"), ("白勇", "m"), ("白刚", "m"))])
    data = {**EVENT, "spouse_name": "白雪", "spouse_number": bride.id_number}
    assert done(race(*[("village", "residents.record_marriage", data, one.pk) for one in grooms])) == 1
    assert sorted(one.marital for one in fresh(bride, *grooms)) == ["", "married", "married"]


def test_a_marriage_that_both_sides_enter_is_one():
    two = built(lambda: [make_resident(VILLAGE, "田勇", gender="m"), make_resident(VILLAGE, "田雪")])
    turns = [({**EVENT, "spouse_name": other.name, "spouse_number": other.id_number}, one.pk) for one, other in (two, two[::-1])]
    assert done(race(*[("village", "residents.record_marriage", data, pk) for data, pk in turns])) == 1


def test_a_couple_that_died_together_leaves_the_household_to_the_child():
    home, (husband, wife, child) = built(lambda: make_family(VILLAGE))
    assert done(race(*[("village", "residents.record_death", EVENT, one.pk) for one in (husband, wife)])) == 2
    households_in_order(home)
    assert (fresh(child).relation, {one.status for one in fresh(husband, wife)}) == ("户主", {"dead"})


def test_who_moves_out_while_the_head_dies_is_not_made_head():
    (home, (head, wife, _child)), other = built(lambda: (make_family(VILLAGE), make_family(VILLAGE)[0]))
    data = {"number": other.number, **TOGETHER}
    assert done(race(("village", "residents.record_death", EVENT, head.pk), ("village", "residents.move_member", data, wife.pk))) == 2
    households_in_order(home, other)
    assert fresh(wife).household_id == other.pk


def test_two_households_that_join_each_other_do_not_both_end():
    one, other = built(lambda: (make_family(VILLAGE)[0], make_family(VILLAGE)[0]))
    turns = [("village", "residents.join_households", {"number": into.number, **TOGETHER}, home.pk) for home, into in ((one, other), (other, one))]
    assert done(race(*turns)) == 1
    households_in_order(one, other)
    assert sorted(home.status for home in fresh(one, other)) == ["ended", "standing"]


def test_nobody_comes_into_a_household_that_ends_in_the_same_moment():
    (home, _people), other, single = built(lambda: (make_family(VILLAGE), make_family(VILLAGE)[0], make_resident(VILLAGE, "白雪")))
    ends = ("village", "residents.join_households", {"number": other.number, **TOGETHER}, home.pk)
    race(ends, ("village", "residents.move_member", {"number": home.number, **TOGETHER}, single.pk))
    households_in_order(home, other)


def test_a_case_that_is_filed_while_the_applicant_is_merged_is_not_left_behind():
    code, (kept, gone) = built(lambda: (make_item_version().item.code, (make_resident(VILLAGE, id_number=""), make_resident(VILLAGE))))
    filed = ("window", "cases.receive", {**RECEIVED, "resident": str(gone.pk), "phone": "13912345678", "verdict": "accept"}, code)
    merged = ("township", "residents.merge", {"into": str(kept.pk), "reason": "同一人"}, gone.pk)
    for _moment in race(filed, merged), race(merged, filed):
        assert built(lambda: Case.objects.filter(applicant=gone.pk).count()) == 0


def test_a_mandate_is_not_written_for_somebody_who_dies_in_the_same_moment():
    person, agent, item = built(lambda: (make_resident(VILLAGE), make_agent(VILLAGE), make_item_version(code="CV0009")))
    data = mandate_data(agent, VILLAGE, name=person.name, id_number=person.id_number, items=[item.item.code])
    race(("village", "residents.record_death", EVENT, person.pk), ("village", "cases.write_mandate", data, None))
    assert built(lambda: Mandate.objects.filter(principal=person, state="active").count()) == 0


def test_who_dies_while_a_visit_is_written_down_is_visited_no_more():
    record = built(lambda: make_record(VILLAGE))
    built(lambda: make_care(record))
    race(("village", "residents.record_death", EVENT, record.resident_id), ("doctor", "health.record_visit", VISIT, record.pk))
    assert (fresh(record).state, built(lambda: Due.objects.filter(record=record, state="open").count())) == ("inactive", 0)


def test_a_record_is_opened_once_and_a_day_has_one_visit():
    person, record = built(lambda: (make_resident(VILLAGE), make_record(VILLAGE)))
    built(lambda: make_care(record))
    assert done(race(*[("doctor", "health.open_record", {"opened_on": "2026-11-20"}, person.pk)] * 2)) == 1
    assert done(race(*[("doctor", "health.record_visit", VISIT, record.pk)] * 2)) == 1
    assert built(lambda: (HealthRecord.objects.filter(resident=person).count(), Visit.objects.filter(record=record).count())) == (1, 1)
