"""The catalogue by token."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.catalogue.tests.builders import make_version
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X9")]


def test_an_item_is_listed_and_read(caller, places):
    client = caller("village", places.village)
    with entered(system_actor()):
        version = make_version(code="CV0001")
    [line] = client.get("/api/v1/catalogue").json()["items"]
    assert (line["code"], line["name"], line["version"]) == ("CV0001", version.content.name, version.number)
    assert client.get("/api/v1/catalogue/CV0001").json()["content"] == version.content.model_dump(mode="json")


@pytest.mark.parametrize(("code", "status"), [("ZZ9999", 404), ("nothing", 422), ("%00", 422)])
def test_an_item_that_does_not_exist(caller, places, code, status):
    assert caller("village", places.village).get(f"/api/v1/catalogue/{code}").status_code == status


def test_a_longer_catalogue_asks_no_more_questions(caller, places):
    client, counts = caller("village", places.village), []
    for number in (1, 2):
        with entered(system_actor()):
            [make_version(code=f"CV{number}00{row}") for row in range(3)]
        client.get("/api/v1/catalogue")
        with CaptureQueriesContext(connection) as caught:
            assert len(client.get("/api/v1/catalogue").json()["items"]) == 3 * number
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 12
