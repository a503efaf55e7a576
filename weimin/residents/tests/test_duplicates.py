"""Records of one person are found, merged with all that is written, and taken apart again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.flows.models import Step
from weimin.residents import duplicates
from weimin.residents.actions.duplicates import locked_pair
from weimin.residents.duplicates import look_for_duplicates, on_merge
from weimin.residents.listing import page_for
from weimin.residents.models import Duplicate, GroupMembership, Household, Membership, Merge, Resident, Visit
from weimin.residents.pages import resident_parts
from weimin.residents.queries import search
from weimin.residents.tests.builders import NOW, TODAY, act_now, id_number, make_family, make_household, make_resident
from weimin.residents.visiting import call_for_visits
from weimin.trail.models import Entry
from weimin.walls.errors import InputInvalid, RuleBroken
from weimin.walls.session import entered

VILLAGE, TOWNSHIP = 500242101200, 500242101000


@pytest.fixture
def clerk(actor):
    return actor("township", TOWNSHIP)


@pytest.fixture
def two(everywhere):
    kept = make_resident(VILLAGE, phone="")
    gone = make_resident(VILLAGE, id_number="", household=make_household(VILLAGE, number="77"), relation="户主", phone="13912345678")
    GroupMembership.objects.create(resident=gone, region=VILLAGE, kind="disabled", since_on=date(2025, 1, 1), source="证")
    Visit.objects.create(resident=gone, region=VILLAGE, on=date(2026, 1, 1), found="好", visited_by="李四", recorded_at=NOW)
    return kept, gone


def merge(clerk, kept, gone):
    return act_now(clerk, "residents.merge", {"into": str(kept.pk), "reason": "入户核对"}, "m", target=gone.pk)


@pytest.mark.req("A1")
def test_the_same_name_and_birthday_in_one_village_is_found_once(two):
    make_resident(VILLAGE + 1)
    assert (look_for_duplicates(TOWNSHIP, TOWNSHIP + 999, NOW), look_for_duplicates(TOWNSHIP, TOWNSHIP + 999, NOW)) == (1, 0)
    pair = Duplicate.objects.get()
    assert (pair.first, pair.second) == two


@pytest.mark.req("A1")
def test_merging_moves_what_is_written_and_the_register_finds_one(two, clerk):
    kept, gone = two
    merge(clerk, kept, gone)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (gone.status, gone.merged_into, gone.household, kept.phone) == ("merged", kept, None, "13912345678")
    assert {GroupMembership.objects.get().resident, Visit.objects.get().resident} == {kept}
    with entered(clerk):
        assert search(clerk, "冉小红") == [kept]
    assert Entry.objects.filter(action="residents.merge", reason="入户核对").count() == 1


@pytest.mark.req("A1")
def test_unmerging_gives_everything_back(two, clerk):
    kept, gone = two
    merge(clerk, kept, gone)
    act_now(clerk, "residents.unmerge", {"reason": "是双胞胎"}, "u", target=Merge.objects.get().pk)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (gone.status, gone.merged_into, kept.phone) == ("living", None, None)
    assert {GroupMembership.objects.get().resident, Visit.objects.get().resident} == {gone}
    assert Entry.objects.filter(action="residents.unmerge", reason="是双胞胎").count() == 1


def test_nobody_is_sent_to_visit_a_record_that_was_merged_away(two, clerk):
    kept, gone = two
    for row in two:
        GroupMembership.objects.filter(resident=row).delete()
        GroupMembership.objects.create(resident=row, region=VILLAGE, kind="living_alone", since_on=date(2025, 1, 1), source="走访", visit_by=date(2026, 11, 1))
    merge(clerk, kept, gone)
    assert call_for_visits(date(2026, 11, 23), NOW) == 1
    assert Step.objects.get(flow="caring_visit").subject_id == kept.pk


def test_a_number_that_was_corrected_after_the_merge_stays(everywhere, clerk):
    kept, gone = make_resident(VILLAGE, id_number=""), make_resident(VILLAGE)
    merge(clerk, kept, gone)
    own = id_number(date(1975, 6, 15))
    row = Resident.objects.get(pk=kept.pk)
    row.id_number = own
    row.save()
    act_now(clerk, "residents.unmerge", {"reason": "是双胞胎"}, "u", target=Merge.objects.get().pk)
    kept.refresh_from_db()
    assert (kept.id_number, kept.id_kind) == (own, "id_card")


def test_both_records_are_locked_while_a_merge_is_taken_back(two, clerk):
    merge(clerk, *two)
    with CaptureQueriesContext(connection) as asked:
        act_now(clerk, "residents.unmerge", {"reason": "是双胞胎"}, "u", target=Merge.objects.get().pk)
    locked = next(row["sql"] for row in asked if 'FROM "residents_resident"' in row["sql"] and "FOR UPDATE" in row["sql"])
    assert f"IN ({two[0].pk}, {two[1].pk})" in locked


def test_both_records_are_locked_in_one_order_before_they_are_merged(two, clerk):
    with CaptureQueriesContext(connection) as asked:
        merge(clerk, *two)
    locked = [row["sql"] for row in asked if 'FROM "residents_resident"' in row["sql"] and "FOR UPDATE" in row["sql"]]
    assert all(f"{number}" in locked[0].partition("WHERE")[2] for number in (two[0].pk, two[1].pk))
    assert "ORDER BY 1 ASC FOR UPDATE" in locked[0]


def test_a_record_that_was_merged_while_somebody_waited_for_it_takes_nothing_in(two, clerk):
    kept, gone = two
    merge(clerk, gone, kept)
    with entered(clerk), pytest.raises(RuleBroken, match="已经并入另一条"):
        locked_pair(clerk, gone.pk, kept.pk, NOW)


def test_the_number_of_the_one_that_goes_is_not_lost(everywhere, clerk):
    kept, gone = make_resident(VILLAGE, id_number=""), make_resident(VILLAGE)
    number = gone.id_number
    merge(clerk, kept, gone)
    kept.refresh_from_db()
    assert (kept.id_number, kept.id_kind) == (number, "id_card")
    act_now(clerk, "residents.unmerge", {"reason": "不是"}, "u", target=Merge.objects.get().pk)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.id_number, kept.id_kind, gone.id_number) == (None, "none", number)


def unmerge(clerk):
    act_now(clerk, "residents.unmerge", {"reason": "是两个人"}, "u", target=Merge.objects.latest("pk").pk)


def test_a_household_that_ended_with_the_merge_stands_again(two, clerk):
    kept, gone = two
    lived = list(Membership.objects.values())
    merge(clerk, kept, gone)
    assert Household.objects.get(number="77").status == "ended"
    unmerge(clerk)
    gone.refresh_from_db()
    assert (gone.household, gone.relation) == (Household.objects.get(number="77", status="standing", ended_on=None, end_reason=""), "户主")
    assert list(Membership.objects.values()) == lived


def test_a_head_comes_back_as_head_and_who_stood_in_steps_back(everywhere, clerk):
    home, people = make_family(VILLAGE)
    merge(clerk, make_resident(VILLAGE, id_number=""), people[0])
    assert list(Resident.objects.filter(household=home).order_by("pk").values_list("relation", flat=True)) == ["户主", "子"]
    unmerge(clerk)
    home.refresh_from_db()
    assert list(Resident.objects.filter(household=home).order_by("pk").values_list("relation", flat=True)) == ["户主", "配偶", "子"]
    assert (home.status, home.head_name) == ("standing", people[0].name)


def test_a_group_that_both_are_in_is_listed_and_visited_once_and_both_again(two, clerk):
    kept, gone = two
    GroupMembership.objects.filter(resident=gone).update(visit_by=date(2026, 12, 24))
    GroupMembership.objects.create(resident=kept, region=VILLAGE, kind="disabled", since_on=date(2025, 1, 1), source="证")
    merge(clerk, kept, gone)
    with entered(clerk):
        assert page_for(clerk, {"group": "disabled", "status": "all"}, TODAY).rows == [kept]
    assert call_for_visits(date(2026, 12, 24), NOW) == 0
    unmerge(clerk)
    with entered(clerk):
        assert page_for(clerk, {"group": "disabled"}, TODAY).rows == [kept, gone]
    assert GroupMembership.objects.get(resident=gone).visit_by == date(2026, 12, 24)


def test_the_day_of_death_is_not_lost(everywhere, clerk):
    kept, gone = make_resident(VILLAGE, id_number=""), make_resident(VILLAGE)
    Resident.objects.filter(pk=gone.pk).update(status="dead", status_on=date(2026, 5, 1))
    merge(clerk, kept, gone)
    unmerge(clerk)
    gone.refresh_from_db()
    assert (gone.status, gone.status_on) == ("dead", date(2026, 5, 1))


def test_both_pages_say_that_they_were_merged_and_taken_apart(two, clerk):
    kept, gone = two
    merge(clerk, kept, gone)
    unmerge(clerk)
    with entered(clerk):
        for one, other in ((kept, gone), (gone, kept)):
            said = [(event.what, event.detail) for event in resident_parts(clerk, one, TODAY)["life"] if other.name in event.detail]
            named = f"{other.name}（{other.pk}）"
            assert said == [("撤销合并", named), ("合并重复记录", f"{named}：入户核对")]


def test_two_numbers_are_two_people(everywhere, clerk):
    kept, gone = make_resident(VILLAGE), make_resident(VILLAGE)
    with pytest.raises(InputInvalid, match="是两个人"):
        merge(clerk, kept, gone)
    assert Resident.objects.filter(status="merged").count() == 0


def test_a_higher_room_goes_along_and_comes_back(two, clerk, monkeypatch):
    monkeypatch.setattr(duplicates, "_followers", {})
    seen = []
    on_merge("cases", move=lambda gone, kept: [5, 6], back=lambda numbers, gone, kept: seen.append(numbers))
    merge(clerk, *two)
    act_now(clerk, "residents.unmerge", {"reason": "不是"}, "u", target=Merge.objects.get().pk)
    assert seen == [[5, 6]]


def test_a_pair_that_is_two_people_is_not_shown_again(two, clerk):
    look_for_duplicates(TOWNSHIP, TOWNSHIP + 999, NOW)
    act_now(clerk, "residents.keep_two", {"reason": "堂兄弟"}, "k", target=Duplicate.objects.get().pk)
    look_for_duplicates(TOWNSHIP, TOWNSHIP + 999, NOW)
    assert [row.decided for row in Duplicate.objects.all()] == ["two"]
