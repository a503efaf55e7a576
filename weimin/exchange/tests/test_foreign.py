"""A bundle of another system: the doctor sees what it says as from elsewhere; it never becomes a visit of ours (H9)."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from weimin.exchange.incoming import look
from weimin.exchange.models import Elsewhere, Exchange
from weimin.exchange.packing import to_json
from weimin.exchange.reviewing import review
from weimin.exchange.rules_foreign import amount
from weimin.exchange.tests.builders import bring, take_in
from weimin.exchange.tests.examples import BORN, NUMBER
from weimin.health.models import HealthRecord, Visit
from weimin.health.queries import timeline
from weimin.health.tests.builders import make_care, make_record, make_visit
from weimin.indicators.registry import INDICATORS
from weimin.residents.tests.builders import TODAY, make_resident
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("H9")]
VILLAGE, OTHER = 500242101200, 500242102200
SERVER = "https://hospital.example/fhir"
LOINC, ICD = "http://loinc.org", "http://hl7.org/fhir/sid/icd-10"
UCUM = "http://unitsofmeasure.org"


def observation(number: int, code: str, value: float, unit: str, on: str = "2026-11-01", **over: Any) -> dict[str, Any]:
    quantity = {"value": value, "unit": unit, "system": UCUM, "code": unit}
    facts = {"status": "final", "code": {"coding": [{"system": LOINC, "code": code}]}, "effectiveDateTime": on, "valueQuantity": quantity}
    return {"resourceType": "Observation", "id": f"o{number}", "subject": {"reference": "Patient/p1"}, **facts, **over}


def pressure(number: int, high: int, low: int, on: str = "2026-11-01") -> dict[str, Any]:
    parts = [("8480-6", high), ("8462-4", low)]
    panel = [
        {"code": {"coding": [{"system": LOINC, "code": code}]}, "valueQuantity": {"value": value, "unit": "mmHg", "system": UCUM, "code": "mm[Hg]"}}
        for code, value in parts
    ]
    found = observation(number, "85354-9", 0, "", on) | {"component": panel}
    found.pop("valueQuantity")
    return found


def condition(number: int, code: str, state: str = "active", **over: Any) -> dict[str, Any]:
    system = "http://terminology.hl7.org/CodeSystem/condition-clinical"
    facts = {
        "clinicalStatus": {"coding": [{"system": system, "code": state}]},
        "code": {"coding": [{"system": ICD, "code": code}]},
        "onsetDateTime": "2025-03-01",
    }
    return {"resourceType": "Condition", "id": f"c{number}", "subject": {"reference": "Patient/p1"}, **facts, **over}


def encounter(on: str = "2026-10-05") -> dict[str, Any]:
    kind = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"}
    return {
        "resourceType": "Encounter", "id": "e1", "status": "finished", "class": kind, "subject": {"reference": "Patient/p1"}, "period": {"start": f"{on}T08:00:00+08:00"},
        "serviceProvider": {"display": "县人民医院"},
    }  # fmt: skip


PATIENT: dict[str, Any] = {
    "resourceType": "Patient", "id": "p1", "identifier": [{"system": f"{SERVER}/mrn", "value": "M-77"}, {"system": "urn:oid:1.2.3", "value": NUMBER}],
    "name": [{"family": "冉", "given": ["桂兰"]}], "gender": "female", "birthDate": BORN.isoformat(),
}  # fmt: skip
HOSPITAL = {"resourceType": "Organization", "id": "h1", "name": "县人民医院"}


def foreign(*resources: dict[str, Any], patient: dict[str, Any] = PATIENT, kind: str = "searchset") -> dict[str, Any]:
    """As the `$everything` of a server gives it: R4, without a number of its own."""
    every = [patient, HOSPITAL, *resources]
    return {"resourceType": "Bundle", "type": kind, "entry": [{"fullUrl": f"{SERVER}/{one['resourceType']}/{one['id']}", "resource": one} for one in every]}


def everything() -> dict[str, Any]:
    return foreign(
        pressure(1, 158, 96), observation(2, "2345-7", 126, "mg/dL"), observation(3, "29463-7", 62.4, "kg"), observation(4, "8302-2", 1.58, "m"),
        condition(1, "I10"), condition(2, "E11.9"), encounter(),
        {"resourceType": "AllergyIntolerance", "id": "a1", "patient": {"reference": "Patient/p1"}, "code": {"text": "青霉素"}},
    )  # fmt: skip


@pytest.fixture
def doctor(everywhere: None, actor: Any) -> Actor:
    return actor("doctor", VILLAGE)


@pytest.fixture
def record(everywhere: None) -> HealthRecord:
    return make_record(VILLAGE, resident=make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number=NUMBER, gender="f"))


def test_what_can_be_read_is_read_in_our_units_and_the_rest_is_counted(doctor: Actor) -> None:
    content, release = look(to_json(everything()), TODAY)
    said = {(row["kind"], row["code"], row["value"], row["on"].isoformat()) for row in content.elsewhere}
    assert said == {
        ("value", "systolic", "158", "2026-11-01"), ("value", "diastolic", "96", "2026-11-01"), ("value", "glucose", "7.0", "2026-11-01"),
        ("value", "weight", "62.4", "2026-11-01"), ("value", "height", "158.0", "2026-11-01"), ("disease", "hypertension", "", "2025-03-01"),
        ("disease", "diabetes", "", "2025-03-01"), ("visit", "IMP", "", "2026-10-05"),
    }  # fmt: skip
    assert (release, content.foreign, content.left, content.source["institution"]) == ("R4", True, {"AllergyIntolerance": 1}, "县人民医院")
    assert (content.person["name"], content.person["id_number"], content.person["gender"]) == ("冉桂兰", NUMBER, "f")


def test_the_person_is_known_by_the_identity_number_whatever_its_system_is_called(doctor: Actor, record: HealthRecord) -> None:
    found = review(doctor, bring(doctor, everything()), None)
    assert found is not None and (found.match.by, found.resident) == ("number", record.resident)


def test_another_name_under_the_same_number_is_shown_as_a_conflict(doctor: Actor, record: HealthRecord, client_as: Any) -> None:
    other = deepcopy(PATIENT) | {"name": [{"text": "冉桂英"}]}
    exchange = bring(doctor, foreign(pressure(1, 130, 80), patient=other))
    page = client_as("doctor", VILLAGE).get(f"/exchange/{exchange.pk}/").content.decode()
    assert "和居民登记不一致" in page and "姓名" in page.split("和居民登记不一致")[1]


def test_it_stands_on_the_time_line_as_from_elsewhere_and_is_no_visit_and_in_no_indicator(doctor: Actor, record: HealthRecord, client_as: Any) -> None:
    make_care(record)
    make_visit(record, on=date(2026, 11, 1))
    codes = ("health.hypertension_control", "health.hypertension_managed", "health.usage_rate")
    before = [INDICATORS[code].measure(VILLAGE, VILLAGE, TODAY) for code in codes]
    take_in(doctor, bring(doctor, everything()))
    with entered(doctor):
        events = [event for event in timeline(doctor, record) if event.what == "来自外系统"]
    assert (Visit.objects.count(), Elsewhere.objects.count(), len(events)) == (1, 8, 3)
    day = next(event for event in events if event.at == date(2026, 11, 1))
    assert (day.who, day.kind) == ("县人民医院", "bad")
    assert day.detail.startswith("收缩压 158 mmHg、舒张压 96 mmHg、血糖 7.0 mmol/L") and "与本地同日的 132 不同" in day.detail
    assert [INDICATORS[code].measure(VILLAGE, VILLAGE, TODAY) for code in codes] == before
    assert "来自外系统" in client_as("doctor", VILLAGE).get(f"/health/{record.pk}/").content.decode()


def test_a_disease_that_is_not_managed_here_and_one_that_is_over_there_are_asked_about(doctor: Actor, record: HealthRecord, client_as: Any) -> None:
    make_care(record)
    exchange = bring(doctor, foreign(condition(1, "I10", "resolved"), condition(2, "E11")))
    page = client_as("doctor", VILLAGE).get(f"/exchange/{exchange.pk}/").content.decode()
    assert all(words in page for words in ("本地仍在管理，请核对", "本地没有登记“2 型糖尿病”", "有 2 条和本地对不上", "不算本地的随访"))


def test_the_same_things_come_once_however_often_and_in_whatever_bundle(doctor: Actor, record: HealthRecord) -> None:
    take_in(doctor, bring(doctor, everything()))
    more = everything()
    more["entry"].append({"fullUrl": f"{SERVER}/Observation/o9", "resource": observation(9, "29463-7", 61, "kg", "2026-11-20")})
    take_in(doctor, bring(doctor, more, "up2"), "in2")
    assert (Elsewhere.objects.count(), Elsewhere.objects.filter(code="weight").count()) == (9, 2)


@pytest.mark.parametrize("spoiled", [
    observation(1, "8480-6", 120, "bar"), observation(1, "8480-6", 1200, "mm[Hg]"), observation(1, "8480-6", 120, "mm[Hg]", "2026"),
    observation(1, "8480-6", 120, "mm[Hg]", status="entered-in-error"), observation(1, "1234-5", 120, "mm[Hg]"), condition(1, "J45"),
])  # fmt: skip
def test_an_unknown_unit_value_day_or_code_is_not_guessed_at(doctor: Actor, record: HealthRecord, spoiled: dict[str, Any]) -> None:
    content, _release = look(to_json(foreign(spoiled)), TODAY)
    assert content.elsewhere == []
    assert content.left == {spoiled["resourceType"]: 1}


@pytest.mark.parametrize(
    ("name", "value", "unit", "said"),
    [
        ("fasting", "99", "mg/dL", "5.5"),
        ("weight", "150", "[lb_av]", "68.0"),
        ("systolic", "16", "kPa", "120"),
        ("height", "65", "[in_i]", "165.1"),
        ("weight", "x", "kg", None),
    ],
)
def test_units_are_brought_to_ours(name: str, value: str, unit: str, said: str | None) -> None:
    assert amount(name, {"value": value, "code": unit}) == said


def test_who_has_no_record_yet_gets_none_from_elsewhere(doctor: Actor) -> None:
    make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number=NUMBER)
    with pytest.raises(RuleBroken, match="请先建档"):
        take_in(doctor, bring(doctor, everything()))
    assert (HealthRecord.objects.count(), Elsewhere.objects.count()) == (0, 0)


def test_two_people_in_one_bundle_are_refused(doctor: Actor) -> None:
    with pytest.raises(RuleBroken, match="2 位居民"):
        bring(doctor, foreign(deepcopy(PATIENT) | {"id": "p2"}))
    assert Exchange.objects.count() == 0


def test_a_doctor_elsewhere_and_a_post_without_the_purpose_see_none_of_it(doctor: Actor, record: HealthRecord, actor: Any) -> None:
    take_in(doctor, bring(doctor, everything()))
    for who in (actor("doctor", OTHER), actor("village", VILLAGE), actor("administrator", 500242000000)):
        with entered(who):
            assert Elsewhere.objects.count() == 0
