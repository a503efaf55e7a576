"""Programs export and bring in health records: with the scope, for posts of health, through the actions of the house."""

from __future__ import annotations

from typing import Any

import pytest

from weimin.exchange.packing import to_json
from weimin.exchange.tests.builders import make_full_record
from weimin.exchange.tests.examples import BORN, NUMBER, a_bundle
from weimin.exchange.validating import faults_of
from weimin.health.models import HealthRecord
from weimin.residents.tests.builders import make_resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X9"), pytest.mark.req("H9")]
VILLAGE = 500242101200
WHY = {"reason": "迁往外县，随迁移交", "release": "R4", "full": True}
KEY = {"Idempotency-Key": "k1"}


@pytest.fixture
def record(jurisdiction: Any) -> HealthRecord:
    with entered(system_actor()):
        return make_full_record(VILLAGE)


def post(client: Any, url: str, body: Any, **headers: str) -> Any:
    return client.post(url, body if isinstance(body, bytes) else to_json(body), content_type="application/json", headers=KEY | headers)


def test_an_export_answers_with_the_bundle_and_gives_it_again(record: HealthRecord, caller: Any) -> None:
    client, url = caller("doctor", VILLAGE), f"/api/v1/health/records/{record.pk}/bundle"
    assert client.get(url).status_code == 404
    first, again = post(client, url, WHY), post(client, url, WHY)
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert faults_of(first.json(), "R4") == []
    assert client.get(url).json() == first.json()


def test_an_export_wants_a_reason(record: HealthRecord, caller: Any) -> None:
    answer = post(caller("doctor", VILLAGE), f"/api/v1/health/records/{record.pk}/bundle", {})
    assert (answer.status_code, [row["field"] for row in answer.json()["errors"]]) == (422, ["reason"])


@pytest.mark.parametrize(("role", "scopes", "status"), [
    ("township", None, 403), ("health_bureau", None, 403), ("doctor", ["residents:read"], 403), ("hospital", ["health:exchange"], 201),
])  # fmt: skip
def test_scope_and_post_decide(record: HealthRecord, caller: Any, role: str, scopes: Any, status: int) -> None:
    assert post(caller(role, VILLAGE, scopes), f"/api/v1/health/records/{record.pk}/bundle", WHY).status_code == status


def test_a_bundle_is_brought_in_read_and_taken_in(jurisdiction: Any, caller: Any) -> None:
    client = caller("doctor", VILLAGE)
    with entered(system_actor()):
        resident = make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number=NUMBER)
    receipt = post(client, "/api/v1/health/bundles", a_bundle()).json()
    number = receipt["subject"]["id"]
    seen = client.get(f"/api/v1/health/bundles/{number}").json()
    assert (seen["state"], seen["resident"], seen["differences"]) == ("waiting", resident.pk, [])
    assert {"kind": "visit", "new": 1, "same": 0, "differs": 0, "refused": 0} in seen["counts"]
    done = post(client, f"/api/v1/actions/exchange.apply_bundle/{number}", {}, **{"Idempotency-Key": "k2"})
    assert (done.status_code, client.get(f"/api/v1/health/bundles/{number}").json()["state"]) == (201, "applied")


@pytest.mark.parametrize(("body", "kind", "status"), [
    (b"{", "application/json", 422), (b"{}", "application/json", 422), (b"{}", "text/plain", 415), (b"[]", "application/fhir+json", 422),
])  # fmt: skip
def test_what_is_no_bundle_is_refused(jurisdiction: Any, caller: Any, body: bytes, kind: str, status: int) -> None:
    answer = caller("doctor", VILLAGE).post("/api/v1/health/bundles", body, content_type=kind, headers=KEY)
    assert answer.status_code == status
    assert answer.json()["detail"].strip()


def test_a_bundle_of_elsewhere_is_missing(jurisdiction: Any, caller: Any) -> None:
    number = post(caller("doctor", VILLAGE), "/api/v1/health/bundles", a_bundle()).json()["subject"]["id"]
    assert caller("doctor", 500242102200).get(f"/api/v1/health/bundles/{number}").status_code == 404
