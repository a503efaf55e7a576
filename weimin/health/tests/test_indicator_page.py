"""The page of indicators: down to the persons for those who care for them, never for others."""

import pytest

from weimin.health.models import HealthRecord
from weimin.residents.tests.builders import TODAY, make_resident
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.req("H10")


@pytest.fixture
def two_people(jurisdiction, places):
    with entered(system_actor()):
        with_record = make_resident(places.village, "冉小红")
        make_resident(places.village, "田大山", phone="13900002222")
        facts = {"number": "50024210120000001", "opened_on": TODAY, "opened_by": "张三"}
        return HealthRecord.objects.create(resident=with_record, region=places.village, **facts)


def body(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_doctor_sees_who_has_no_record_yet(two_people, client_as, places):
    client = client_as("doctor", places.village)
    text = body(client, f"/health/indicators/?place={places.village}&code=health.record_rate")
    assert "139****2222" in text
    assert "13900002222" not in text
    assert "138****1111" not in text
    assert "138****1111" in body(client, f"/health/indicators/?place={places.village}&code=health.record_rate&reached=yes")


def test_the_bureau_sees_figures_and_no_persons(two_people, client_as, places):
    client = client_as("health_bureau", places.county)
    assert "139****2222" not in body(client, f"/health/indicators/?place={places.village}")
    assert client.get(f"/health/indicators/?place={places.village}&excel=1").status_code == 403


def test_an_export_is_on_the_trail(two_people, client_as, places):
    answer = client_as("institution", places.township).get(f"/health/indicators/?place={places.village}&excel=1")
    assert answer.content[:2] == b"PK"
    with entered(system_actor()):
        assert Entry.objects.filter(action="health.indicator_persons").count() == 1


def test_another_township_is_not_opened(two_people, client_as, places):
    assert "139****2222" not in body(client_as("doctor", places.other_village), f"/health/indicators/?place={places.village}")


@pytest.mark.parametrize("role", ["village", "township", "administrator"])
def test_who_has_nothing_to_do_with_health_is_refused(two_people, client_as, places, role):
    region = {"village": places.village, "township": places.township, "administrator": places.county}[role]
    assert client_as(role, region).get("/health/indicators/").status_code == 403


def test_an_estimated_denominator_says_what_it_rests_on(two_people, client_as, places):
    page = body(client_as("health_bureau", places.county), "/health/indicators/?code=health.hypertension_managed")
    assert "27.9%" in page and "还没有核实" in page
    assert "还没有核实" not in body(client_as("health_bureau", places.county), "/health/indicators/?code=health.record_rate")
