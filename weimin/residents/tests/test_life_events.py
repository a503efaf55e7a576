"""Life events are entered once: the preview says what they touch, and it happens."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.residents import life_events
from weimin.residents.forms.households import SplitHousehold
from weimin.residents.life_events import on_life_event, touched_by
from weimin.residents.models import GroupMembership, LifeEvent, Membership, Resident
from weimin.residents.tests.builders import NOW, TODAY, act_now, id_number, make_family, make_household, make_resident
from weimin.walls.errors import InputInvalid, RuleBroken

VILLAGE, NEXT = 500242101200, 500242101201
EVENT = {"on": "2026-11-20", "proof": "证明"}


@pytest.fixture
def clerk(actor):
    return actor("township", 500242101000)


@pytest.fixture
def family(everywhere):
    household, members = make_family(VILLAGE)
    Resident.objects.filter(pk__in=[row.pk for row in members[:2]]).update(marital="married")
    for row in members:
        row.refresh_from_db()
    return household, members


def do(who, action, target, **data):
    return act_now(who, f"residents.{action}", data, target=target.pk)


@pytest.mark.req("A1")
def test_a_death_is_previewed_and_touches_household_groups_and_spouse(family, clerk):
    household, (head, wife, _child) = family
    GroupMembership.objects.create(resident=head, region=VILLAGE, kind="disabled", since_on=date(2025, 1, 1), source="证")
    said = touched_by("death", clerk, head, TODAY)
    own = [line for line in said if "健康档案" not in line]  # what another room adds to every preview
    assert [line for line in own if "残疾人" in line or "冉小红任户主" in line or "丧偶" in line] == own[:1] + own[2:]
    do(clerk, "record_death", head, **EVENT)
    for row in (household, head, wife):
        row.refresh_from_db()
    assert (head.status, head.household, wife.relation, wife.marital, household.head_name) == ("dead", None, "户主", "widowed", "冉小红")
    assert GroupMembership.objects.get().until_on == date(2026, 11, 20)
    assert LifeEvent.objects.get().facts["lines"] == said


@pytest.mark.req("A1")
def test_a_death_entered_by_mistake_is_taken_back_whole(family, clerk):
    household, (head, wife, _child) = family
    GroupMembership.objects.create(resident=head, region=VILLAGE, kind="disabled", since_on=date(2025, 1, 1), source="证")
    do(clerk, "record_death", head, **EVENT)
    do(clerk, "restore", head, reason="同名错登")
    for row in (head, wife):
        row.refresh_from_db()
    assert (head.status, head.household_id, head.relation, wife.relation, wife.marital) == ("living", household.pk, "", "户主", "married")
    assert GroupMembership.objects.get().until_on is None


def test_the_household_of_the_last_one_ends_and_comes_back(everywhere, clerk):
    household = make_household(VILLAGE)
    row = make_resident(VILLAGE, household=household, relation="户主")
    do(clerk, "record_death", row, **EVENT)
    household.refresh_from_db()
    assert (household.status, household.end_reason) == ("ended", "死亡")
    do(clerk, "restore", row, reason="错登")
    household.refresh_from_db()
    row.refresh_from_db()
    assert (household.status, row.relation) == ("standing", "户主")


def test_a_newborn_comes_into_the_household(family, clerk):
    household, _members = family
    do(clerk, "record_birth", household, name="冉小雨", id_kind="none", gender="f", birth_on="2026-11-01", relation="女", source="出生医学证明")
    child = Resident.objects.get(name="冉小雨")
    assert (child.household_id, child.relation, child.id_kind, LifeEvent.objects.get().kind) == (household.pk, "女", "none", "birth")
    assert Membership.objects.get(resident=child).since_on == date(2026, 11, 1)


def test_the_bride_moves_into_the_household_of_the_other(family, clerk):
    household, (head, *_rest) = family
    Resident.objects.filter(pk=head.pk).update(marital="divorced")
    bride = make_resident(VILLAGE, "田小云")
    number = head.id_number
    do(clerk, "record_marriage", bride, spouse_number=number, spouse_name="冉大山", moves_in="on", relation="配偶", **EVENT)
    bride.refresh_from_db()
    assert (bride.marital, bride.household_id, LifeEvent.objects.filter(kind="marriage").count()) == ("married", household.pk, 2)


def test_what_is_written_about_the_bride_goes_with_her_to_another_village(everywhere, clerk, monkeypatch):
    heard = []
    monkeypatch.setattr(life_events, "_listeners", {kind: list(rows) for kind, rows in life_events._listeners.items()})
    on_life_event("move_home", preview=lambda *given: [], apply=lambda by, resident, on, now: heard.append(resident.region) or [])
    _household, (head, *_rest) = make_family(NEXT)
    bride = make_resident(VILLAGE, "田小云")
    GroupMembership.objects.create(resident=bride, region=VILLAGE, kind="disabled", since_on=date(2025, 1, 1), source="残疾人证")
    do(clerk, "record_marriage", bride, spouse_number=head.id_number, spouse_name=head.name, moves_in="on", relation="配偶", **EVENT)
    bride.refresh_from_db()
    assert (bride.region, GroupMembership.objects.get().region, heard) == (NEXT, NEXT, [NEXT])


def test_after_a_divorce_one_founds_a_household(family, clerk):
    household, (head, wife, _child) = family
    do(clerk, "record_divorce", wife, leaves="on", **EVENT)
    head.refresh_from_db()
    wife.refresh_from_db()
    assert (head.marital, wife.marital, wife.relation, wife.household_id == household.pk) == ("divorced", "divorced", "户主", False)


def test_a_household_moves_with_everybody_and_what_is_written_about_them(family, clerk):
    household, members = family
    GroupMembership.objects.create(resident=members[2], region=VILLAGE, kind="left_behind_child", since_on=date(2025, 1, 1), source="走访")
    do(clerk, "move_home", members[0], place=str(NEXT), address="5组1号", whole="on", **EVENT)
    household.refresh_from_db()
    assert {household.region, *Resident.objects.values_list("region", flat=True), *Membership.objects.values_list("region", flat=True)} == {NEXT}
    assert GroupMembership.objects.get().region == NEXT and LifeEvent.objects.filter(kind="move_home").count() == 3


def test_nobody_moves_out_of_the_range_of_the_post(family, clerk):
    _household, members = family
    with pytest.raises(RuleBroken, match="交出档案"):
        do(clerk, "move_home", members[0], place="500242102200", **EVENT)
    assert set(Resident.objects.values_list("region", flat=True)) == {VILLAGE}


def test_a_higher_room_joins_an_event(family, clerk, monkeypatch):
    monkeypatch.setattr(life_events, "_listeners", {kind: list(rows) for kind, rows in life_events._listeners.items()})
    on_life_event("death", preview=lambda actor, resident, on: ["停发高龄津贴"], apply=lambda by, resident, on, now: ["高龄津贴已停发"])
    _household, members = family
    assert "停发高龄津贴" in touched_by("death", clerk, members[0], TODAY)
    do(clerk, "record_death", members[0], **EVENT)
    assert LifeEvent.objects.get().facts["lines"][-1] == "高龄津贴已停发"


def test_an_unknown_event_cannot_be_joined():
    with pytest.raises(ValueError, match="holiday"):
        on_life_event("holiday", preview=lambda *_: [], apply=lambda *_: [])


def test_somebody_with_a_new_number_is_still_one_person(everywhere, clerk):
    row = make_resident(VILLAGE, id_number="", birth_on=date(2020, 1, 1), gender="m")
    number = id_number(date(2020, 1, 1))
    do(clerk, "correct", row, id_kind="id_card", id_number=number, name="冉小红", gender="m", birth_on="2020-01-01")
    row.refresh_from_db()
    assert (row.id_number, row.id_kind) == (number, "id_card")


@pytest.mark.req("A1")
@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("marriage", "婚姻状况由“已婚”改为“已婚”"), ("divorce", "冉小红的婚姻状况改为离婚"), ("move_home", "3 人都迁：冉大山、冉小红、冉小山"),
        ("split", "冉大山分出的，由留下的人里年长的任户主"), ("joined", "销户"), ("group", "现在的人群：残疾人"),
    ],
)  # fmt: skip
def test_every_event_says_before_what_it_touches(family, clerk, event, said):
    _household, (head, *_rest) = family
    GroupMembership.objects.create(resident=head, region=VILLAGE, kind="disabled", since_on=date(2025, 1, 1), source="证")
    assert [line for line in touched_by(event, clerk, head, TODAY) if said in line]


@pytest.mark.req("A1")
def test_the_page_of_a_split_says_it_for_the_household(family, clerk):
    household, _members = family
    said = SplitHousehold(actor=clerk, target=household, now=NOW).touched
    assert (said[0], len([line for line in said if line == said[0]])) == (f"分出的人离开户 {household}，另立一户", 1)


@pytest.mark.req("A1")
def test_splits_joins_and_groups_are_told_to_every_room(family, clerk, monkeypatch):
    household, (head, wife, child) = family
    heard = []
    monkeypatch.setattr(life_events, "_listeners", {})
    for kind in ("split", "joined", "group"):
        on_life_event(kind, preview=lambda *given: [], apply=lambda by, resident, on, now, kind=kind: heard.append((kind, resident.pk)) or [])
    do(clerk, "split_household", household, leaving=[str(wife.pk), str(child.pk)], head=str(wife.pk), reason="分家")
    wife.refresh_from_db()
    do(clerk, "join_households", wife.household, number=household.number, relation="配偶", reason="和好")
    do(clerk, "add_group", head, kind="disabled", since_on="2026-01-01", proof="残疾人证")
    assert heard == [("split", wife.pk), ("split", child.pk), ("joined", wife.pk), ("joined", child.pk), ("group", head.pk)]
    assert LifeEvent.objects.get(kind="group").facts["lines"] == ["纳入人群：残疾人"]


@pytest.mark.req("A1")
def test_an_illness_of_the_mind_is_not_named_in_the_life_line(family, clerk):
    _household, (head, *_rest) = family
    do(clerk, "add_group", head, kind="mental_illness", since_on="2026-01-01", proof="诊断证明")
    assert LifeEvent.objects.get(kind="group").facts["lines"] == ["纳入人群：重点人群"]


@pytest.mark.req("A1")
def test_nobody_marries_whom_the_register_has_as_married(family, clerk):
    _household, (head, *_rest) = family
    bride = make_resident(VILLAGE, "田小云")
    with pytest.raises(InputInvalid, match="已经是已婚"):
        do(clerk, "record_marriage", bride, spouse_number=head.id_number, spouse_name=head.name, **EVENT)
    assert Resident.objects.get(pk=bride.pk).marital == ""


def test_who_is_married_does_not_marry_again(family, clerk):
    _household, (head, *_rest) = family
    with pytest.raises(RuleBroken, match="已经是已婚"):
        do(clerk, "record_marriage", head, spouse_name="田小云", **EVENT)
    assert not LifeEvent.objects.exists()


def test_nobody_marries_who_is_dead(everywhere, clerk):
    groom, bride = make_resident(VILLAGE, "冉大山", status="dead"), make_resident(VILLAGE, "田小云")
    with pytest.raises(InputInvalid, match="死亡"):
        do(clerk, "record_marriage", bride, spouse_number=groom.id_number, spouse_name=groom.name, **EVENT)
    assert not LifeEvent.objects.exists()
