"""A value that looks odd is a question, asked once (H3)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from weimin.flows.models import Step
from weimin.health import joining
from weimin.health.checking import scan
from weimin.health.models import ValueCheck, Visit
from weimin.health.rules_plausible import Life, Measured, hints_of
from weimin.health.standards import standard
from weimin.health.tests.builders import act_now, make_care, make_check, make_record, make_visit
from weimin.health.tests.examples.care import VISIT
from weimin.health.wording import HINTS
from weimin.residents.tests.builders import NOW, TODAY
from weimin.walls.actor import system_actor
from weimin.walls.errors import RuleBroken

pytestmark = pytest.mark.req("H3")
VILLAGE, TOWNSHIP = 500242101200, 500242101000
RULE, DAY = standard("plausible", date(2026, 11, 23)), date(2026, 6, 1)
SAME = (136, 84, Decimal("6.1"))


def series(*values, days=90):
    """Visits of which the last one is on DAY."""
    return [Measured(DAY - timedelta(days=days * back), *value) for back, value in zip(range(len(values) - 1, -1, -1), values, strict=True)]


def stay(first, last):
    return Life(stays=[(DAY + timedelta(days=first), None if last is None else DAY + timedelta(days=last))])


@pytest.mark.parametrize(("visits", "life", "found"), [
    (series(SAME), Life(), []), (series(SAME, SAME), Life(), []), (series(SAME, SAME, SAME), Life(), ["repeated"]), (series(SAME, (137, 84, None), SAME, SAME), Life(), []),
    (series(SAME, SAME, SAME, (135, 84, None)), Life(), []), (series((), (), ()), Life(), []),
    (series(SAME), Life(dead_on=DAY, resting_on=DAY), []), (series(SAME), Life(dead_on=DAY - timedelta(days=1), resting_on=DAY - timedelta(days=1)), ["after_death"]),
    (series(SAME), Life(resting_on=DAY), []), (series(SAME), Life(resting_on=DAY - timedelta(days=1)), ["while_resting"]),
    (series(SAME), stay(-3, 3), ["in_hospital"]), (series(SAME), stay(-3, None), ["in_hospital"]), (series(SAME), stay(0, 3), []), (series(SAME), stay(-3, 0), []),
    (series(SAME), stay(1, None), []),
    (series((130, 80, None), (210, 80, None)), Life(), []), (series((130, 80, None), (211, 80, None)), Life(), ["jump"]),
    (series((211, 80, None), (130, 80, None)), Life(), ["jump"]), (series((130, 80, None), (220, 80, None), days=101), Life(), []),
    (series((None, None, None, Decimal(60)), (None, None, None, Decimal("72.0"))), Life(), []),
    (series((None, None, None, Decimal(60)), (None, None, None, Decimal("72.1"))), Life(), ["jump"]),
    (series((None, None, None, Decimal(60)), (None, None, None, Decimal("47.9"))), Life(), ["jump"]),
])  # fmt: skip
def test_what_looks_odd_is_a_hint(visits, life, found):
    *before, visit = visits
    assert hints_of(visit, before, life, RULE) == found
    assert set(found) <= set(HINTS)


@pytest.fixture
def doctor(actor):
    return actor("doctor", VILLAGE)


@pytest.fixture
def repeating(everywhere):
    """Two visits with 132/82, so that a third one repeats itself."""
    record = make_record(VILLAGE)
    make_care(record)
    for month in (6, 9):
        make_visit(record, on=date(2026, month, 1))
    return record


def test_a_visit_that_repeats_the_last_two_asks_the_institution_without_a_name(repeating, doctor):
    act_now(doctor, "health.record_visit", VISIT, target=repeating.pk)
    check, step = ValueCheck.objects.get(), Step.objects.get(flow="health_check")
    assert (check.hints, check.state, check.visit) == (["repeated"], "to_check", Visit.objects.latest("on"))
    assert (step.role, step.title, step.subject_id) == ("institution", "核对冉*兰的随访数值", check.pk)


def test_an_explanation_ends_the_question_and_nobody_asks_again(repeating, doctor, actor):
    act_now(doctor, "health.record_visit", VISIT, target=repeating.pk)
    check = ValueCheck.objects.get()
    act_now(actor("institution", TOWNSHIP), "health.explain_value", {"answer": "量了两次，属实"}, target=check.pk)
    check.refresh_from_db()
    assert (check.state, check.answer, Step.objects.get(flow="health_check").outcome) == ("explained", "量了两次，属实", "health.explain_value")
    assert scan(system_actor(), TODAY, NOW, NOW - timedelta(days=2)) == 0
    with pytest.raises(RuleBroken, match="已经核对过"):
        act_now(doctor, "health.explain_value", {"answer": "再说一次"}, "again", target=check.pk)


def test_a_correction_answers_the_question(repeating, doctor):
    act_now(doctor, "health.record_visit", VISIT, target=repeating.pk)
    check = ValueCheck.objects.get()
    act_now(doctor, "health.correct_visit", {**VISIT, "systolic": "128", "reason": "写成上次的了"}, target=check.visit_id)
    check.refresh_from_db()
    assert (check.state, check.answer) == ("corrected", "写成上次的了") and Step.objects.get(flow="health_check").closed_at is not None


def test_the_night_finds_visits_after_death_once(everywhere):
    record = make_record(VILLAGE, state="inactive", inactive_reason="dead", inactive_on=date(2026, 11, 10))
    make_visit(record, on=date(2026, 11, 12), entered_at=NOW - timedelta(days=9))
    make_visit(record, on=date(2026, 11, 9), entered_at=NOW - timedelta(days=9))
    assert (scan(system_actor(), TODAY, NOW, NOW - timedelta(days=2)), scan(system_actor(), TODAY, NOW, NOW - timedelta(days=2))) == (1, 0)
    assert ValueCheck.objects.get().hints == ["after_death"]


def test_a_stay_that_another_room_knows_of_is_held_against_the_visit(everywhere, monkeypatch):
    monkeypatch.setitem(joining.STAYS, "hospital", lambda actor, record: [(date(2026, 10, 20), date(2026, 11, 20))])
    make_visit(make_record(VILLAGE))
    assert scan(system_actor(), TODAY, NOW, NOW - timedelta(days=2)) == 1
    assert ValueCheck.objects.get().hints == ["in_hospital"]


def test_questions_are_listed_for_who_keeps_the_records(everywhere, client_as):
    make_check(make_visit(make_record(VILLAGE, "冉甲")))
    page = client_as("institution", TOWNSHIP).get("/health/checks/").content.decode()
    assert "冉甲" in page and "132/82 mmHg" in page and "完全一样" in page and "/act/health.explain_value/" in page
    assert "冉甲" not in client_as("institution", 500242102000).get("/health/checks/").content.decode()
    assert client_as("health_bureau", 500242000000).get("/health/checks/").status_code == 403


def test_the_record_shows_what_is_still_open(everywhere, client_as):
    check = make_check(make_visit(make_record(VILLAGE)))
    client = client_as("doctor", VILLAGE)
    assert "完全一样" in client.get(f"/health/{check.record_id}/").content.decode()
    assert client.get(f"/health/checks/{check.pk}/").url == f"/health/{check.record_id}/"
