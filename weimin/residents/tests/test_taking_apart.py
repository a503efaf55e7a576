"""A merge is taken back although much has happened since: everything of the two goes to whom it belongs, or it is said what to take back first."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.cases.models import Case, Mandate
from weimin.cases.tests.agency_builders import make_mandate
from weimin.cases.tests.builders import make_case
from weimin.health.models import Care, Due, HealthRecord, SelfCare
from weimin.health.models import Visit as FollowUp
from weimin.health.tests.builders import make_care, make_due, make_record, make_self_care, make_visit
from weimin.referrals.models import Referral
from weimin.referrals.tests.builders import make_referral
from weimin.residents.models import GroupMembership, LifeEvent, Membership, Merge, Resident, Visit
from weimin.residents.tests.builders import NOW, act_now, make_family, make_household, make_resident
from weimin.residents.tests.examples import EVENT
from weimin.walls.errors import RuleBroken

pytestmark = [pytest.mark.req("A1")]
VILLAGE, NEXT, TOWNSHIP, COUNTY = 500242101200, 500242101201, 500242101000, 500242000000
TABLES = [
    (GroupMembership, "resident"), (Visit, "resident"), (LifeEvent, "resident"), (Membership, "resident"), (Case, "applicant"), (Mandate, "principal"),
    (Referral, "resident"), (HealthRecord, "resident"), (Care, "record__resident"), (FollowUp, "record__resident"),
    (SelfCare, "record__resident"),
]  # fmt: skip


def of(resident, region=True):
    """Every row that is written about somebody, with its region: (table, number, region)."""
    return {
        (model._meta.label, *row)
        for model, way in TABLES
        for row in model.objects.filter(**{way: resident.pk}).values_list("pk", *["region"] * region)
    }  # fmt: skip


@pytest.fixture
def clerk(actor):
    return actor("township", TOWNSHIP)


def everything_about(resident):
    """One row of each kind, in all rooms."""
    facts = {"resident": resident, "region": resident.region}
    GroupMembership.objects.create(**facts, kind="disabled", since_on=date(2025, 1, 1), source="证")
    Visit.objects.create(**facts, on=date(2026, 1, 1), found="好", visited_by="李四", recorded_at=NOW)
    LifeEvent.objects.create(**facts, kind="move_in", on=date(2020, 1, 1), recorded_by="李四", recorded_at=NOW)
    make_case(resident.region, applicant=resident)
    make_mandate(resident.region, principal=resident)
    record = make_record(resident.region, resident=resident)
    make_care(record), make_due(record), make_visit(record), make_self_care(record)
    make_referral(record, "closed")
    return resident


@pytest.fixture
def two(everywhere):
    """The one who is kept has no papers and nothing written; the other a household of three and one of everything."""
    kept = make_resident(VILLAGE, id_number="", household=make_household(VILLAGE), relation="户主")
    return kept, everything_about(make_family(VILLAGE)[1][0])


def merge(clerk, kept, gone):
    act_now(clerk, "residents.merge", {"into": str(kept.pk), "reason": "入户核对"}, f"m{gone.pk}", target=gone.pk)
    return Merge.objects.latest("pk")


def unmerge(clerk, row, key="u"):
    return act_now(clerk, "residents.unmerge", {"reason": "是两个人"}, f"{key}{row.pk}", target=row.pk)


def fresh(row):
    return Resident.objects.get(pk=row.pk)


def test_every_table_has_what_it_had_before(two, clerk):
    kept, gone = two
    before = of(kept), of(gone)
    row = merge(clerk, kept, gone)
    assert {Case.objects.get().applicant_id, Referral.objects.get().resident_id, HealthRecord.objects.get().resident_id} == {kept.pk}
    unmerge(clerk, row)
    assert (of(kept), of(gone)) == before


def test_who_was_kept_moved_to_another_village_and_stays_there(two, clerk):
    kept, gone = two
    before = of(gone)
    row = merge(clerk, kept, gone)
    act_now(clerk, "residents.move_home", {**EVENT, "place": str(NEXT), "address": "5组", "whole": "on"}, target=kept.pk)
    unmerge(clerk, row)
    assert (fresh(kept).region, fresh(gone).region, of(gone)) == (NEXT, VILLAGE, before)


def test_a_household_that_moved_away_is_not_joined_again_and_the_clerk_is_told(two, clerk):
    kept, gone = two
    row = merge(clerk, kept, gone)
    act_now(clerk, "residents.move_home", {**EVENT, "place": str(NEXT), "address": "5组", "whole": "on"}, target=gone.household.residents.latest("pk").pk)
    assert "另外立户" in unmerge(clerk, row).message
    assert (fresh(gone).household, {region for _table, _pk, region in of(gone)}) == (None, {VILLAGE})


@pytest.mark.parametrize(
    ("name", "data", "first", "back"),
    [
        ("record_death", EVENT, "撤销死亡登记", ("restore", {"reason": "登记错了"})),
        ("record_move_out", {**EVENT, "to": "北京市"}, "登记迁回", ("move_back", EVENT)),
    ],
)
def test_what_happened_to_one_of_the_two_is_taken_back_first(two, clerk, name, data, first, back):
    kept, gone = two
    before = of(gone, region=False)
    row = merge(clerk, kept, gone)
    act_now(clerk, f"residents.{name}", data, target=kept.pk)
    with pytest.raises(RuleBroken, match=first):
        unmerge(clerk, row)
    assert (fresh(gone).status, Merge.objects.get().undone_at) == ("merged", None)
    act_now(clerk, f"residents.{back[0]}", back[1], target=kept.pk)
    unmerge(clerk, row, "again")
    assert (fresh(gone).status, fresh(kept).status, before - of(gone, region=False)) == ("living", "living", set())


def test_who_was_dead_before_the_merge_keeps_nothing_of_the_other(two, clerk):
    kept, gone = two
    act_now(clerk, "residents.record_death", EVENT, target=kept.pk)
    before = of(gone)
    row = merge(clerk, fresh(kept), gone)
    unmerge(clerk, row)
    assert (fresh(kept).status, fresh(gone).status, of(gone)) == ("dead", "living", before)


def test_a_record_that_is_being_handed_over_is_taken_back_first(two, clerk):
    row = merge(clerk, *two)
    act_now(clerk, "residents.send_transfer", {**EVENT, "to": "341221203201"}, target=two[0].pk)
    with pytest.raises(RuleBroken, match="先撤回"):
        unmerge(clerk, row)


def test_merges_into_one_record_are_taken_back_from_the_last_on(two, clerk):
    kept, gone = two
    third = everything_about(make_resident(VILLAGE, id_number=""))
    before = of(gone), of(third)
    first, second = merge(clerk, kept, gone), merge(clerk, kept, third)
    with pytest.raises(RuleBroken, match="后来的那一次"):
        unmerge(clerk, first)
    unmerge(clerk, second)
    unmerge(clerk, first, "again")
    assert (of(gone), of(third), {fresh(one).status for one in (kept, gone, third)}) == (*before, {"living"})
    assert {Due.objects.get(state="open", record__resident=one).region for one in (gone, third)} == {VILLAGE}


def test_a_record_in_another_township_is_taken_apart_by_the_county(two, clerk, actor):
    kept, gone = two
    row = merge(clerk, kept, gone)
    office = actor("county_office", COUNTY)
    Resident.objects.filter(pk=kept.pk).update(region=500242102200)
    with pytest.raises(RuleBroken, match="县级部门"):
        unmerge(clerk, row)
    unmerge(office, row, "again")
    assert fresh(gone).status == "living"
