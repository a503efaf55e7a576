"""Invented residents: sound, plausible, the same for a seed, and written once."""

from datetime import date

import polars as pl
import pytest

from weimin.residents.inventing.settling import invent, invented
from weimin.residents.models import GroupMembership, Household, Resident
from weimin.residents.rules import check_id_number, check_phone, facts_of_id_number
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

TODAY = date(2026, 11, 23)
VILLAGES = [500242101200, 500242101201]


@pytest.fixture
def people(jurisdiction) -> pl.DataFrame:
    return pl.concat(list(invented(VILLAGES, 600, 7, TODAY)))


def test_everybody_has_a_sound_number_of_their_own_that_says_what_the_row_says(people):
    assert people["id_number"].is_unique().all()
    for row in people.to_dicts():
        facts = facts_of_id_number(row["id_number"])
        assert (check_id_number(row["id_number"], "id_card", TODAY), check_phone(row["phone"])) == ("", "")
        assert (facts.region6, facts.birth_on, facts.gender) == (500242, row["birth_on"], row["gender"])


def test_a_household_has_one_head_and_at_most_six_members(people):
    homes = people.group_by("household").agg((pl.col("relation") == "户主").sum().alias("heads"), pl.len().alias("size"))
    assert homes["heads"].unique().to_list() == [1]
    assert homes["size"].min() >= 1 and homes["size"].max() <= 6


def test_the_village_is_as_old_as_villages_are(people):
    over_sixty = people.filter(pl.col("birth_on") < date(1966, 11, 23)).height / people.height
    children = people.filter(pl.col("birth_on") > date(2010, 11, 23)).height / people.height
    assert 0.2 < over_sixty < 0.4
    assert 0.1 < children < 0.25


def test_an_autonomous_county_is_mostly_of_the_peoples_it_is_named_after(people):
    peoples = dict(people["ethnicity"].value_counts().iter_rows())
    assert peoples["土家族"] > peoples["苗族"] > peoples["汉族"]


def test_the_same_seed_gives_the_same_people_and_another_seed_others(people):
    assert pl.concat(list(invented(VILLAGES, 600, 7, TODAY))).equals(people)
    assert not pl.concat(list(invented(VILLAGES, 600, 8, TODAY))).equals(people)


@pytest.mark.req("A1")
def test_invented_people_are_written_once_with_households_groups_and_their_mark(jurisdiction):
    with entered(system_actor()):
        assert invent(VILLAGES, 50, 7, TODAY) == 100
        assert invent(VILLAGES, 50, 7, TODAY) == 0
        counts = (
            Resident.objects.filter(source="演示数据").count(),
            Household.objects.filter(head_name="").count(),
            Resident.objects.filter(household=None).count(),
        )
        assert counts == (100, 0, 0)
        assert GroupMembership.objects.exists()
        resident = Resident.objects.filter(phone__isnull=False).first()
        assert resident.phone.startswith("154")
        assert (resident.pinyin != "", resident.initials != "", resident.id_number[:6]) == (True, True, "500242")
