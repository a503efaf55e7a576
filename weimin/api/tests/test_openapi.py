"""The description of the API is whole, and the API does what it says: called with what it allows and with what it forbids."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from proofs.attack import WANTED
from schemathesis.generation import GenerationMode

from weimin.accounts.models import Post
from weimin.api.tests.builders import EVERYTHING, make_token
from weimin.api.urls import service
from weimin.cases.tests.builders import make_case
from weimin.residents.tests.builders import make_resident
from weimin.sites.tests.builders import make_site
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X9")]
EXAMPLES = max(12, WANTED // 50)  # there are about fifty calls, allowed and forbidden


def document() -> dict[str, Any]:
    return dict(service.get_openapi_schema())


OPERATIONS = [(path, method) for path, methods in document()["paths"].items() for method in methods]


@pytest.fixture
def application() -> Iterator[WSGIHandler]:
    """The house as a server calls it; the connection, which the test has a transaction on, stays open between requests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def bearer(jurisdiction: Any, make_post: Any, places: Any) -> dict[str, str]:
    """The token of a township clerk with every scope, and something to find."""
    post: Post = make_post("township", places.township)
    with entered(system_actor()):
        for state in ("received", "supplement", "decide"):
            make_case(places.village, state)
        make_resident(places.village)
        make_site(region=places.village)
    return {"Authorization": "Bearer " + make_token(post, [*EVERYTHING, "actions:sites.*", "actions:cases.*", "actions:messages.*"])}


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda part: part)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_operation_answers_as_described_and_never_with_a_fault(
    path: str, method: str, mode: GenerationMode, bearer: dict[str, str], application: WSGIHandler
) -> None:
    schema = schemathesis.openapi.from_dict(document())
    schema.app = application
    operation = schema[path][method]

    @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=not WANTED, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        case.call_and_validate(headers=bearer)

    call()


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda part: part)
def test_every_operation_says_what_it_does_takes_and_answers(path: str, method: str) -> None:
    operation = document()["paths"][path][method]
    assert len(operation["description"]) > 20 and operation["summary"]
    assert [one["name"] for one in operation["parameters"] if not one.get("description")] == []
    assert {"401", "403"} <= {str(status) for status in operation["responses"]}
    assert operation["security"][0].keys() == {"Bearer"}
    faults = {content for status, one in operation["responses"].items() if int(status) >= 400 for content in one["content"]}
    assert faults == {"application/problem+json"}


def test_every_write_wants_a_key() -> None:
    reads = {"search_residents", "search_cases"}
    posts = [operation for methods in document()["paths"].values() for method, operation in methods.items() if method == "post"]
    without = {one["operationId"] for one in posts if "Idempotency-Key" not in {parameter["name"] for parameter in one["parameters"]}}
    assert without == reads


def test_the_description_is_served_without_a_token_and_without_foreign_addresses(jurisdiction: Any) -> None:
    client = Client()
    assert client.get("/api/v1/openapi.json").json() == json.loads(json.dumps(document()))
    page = client.get("/api/v1/docs/").content.decode()
    assert "POST /api/v1/cases" in page
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []


def test_an_address_that_does_not_exist_is_a_problem_too(jurisdiction: Any) -> None:
    answer = Client().get("/api/v1/nothing")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_a_fault_is_a_problem_with_the_number_to_quote(jurisdiction: Any, bearer: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weimin.api.endpoints.cases.list_cases", None)
    answer = Client(raise_request_exception=False, headers=bearer).get("/api/v1/cases")
    assert (answer.status_code, answer.json()["code"]) == (500, "fault")
    assert answer.json()["request"] == answer.headers["X-Request-ID"]
