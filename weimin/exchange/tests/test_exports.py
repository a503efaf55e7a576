"""A record goes out with a reason, for posts of health in range, and the file is whose it was made by."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from weimin.actions.act import act
from weimin.exchange.jobs import empty
from weimin.exchange.models import Exchange
from weimin.exchange.tests.builders import file_of, make_full_record
from weimin.exchange.validating import faults_of
from weimin.health.models import HealthRecord
from weimin.residents.tests.builders import NOW
from weimin.trail.models import Entry
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import InputInvalid, NotAllowed, NotVisible
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("H9")]
VILLAGE = 500242101200
DATA = {"reason": "迁往外县，随迁移交", "release": "R5"}


@pytest.fixture
def record(everywhere: None) -> HealthRecord:
    return make_full_record(VILLAGE)


def export(who: Actor, record: HealthRecord, **over: str) -> Exchange:
    receipt = act(who, "exchange.export_record", DATA | over, "out", target=record.pk, now=NOW)
    return Exchange.objects.get(pk=receipt.subject_id)


@pytest.mark.parametrize("release", ["R5", "R4"])
def test_what_goes_out_is_sound(record: HealthRecord, actor: Any, release: str) -> None:
    row = export(actor("doctor", VILLAGE), record, release=release, full="on")
    assert faults_of(file_of(row), release) == []
    assert row.said == {"care": 3, "visit": 3, "due": 2, "self_care": 1, "examination": 2, "abnormal": 1, "referral": 1, "file": 0}


def test_provenance_says_who_from_which_post_and_why(record: HealthRecord, actor: Any) -> None:
    bundle = file_of(export(actor("doctor", VILLAGE, "李医生"), record))
    proof = bundle["entry"][-1]["resource"]
    agent = proof["agent"][0]
    assert (proof["resourceType"], datetime.fromisoformat(proof["recorded"])) == ("Provenance", NOW)
    assert (agent["who"]["display"], agent["role"][0]["text"], agent["onBehalfOf"]["display"]) == ("李医生", "基层医生 · 包家村", "酉阳土家族苗族自治县")
    assert proof["extension"] == [{"url": "urn:weimin:fhir:provenance:reason", "valueString": "迁往外县，随迁移交"}]


def test_a_reason_is_needed(record: HealthRecord, actor: Any) -> None:
    with pytest.raises(InputInvalid):
        export(actor("doctor", VILLAGE), record, reason="")
    assert Exchange.objects.count() == 0


def test_the_trail_has_the_reason_and_no_name_in_full(record: HealthRecord, actor: Any) -> None:
    export(actor("doctor", VILLAGE), record)
    entry = Entry.objects.get(action="exchange.export_record")
    assert (entry.reason, entry.after["name"], entry.after["full"]) == ("迁往外县，随迁移交", "冉*兰", False)


@pytest.mark.parametrize("role", ["health_bureau", "village", "township", "lead_office", "administrator", "leader", "auditor"])
def test_other_posts_do_not_export(record: HealthRecord, actor: Any, role: str) -> None:
    with pytest.raises(NotAllowed):
        export(actor(role, VILLAGE), record)


def test_a_record_elsewhere_is_missing(record: HealthRecord, actor: Any) -> None:
    with pytest.raises(NotVisible):
        export(actor("doctor", 500242102200), record)


def test_the_file_is_for_whoever_made_it_and_each_download_is_on_the_trail(record: HealthRecord, client_as: Any) -> None:
    client, other = client_as("doctor", VILLAGE), client_as("doctor", VILLAGE, "杨医生")
    client.post(f"/act/exchange.export_record/{record.pk}/", DATA | {"key": "k"})
    with entered(system_actor()):
        row = Exchange.objects.get()
    answer = client.get(f"/exchange/{row.pk}/bundle.json")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"].split(",")[0]) == (200, "application/fhir+json; charset=utf-8", "max-age=0")
    assert json.loads(answer.content)["type"] == "document"
    assert other.get(f"/exchange/{row.pk}/").status_code == 200
    assert other.get(f"/exchange/{row.pk}/bundle.json").status_code == 404
    with entered(system_actor()):
        assert Entry.objects.filter(action="exchange.download").values_list("reason", flat=True).get() == "迁往外县，随迁移交"


@pytest.mark.parametrize(("role", "status"), [("health_bureau", 200), ("village", 403), ("administrator", 403), ("lead_office", 403)])
def test_the_history_is_for_posts_of_health(record: HealthRecord, client_as: Any, role: str, status: int) -> None:
    assert client_as(role, VILLAGE).get("/exchange/").status_code == status


def test_the_page_of_the_record_shows_what_was_exchanged(record: HealthRecord, actor: Any, client_as: Any) -> None:
    row = export(actor("doctor", VILLAGE), record)
    assert f"/exchange/{row.pk}/" in client_as("doctor", VILLAGE).get(f"/health/{record.pk}/").content.decode()


def test_a_month_later_the_file_is_gone_and_the_line_is_not(record: HealthRecord, actor: Any) -> None:
    row = export(actor("doctor", VILLAGE), record)
    with entered(system_actor()):
        assert empty(None, NOW + timedelta(days=29)) == 0
        assert (empty(None, NOW + timedelta(days=31)), empty(None, NOW + timedelta(days=31))) == (1, 0)
    row.refresh_from_db()
    assert (row.state, row.content) == ("made", None)
