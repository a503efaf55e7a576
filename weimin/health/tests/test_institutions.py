"""Which institution and which doctor answer for somebody, and what is counted by them (H1, H10)."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.health import counted, joining
from weimin.health.models import Care, Due, HealthRecord
from weimin.health.queries import institutions
from weimin.health.queries.institutions import catchments, institution_for
from weimin.health.tests.builders import act_now, make_care, make_due, make_record
from weimin.health.tests.examples.care import VISIT
from weimin.health.tests.examples.records import assigned
from weimin.residents.tests.builders import TODAY, make_resident
from weimin.sites.tests.builders import make_site

pytestmark = pytest.mark.req("H10")
VILLAGE, NEXT, TOWNSHIP, OTHER = 500242101200, 500242101201, 500242101000, 500242102200


def institution(region, name, **over):
    return make_site(region=region, name=name, tier="institution", **{"state": "open", "opened_on": date(2020, 1, 1), **over})


@pytest.fixture
def centre(everywhere):
    return institution(TOWNSHIP, "龙潭镇卫生院")


def test_the_station_of_a_village_answers_else_the_centre_of_its_township(centre):
    station = institution(VILLAGE, "大坡村卫生室")
    institution(NEXT, "还没开的卫生室", state="building", opened_on=None)
    assert catchments([VILLAGE, NEXT, OTHER]) == {VILLAGE: station.pk, NEXT: centre.pk}


def test_a_township_with_stations_only_still_has_one_that_answers(everywhere):
    station = institution(NEXT, "村卫生室")
    assert (institution_for(VILLAGE), institution_for(OTHER)) == (station.pk, None)


def test_what_a_room_above_decided_comes_first(centre, monkeypatch):
    other = institution(OTHER, "邻镇卫生院")
    monkeypatch.setattr(joining, "ANSWERING", [lambda regions: {VILLAGE: other.pk}])
    monkeypatch.setattr(institutions, "ANSWERING", joining.ANSWERING)
    assert catchments([VILLAGE, NEXT]) == {VILLAGE: other.pk, NEXT: centre.pk}


def test_a_record_is_opened_at_the_institution_of_the_place_by_a_doctor_who_does_not_see_it(centre, actor):
    person = make_resident(VILLAGE)
    act_now(actor("doctor", VILLAGE), "health.open_record", {"opened_on": "2026-11-20"}, target=person.pk)
    assert HealthRecord.objects.get().institution == centre.pk


def test_another_village_means_another_institution_and_no_doctor_yet(centre, actor):
    station = institution(NEXT, "村卫生室")
    record = make_record(VILLAGE, institution=centre.pk, doctor=7)
    make_care(record, doctor=7), make_due(record, doctor=7)
    data = {"on": "2026-11-20", "proof": "租房", "place": str(NEXT), "address": "5组1号"}
    act_now(actor("township", TOWNSHIP), "residents.move_home", data, target=record.resident_id)
    record.refresh_from_db()
    assert (record.institution, record.doctor, Care.objects.get().institution, Due.objects.get().doctor) == (station.pk, None, station.pk, None)


def test_the_institution_says_who_answers(everywhere, actor):
    who = actor("institution", TOWNSHIP)
    number, data = assigned(who, TOWNSHIP)
    record = HealthRecord.objects.get(pk=number)
    make_care(record), make_due(record)
    act_now(who, "health.assign", data, target=number)
    assert {HealthRecord.objects.get().doctor, Care.objects.get().doctor, Due.objects.get().doctor} == {int(data["doctor"])}


def test_whoever_visits_a_record_that_nobody_answers_for_takes_it(everywhere, actor):
    doctor, record = actor("doctor", VILLAGE), make_record(VILLAGE)
    make_care(record)
    act_now(doctor, "health.record_visit", VISIT, target=record.pk)
    record.refresh_from_db()
    assert (record.doctor, Due.objects.get(state="open").doctor) == (doctor.person, doctor.person)


def test_figures_stand_by_institution_and_who_has_no_record_counts_for_the_one_of_the_place(centre, actor):
    station = institution(VILLAGE, "大坡村卫生室")
    make_record(VILLAGE, institution=centre.pk)
    make_resident(VILLAGE), make_resident(NEXT)
    found = counted.institutions(actor("institution", TOWNSHIP), "health.record_rate", TOWNSHIP, TODAY)
    assert [(row.name, row.numerator, row.denominator) for row in found] == [("龙潭镇卫生院", 1, 2), ("大坡村卫生室", 0, 1)]
    assert station.pk in {row.key for row in found}


def test_once_villages_are_given_out_nobody_is_judged_by_the_others(centre, actor, monkeypatch):
    other = institution(OTHER, "邻镇卫生院")
    monkeypatch.setattr(institutions, "ANSWERING", [lambda regions: {VILLAGE: other.pk}])
    make_resident(VILLAGE), make_resident(NEXT)
    found = counted.institutions(actor("institution", TOWNSHIP), "health.record_rate", TOWNSHIP, TODAY)
    assert [(row.name, row.denominator) for row in found] == [("邻镇卫生院", 1), ("", 1)]


def test_doctors_stand_by_their_names(everywhere, actor):
    doctor = actor("doctor", VILLAGE, "田医生")
    make_record(VILLAGE, doctor=doctor.person)
    make_resident(VILLAGE)
    assert [(row.name, row.numerator, row.denominator) for row in counted.doctors("health.record_rate", VILLAGE, TODAY)] == [("田医生", 1, 1), ("", 0, 1)]


def test_the_page_names_institutions(centre, client_as):
    make_record(VILLAGE)
    page = client_as("institution", TOWNSHIP).get("/health/indicators/?code=health.record_rate").content.decode()
    assert "龙潭镇卫生院" in page
