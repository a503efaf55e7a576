"""Residents by token: inside the range, masked, by role and scope."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.residents.tests.builders import make_family, make_resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X9", "X4")]
SEARCH = "/api/v1/residents/search"


def search(client: Any, **wanted: Any) -> Any:
    return client.post(SEARCH, json.dumps(wanted), content_type="application/json")


@pytest.fixture
def neighbours(jurisdiction: Any, places: Any) -> tuple[Any, Any]:
    """One of the same name in the first township, one in the other."""
    with entered(system_actor()):
        return make_resident(places.village, "冉小红"), make_resident(places.other_village, "冉小红")


def test_a_search_finds_what_is_inside_the_range(caller, places, neighbours):
    found = search(caller("township", places.township), q="冉小红").json()["items"]
    assert [row["id"] for row in found] == [neighbours[0].pk]


def test_identifiers_are_masked(caller, places, neighbours):
    client = caller("township", places.township)
    answer = client.get(f"/api/v1/residents/{neighbours[0].pk}")
    assert (answer.json()["phone"], answer.json()["id_number"][6:10]) == ("138****1111", "****")
    assert neighbours[0].id_number not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_whole_number_is_found_and_still_masked(caller, places, neighbours):
    answer = search(caller("township", places.township), q=neighbours[0].id_number)
    assert [row["id"] for row in answer.json()["items"]] == [neighbours[0].pk]
    assert neighbours[0].id_number not in answer.content.decode()


def test_one_of_another_township_is_missing(caller, places, neighbours):
    client = caller("township", places.township)
    foreign, missing = (client.get(f"/api/v1/residents/{number}") for number in (neighbours[1].pk, 987654321))
    assert {**foreign.json(), "request": ""} == {**missing.json(), "request": ""}
    assert foreign.status_code == 404


@pytest.mark.parametrize(
    ("role", "seat", "status"), [("village", "village", 200), ("county_office", "county", 200), ("finance", "county", 404), ("operator", "village", 404)]
)
def test_the_role_of_the_post_decides_whatever_the_scopes_say(caller, places, neighbours, role, seat, status):
    assert caller(role, getattr(places, seat)).get(f"/api/v1/residents/{neighbours[0].pk}").status_code == status


def test_without_the_scope_it_is_403_and_says_nothing(caller, places, neighbours):
    client = caller("township", places.township, ["catalogue:read", "actions:sites.*"])
    answers = [client.get(f"/api/v1/residents/{number}") for number in (neighbours[0].pk, 987654321)]
    assert [answer.status_code for answer in answers] == [403, 403]


def test_a_longer_list_asks_no_more_questions(caller, places, neighbours):
    client = caller("township", places.township)
    counts = []
    for _ in range(2):
        search(client, q="冉小红")
        with CaptureQueriesContext(connection) as caught:
            search(client, q="冉小红")
        counts.append(len(caught))
        with entered(system_actor()):
            [make_resident(places.village, "冉小红") for _ in range(8)]
    assert counts[0] == counts[1]


def test_a_resident_comes_with_the_household(caller, places, jurisdiction):
    with entered(system_actor()):
        _household, members = make_family(places.village)
    found = caller("village", places.village).get(f"/api/v1/residents/{members[1].pk}").json()
    assert [row["relation"] for row in found["members"]] == ["户主", "配偶", "子"]


@pytest.mark.parametrize("wanted", [{}, {"q": "冉" * 61}, {"q": "冉", "limit": 51}, {"q": 1}], ids=str)
def test_a_search_of_the_wrong_shape_is_a_422_that_names_the_field(caller, places, wanted):
    answer = search(caller("township", places.township), **wanted)
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["errors"][0]["field"] in ("q", "limit")
