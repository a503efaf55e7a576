"""A county's residents from Excel: exactly what is wrong is named, and what is good is written once."""

import pytest
from django.utils import timezone

from weimin.residents.importing.faults import unpacked
from weimin.residents.models import GroupMembership, Household, ImportFile, ImportPart, Resident
from weimin.residents.tests.builders import make_resident
from weimin.residents.tests.import_builders import BORN, VILLAGE, bring, choose, number_of, people, person, sheet
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.req("X5")
TOWNSHIP = 500242101000


@pytest.fixture
def clerk(jurisdiction, actor):
    return actor("township", TOWNSHIP)


def faults_of(row):
    """(row, column) of everything found, in order."""
    with entered(system_actor()):
        files = ImportFile.objects.filter(set=row).order_by("number")
        return [(line, column) for file in files for line, column, _said in unpacked(file.faults).sort("row").iter_rows()]


def names():
    with entered(system_actor()):
        return sorted(Resident.objects.values_list("name", "relation", "household__number"))


def test_a_sound_sheet_is_written_with_households_and_everything_that_is_computed(clerk):
    rows = people(4, r1={"groups": "残疾人、低保对象", "marital": "已婚"})
    row = bring(clerk, sheet(rows))
    assert (row.state, row.rows, row.good, row.faulty) == ("checked", 4, 4, 0)
    row = choose(row, clerk, "all")
    assert (row.state, row.written) == ("done", 4)
    with entered(system_actor()):
        first = Resident.objects.select_related("household").get(household__number="H0001", relation="户主")
        assert (first.region, first.household.head_name, first.gender, str(first.birth_on)) == (VILLAGE, first.name, "m", "1960-03-01")
        assert (first.id_number, first.phone, first.pinyin, first.marital) == (number_of(1), "15400000001", "zhangyi", "married")
        assert sorted(GroupMembership.objects.values_list("kind", flat=True)) == ["disabled", "low_income"]
        assert Household.objects.count() == 2


PLANTED = {
    "no village": ({"village": ""}, "village"),
    "a village that does not exist": ({"village": "没有村"}, "village"),
    "a village of another township": ({"village": "500242102200"}, "village"),
    "no name": ({"name": ""}, "name"),
    "a name with digits": ({"name": "张3"}, "name"),
    "a wrong check digit": ({"id_number": number_of(1)[:-1] + ("0" if number_of(1)[-1] != "0" else "1")}, "id_number"),
    "a day that never was": ({"id_number": "500242199002301234"}, "id_number"),
    "a number as Excel rounds it": ({"id_number": 500242199001010000}, "id_number"),
    "another birth date than the number's": ({"birth_on": "1961-03-01"}, "birth_on"),
    "a birth date to come": ({"id_kind": "暂无证件", "id_number": "", "gender": "男", "birth_on": "2099-01-01"}, "birth_on"),
    "another gender than the number's": ({"gender": "女"}, "gender"),
    "no gender and no number": ({"id_kind": "暂无证件", "id_number": "", "birth_on": "1990-01-01"}, "gender"),
    "an unknown kind of document": ({"id_kind": "会员卡"}, "id_kind"),
    "a telephone too short": ({"phone": "1380"}, "phone"),
    "a group nobody knows": ({"groups": "残疾人、富人"}, "groups"),
    "a household without a relation": ({"relation": ""}, "relation"),
    "an address too long": ({"address": "长" * 201}, "address"),
    "a registered place that is none": ({"registered": "999999999999"}, "registered"),
}


@pytest.mark.parametrize("what", PLANTED)
def test_exactly_the_planted_fault_is_named_by_row_and_column(clerk, what):
    spoiled, column = PLANTED[what]
    row = bring(clerk, sheet(people(4, r1=spoiled)))
    assert faults_of(row) == [(2, column)]
    assert (row.good, row.faulty) == (3, 1)


def test_one_person_twice_in_the_set_is_named_at_the_second_row_even_in_another_file(clerk):
    row = bring(clerk, sheet(people(4)), sheet([person(1, household="H9", name="张乙"), person(9)]))
    with entered(system_actor()):
        file = ImportFile.objects.get(set=row, number=1)
    told = unpacked(file.faults).rows()
    assert told == [(2, "id_number", "与《0.xlsx》第 2 行重复，是同一个人。")]
    assert row.good == 5


def test_a_household_without_a_head_and_one_with_two_are_named(clerk):
    rows = people(6, r1={"relation": "子"}, r4={"relation": "户主"})
    assert faults_of(bring(clerk, sheet(rows))) == [(2, "relation"), (5, "relation")]


def test_all_or_nothing_is_refused_while_a_row_is_wrong_and_good_rows_alone_are_written(clerk):
    row = bring(clerk, sheet(people(4, r3={"phone": "1"})))
    with pytest.raises(Exception, match="还有 1 行有错"):
        choose(row, clerk, "all")
    assert names() == []
    row = choose(row, clerk, "good")
    assert (row.state, row.written, len(names())) == ("done", 3, 3)


def test_importing_the_same_file_twice_makes_no_duplicates_and_a_corrected_one_adds_what_was_missing(clerk):
    choose(bring(clerk, sheet(people(4, r3={"phone": "1"}))), clerk, "good")
    row = bring(clerk, sheet(people(4)), key="again")
    assert (row.good, row.faulty, row.present) == (1, 0, 3)
    choose(row, clerk, "all")
    assert len(names()) == 4
    with entered(system_actor()):
        assert set(Household.objects.values_list("head_name", flat=True)) == {"张乙", "张丁"}
    assert bring(clerk, sheet(people(4)), key="third").good == 0


@pytest.mark.parametrize("mode", ["all", "good"])
def test_who_was_entered_since_the_check_is_left_alone_and_the_others_are_written(clerk, mode):
    row = bring(clerk, sheet(people(4)))
    with entered(clerk):
        make_resident(VILLAGE, name="张甲", id_number=number_of(4), birth_on=BORN)
    row = choose(row, clerk, mode)
    assert (row.state, row.written, row.present) == ("done", 3, 1)
    assert sorted(names()) == [("张丁", "户主", "H0002"), ("张丙", "配偶", "H0001"), ("张乙", "户主", "H0001"), ("张甲", "", None)]
    with entered(system_actor()):
        assert Household.objects.count() == 2


def test_a_number_that_somebody_else_has_is_a_fault_that_does_not_say_where(clerk, actor):
    other = actor("township", 500242102000)
    choose(bring(other, sheet([person(1, village="500242102200")])), other, "all")
    row = bring(clerk, sheet(people(2)))
    assert faults_of(row) == [(2, "id_number")]


def test_rows_are_written_by_one_action_with_its_counts_on_the_trail(clerk):
    row = choose(bring(clerk, sheet(people(4))), clerk, "all")
    with entered(system_actor()):
        entries = Entry.objects.filter(action="residents.write_import", subject_id=row.pk)
        assert [(entry.after, entry.region) for entry in entries] == [({"residents": 4, "households": 2, "present": 0, "part": None}, TOWNSHIP)]
        assert list(ImportPart.objects.values_list("content", "rows")) == [(None, 4)]


def test_a_cancelled_set_writes_nothing_more(clerk):
    from weimin.actions.act import act

    row = bring(clerk, sheet(people(4)))
    act(clerk, "residents.cancel_import", {}, "cancel", target=row.pk, now=timezone.now())
    assert names() == []
    with entered(system_actor()):
        row.refresh_from_db()
        assert (row.state, ImportPart.objects.count()) == ("cancelled", 0)
