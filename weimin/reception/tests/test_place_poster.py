"""The poster with the code of a place's public page."""

import subprocess

import pytest

from weimin.papers.content import QR
from weimin.reception.papers import place_poster
from weimin.reception.tests.builders import make_centre
from weimin.sites.rules import place_served
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("P4")]


@pytest.fixture
def centre(jurisdiction, places):
    """Of the township, in one of its villages."""
    with entered(system_actor()):
        return make_centre(places.village, name="龙潭镇便民服务中心", tier="township_centre")


@pytest.mark.parametrize(
    ("tier", "region", "place"),
    [
        ("village_station", 500242101200, 500242101200), ("township_centre", 500242101200, 500242101000), ("township_centre", 500242101000, 500242101000),
        ("institution", 500242101200, 500242101200), ("county_centre", 500242000000, None),
    ],
)  # fmt: skip
def test_a_site_belongs_to_the_page_of_its_village_and_a_centre_to_that_of_its_township(tier, region, place):
    assert place_served(tier, region) == place


def test_the_poster_is_one_page_with_the_name_of_the_place_and_its_address(centre, client_as, places):
    client = client_as("window", places.township)
    assert f'href="/reception/{centre.pk}/place.pdf"' in client.get(f"/reception/{centre.pk}/").content.decode()
    content = client.get(f"/reception/{centre.pk}/place.pdf").content
    said = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    words = "".join(said.split())
    assert (said.count("\f"), "龙潭镇" in words, f"/public/500242000000/places/{places.township}/" in words) == (1, True, True)


def test_the_code_on_the_poster_is_the_address(centre):
    address = "https://bianmin.example/public/500242000000/places/500242101000/"
    assert [block.text for block in place_poster(centre, "龙潭镇", address).blocks if isinstance(block, QR)] == [address]


def test_a_centre_of_another_township_has_no_poster_here(centre, client_as, places):
    assert client_as("window", places.other_township).get(f"/reception/{centre.pk}/place.pdf").status_code == 404


def test_a_centre_of_the_county_has_no_page_and_no_poster(jurisdiction, client_as, places):
    with entered(system_actor()):
        site = make_centre(places.county, name="县政务服务中心", tier="county_centre")
    client = client_as("lead_office", places.county)
    assert "place.pdf" not in client.get(f"/reception/{site.pk}/").content.decode()
    assert client.get(f"/reception/{site.pk}/place.pdf").status_code == 404
