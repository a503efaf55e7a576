"""What can be typed at all is a parameter: every way in reads the same bounds, from the day on which they hold (H2, H5, X5)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.actions.act import act, new_key
from weimin.examinations.forms_examination import SHEET, ImportResult
from weimin.exchange.rules_sound import visit_faults
from weimin.health.bounds import bounds, every_bound
from weimin.health.forms_visit import RecordVisit
from weimin.health.parameters import every_parameter
from weimin.health.queries.due import colour_of
from weimin.health.tests.builders import make_care, make_record
from weimin.health.tests.examples.care import VISIT
from weimin.health.tests.test_parameters import put
from weimin.residents.tests.builders import NOW, TODAY
from weimin.walls.errors import InputInvalid

pytestmark = [pytest.mark.django_db, pytest.mark.req("H2"), pytest.mark.req("X5")]
HIGH, TOMORROW = "health.bounds.systolic.high", TODAY + timedelta(days=1)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def record(everywhere, places):
    found = make_record(places.village)
    make_care(found)
    return found


def set_high(bureau, value):
    data = {"value": value, "effective_from": str(TOMORROW), "source": "×卫发〔2026〕12 号", "reason": "减少笔误"}
    act(bureau, "health.set_parameter", data, new_key(), target=HIGH, now=NOW)


def test_a_bound_holds_from_tomorrow_for_a_visit_and_not_today(record, actor, places):
    set_high(actor("health_bureau", places.county), "240")
    doctor, typed = actor("doctor", places.township), {**VISIT, "systolic": "250"}
    with pytest.raises(InputInvalid) as refused:
        act(doctor, "health.record_visit", {**typed, "on": str(TOMORROW)}, new_key(), target=record.pk, now=LATER)
    assert "应在 50 到 240 之间" in str(refused.value)
    act(doctor, "health.record_visit", typed, new_key(), target=record.pk, now=NOW)


def test_a_file_of_results_and_the_bundle_of_others_read_the_same_bound(jurisdiction):
    put(HIGH, "240", TOMORROW)
    row = {"left_systolic": "250", "left_diastolic": "80"}
    assert "left_systolic" in ImportResult(row, now=LATER).errors and "left_systolic" not in ImportResult(row, now=NOW).errors
    visit = dict.fromkeys(("diastolic", "pulse", "weight", "fasting", "temperature")) | {
        "systolic": 250,
        "findings": {},
        "medication": [],
        "programmes": [],
        "outcomes": [],
    }
    assert [len(visit_faults({**visit, "on": on}, TOMORROW)) for on in (TODAY, TOMORROW)] == [0, 1]


def test_the_page_of_a_form_and_its_field_say_the_bound(record, actor, places):
    put(HIGH, "240", TOMORROW)
    record.open_cares = list(record.cares.all())
    shown = [RecordVisit(actor=actor("doctor", places.township), target=record, now=now).fields["systolic"] for now in (NOW, LATER)]
    assert [(field.max_value, field.widget.attrs["max"]) for field in shown] == [(300, 300), (240, 240)]


@pytest.mark.parametrize(("key", "value"), [(HIGH, "301"), (HIGH, "49"), ("health.bounds.fasting.low", "0.4"), ("health.bounds.weight.high", "401")])
def test_no_bound_goes_beyond_what_a_body_can_be(jurisdiction, actor, places, key, value):
    data = {"value": value, "effective_from": str(TOMORROW), "source": "×卫发〔2026〕12 号", "reason": "试"}
    with pytest.raises(InputInvalid):
        act(actor("health_bureau", places.county), "health.set_parameter", data, new_key(), target=key, now=NOW)


def test_every_number_of_the_forms_is_on_the_page_of_parameters():
    keys = every_parameter()
    assert {f"health.bounds.{key}.high" for key, one in every_bound().items() if one.most is not None} <= set(keys)
    assert {"examinations.bounds.waist.high", "examinations.bounds.alt.low"} <= set(keys)
    assert all(keys[key].least <= keys[key].shipped[0].figure <= keys[key].most for key in keys if ".bounds." in key)


def test_reading_the_bounds_asks_the_database_nothing(jurisdiction):
    bounds("systolic", TODAY)
    with CaptureQueriesContext(connection) as asked:
        ImportResult({}, now=NOW)
        assert bounds("fasting", TODAY) == (Decimal(1), Decimal(50))
    assert len(asked) == 0 and "fasting" in SHEET


def test_the_days_until_a_service_is_yellow_are_a_parameter(jurisdiction):
    put("health.calendar.yellow_days", "3", TOMORROW)
    assert [colour_of(today + timedelta(days=5), today) for today in (TODAY, TOMORROW)] == ["yellow", "green"]
