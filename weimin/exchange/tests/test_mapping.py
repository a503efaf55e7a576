"""Every content becomes FHIR that `fhir.resources` takes, in both releases, and comes back the same."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from weimin.exchange import kinds_health
from weimin.exchange.collecting import PERSON, RECORD
from weimin.exchange.kinds import KINDS
from weimin.exchange.packing import to_json
from weimin.exchange.rules_bundle import PARTS, Content, build, parse
from weimin.exchange.rules_lines import Unreadable
from weimin.exchange.rules_reading import read_bundle
from weimin.exchange.rules_release import R4, R5, release_of, to_r4, to_r5
from weimin.exchange.tests.builders import SENDER
from weimin.exchange.tests.contents import contents
from weimin.exchange.validating import faults_of
from weimin.health.models import HealthRecord

pytestmark = pytest.mark.req("H9")
FEW = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
# Columns that a bundle does not carry as they are: numbers and references of this place, and copies.
LOCAL = {
    "id", "region", "record", "resident", "place", "township", "doctor", "institution", "corrects", "visit", "care", "examination", "invitation", "due",
    "pairing", "attended", "merged_from", "wait_until", "lane", "ordered_referral",
}  # fmt: skip


def without_places(content: Content) -> dict[str, Any]:
    rows = {
        name: sorted(({key: value for key, value in row.items() if key not in ("at", "also")} for row in found), key=lambda row: row["key"])
        for name, found in content.rows.items()
    }
    person = {name: value for name, value in content.person.items() if name != "masked"}
    return {"person": person, "record": content.record, "rows": rows}


@FEW
@given(contents())
def test_a_record_is_sound_fhir_and_comes_back_as_it_was(content: Content) -> None:
    bundle = build(content, SENDER)
    assert faults_of(bundle, R5) == []
    assert without_places(parse(read_bundle(to_json(bundle)))) == without_places(content)


@FEW
@given(contents())
def test_r4_says_the_same(content: Content) -> None:
    bundle = build(content, SENDER)
    older = to_r4(bundle)
    assert faults_of(older, R4) == []
    assert release_of(older) == R4 and release_of(bundle) == R5
    assert to_r5(read_bundle(to_json(older))) == read_bundle(to_json(bundle))


@FEW
@given(contents(), st.randoms(use_true_random=False))
def test_a_platform_that_renames_and_shuffles_resources_loses_nothing(content: Content, chance: Any) -> None:
    bundle = build(content, SENDER)
    text = json.dumps(json.loads(to_json(bundle)))
    for number, entry in enumerate(bundle["entry"]):
        kind = entry["resource"]["resourceType"]
        text = text.replace(entry["fullUrl"], f"https://platform.example/fhir/{kind}/{number}")
        text = text.replace(f'"id": "{entry["resource"]["id"]}"', f'"id": "{number}", "meta": {{"versionId": "3"}}')
    other = json.loads(text)
    chance.shuffle(other["entry"])
    assert without_places(parse(read_bundle(json.dumps(other).encode()))) == without_places(content)


def test_masked_numbers_are_not_in_the_bundle() -> None:
    content = Content(
        {"name": "冉桂兰", "gender": "f", "birth_on": date(1955, 3, 8), "id_kind": "id_card", "id_number": "110105194912310021", "phone": "13900001111"},
        {"key": "urn:weimin:1:record|5"},
    )
    bundle = build(content, SENDER.__class__(**{**SENDER.__dict__, "full": False}))
    assert faults_of(bundle, R5) == [] and faults_of(to_r4(bundle), R4) == []
    assert b"110105" not in to_json(bundle) and b"1390000" not in to_json(bundle)
    person = parse(read_bundle(to_json(bundle))).person
    assert (person["id_number"], person["phone"], person["masked"]) == ("", "", True)


# What hangs on a record and stays where it is.
STAYS = {
    "health.valuecheck": "a question of this place about a value, answered here; the value travels",
    "health.recordmerge": "how this place brought two entries of its register together",
    "examinations.invitation": "who is called to whose plan",
    "exchange.exchange": "what this place sent and took in",
    "exchange.origin": "the keys travel with the rows",
    "exchange.formernumber": "the numbers travel with the person",
    "exchange.elsewhere": "what another system said of the person here: it is asked there again",
    "health.visitoutcome": "travels inside its visit",
    "referrals.summary": "travels inside its referral",
}  # fmt: skip


def test_every_table_that_hangs_on_a_record_travels_or_says_why_not() -> None:
    holders = {HealthRecord, *(kind.model for kind in KINDS.values())}
    hanging = {model._meta.label_lower for model in apps.get_models() for field in model._meta.concrete_fields if field.related_model in holders}
    assert hanging - {kind.model._meta.label_lower for kind in KINDS.values()} == set(STAYS)


def test_each_kind_has_both_its_sides() -> None:
    assert set(KINDS) == set(PARTS)


# Columns of a file that follow from its content, from where it hangs, or from who brought it in; a withdrawn file does not travel.
FOLLOWS = {
    "file": {"subject_type", "subject_id", "size", "sm3", "width", "height", "has_thumbnail", "uploaded_by", "removed_by", "removed_at", "removed_reason"}
}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_no_column_is_forgotten(name: str) -> None:
    kind = KINDS[name]
    held = {field.name for field in kind.model._meta.concrete_fields} - LOCAL - FOLLOWS.get(name, set())
    assert held == set(kind.columns)


def test_no_column_of_record_and_outcome_is_forgotten() -> None:
    record = {field.name for field in HealthRecord._meta.concrete_fields} - LOCAL
    assert record == {*RECORD, "number"}
    outcome = {field.name for field in kinds_health.VisitOutcome._meta.concrete_fields} - LOCAL
    assert outcome == set(kinds_health.OUTCOME)
    assert PERSON[0] == "name"


def test_a_value_in_another_unit_is_not_guessed_at() -> None:
    content = Content({"name": "冉桂兰"}, {"key": "urn:weimin:1:record|5"}, {"visit": [visit_with(fasting=6.1)]})
    bundle = build(content, SENDER)
    rows = [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Observation"]
    rows[0]["valueQuantity"] |= {"code": "mg/dL", "value": 110}
    with pytest.raises(Unreadable) as unreadable:
        parse(bundle)
    assert str(unreadable.value) == "fasting: 110 mg/dL"


def visit_with(**values: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"key": "urn:weimin:1:visit|7", "on": date(2026, 11, 1), "way": "home", "medication": [], "outcomes": [], "programmes": []}
    return base | values
