"""Groups have dates and sources, and those who belong to one are visited in time (A2)."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.flows.models import Step
from weimin.residents.models import GroupMembership, Visit
from weimin.residents.rules_groups import age_on, bands_of, born_by
from weimin.residents.tests.builders import NOW, TODAY, act_now, make_resident
from weimin.residents.visiting import call_for_visits, rhythm
from weimin.walls.errors import InputInvalid, RuleBroken

VILLAGE = 500242101200


@pytest.fixture
def clerk(actor):
    return actor("village", VILLAGE)


@pytest.fixture
def old(everywhere):
    return make_resident(VILLAGE, "冉大山", birth_on=date(1940, 2, 29), gender="m")


def add(clerk, who, key="k", **over):
    data = {"kind": "living_alone", "since_on": "2026-10-01", "proof": "入户走访", "detail": "", **over}
    return act_now(clerk, "residents.add_group", data, key, target=who.pk)


@pytest.mark.req("A2")
@pytest.mark.parametrize(("on", "age"), [(date(2026, 2, 28), 85), (date(2026, 3, 1), 86), (date(2024, 2, 29), 84)])
def test_a_year_of_age_is_full_on_the_birthday(on, age):
    assert age_on(date(1940, 2, 29), on) == age


@pytest.mark.req("A2")
def test_groups_of_age_are_computed():
    assert bands_of(born_by(65, TODAY), TODAY) == [60, 65]
    assert born_by(60, date(2024, 2, 29)) == date(1964, 2, 29)


@pytest.mark.req("A2")
def test_a_group_has_its_date_and_source_and_the_next_visit(old, clerk):
    add(clerk, old)
    row = GroupMembership.objects.get()
    assert (row.since_on, row.source, row.visit_by) == (date(2026, 10, 1), "入户走访", date(2026, 10, 31))
    act_now(clerk, "residents.end_group", {"until_on": "2026-11-01", "proof": "子女接走"}, "e", target=row.pk)
    row.refresh_from_db()
    assert (row.until_on, row.visit_by) == (date(2026, 11, 1), None)


def test_nobody_is_in_a_group_twice(old, clerk):
    add(clerk, old)
    with pytest.raises(RuleBroken, match="已经在这个人群"):
        add(clerk, old, key="again")
    assert GroupMembership.objects.count() == 1


@pytest.mark.parametrize(("kind", "born"), [("left_behind_child", date(2010, 11, 23)), ("orphan", date(2008, 11, 23)), ("living_alone", date(1966, 11, 24))])
def test_a_group_of_an_age_takes_nobody_else(everywhere, clerk, kind, born):
    with pytest.raises(InputInvalid, match="周岁"):
        add(clerk, make_resident(VILLAGE, birth_on=born, id_number=""), kind=kind)
    assert not GroupMembership.objects.exists()


@pytest.mark.req("A2")
def test_a_visit_that_is_due_stands_on_the_desk_once_until_it_is_made(old, clerk, now):
    add(clerk, old)
    assert (call_for_visits(TODAY, NOW), call_for_visits(TODAY, NOW)) == (1, 0)
    step = Step.objects.get(flow="caring_visit")
    assert (step.title, step.role, step.due_on, "B-58" in step.legal_basis) == ("走访关爱对象冉*山", "village", date(2026, 10, 31), True)
    act_now(clerk, "residents.record_visit", {"on": "2026-11-20", "way": "home", "found": "身体好"}, "v", target=old.pk)
    step.refresh_from_db()
    assert (step.closed_at is not None, GroupMembership.objects.get().visit_by, Visit.objects.get().visited_by) == (True, date(2026, 12, 20), clerk.name)


@pytest.mark.req("A2")
def test_a_visit_that_is_due_goes_where_the_resident_goes(old, clerk, actor):
    add(clerk, old)
    call_for_visits(TODAY, NOW)
    moved = {"on": "2026-11-20", "place": str(VILLAGE + 1), "address": "5组"}
    act_now(actor("township", 500242101000), "residents.move_home", moved, "m", target=old.pk)
    step = Step.objects.get(flow="caring_visit")
    assert (step.region, step.place) == (VILLAGE + 1, VILLAGE + 1)
    act_now(actor("village", VILLAGE + 1), "residents.record_visit", {"on": "2026-11-20", "way": "home", "found": "身体好"}, "v", target=old.pk)
    step.refresh_from_db()
    assert step.closed_at is not None


def test_an_earlier_next_visit_wins(old, clerk):
    add(clerk, old)
    act_now(clerk, "residents.record_visit", {"on": "2026-11-20", "way": "home", "found": "发烧", "next_on": "2026-11-25"}, "v", target=old.pk)
    assert GroupMembership.objects.get().visit_by == date(2026, 11, 25)


def test_every_interval_names_its_source():
    assert all(row.days > 0 and row.basis for row in rhythm().every.values())
