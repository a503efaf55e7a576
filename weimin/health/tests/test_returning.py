"""Somebody is lost, found, ended, back (H2; A-19, A-44)."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.health.indicators import BEHIND, total
from weimin.health.models import Care, Due
from weimin.health.queries import timeline
from weimin.health.tests.builders import act_now, make_care, make_due, make_record, make_visit
from weimin.health.tests.examples.care import ENDED, LOST
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = pytest.mark.req("H2")
VILLAGE = 500242101200


@pytest.fixture
def doctor(actor):
    return actor("doctor", VILLAGE)


@pytest.fixture
def care(everywhere):
    record = make_record(VILLAGE)
    make_due(record)
    return make_care(record, since_on=date(2026, 1, 5), last_on=date(2026, 8, 1), last_outcome="satisfied")


def lose(doctor, care, **over):
    act_now(doctor, "health.lose_track", {"on": "2026-11-20", "why": "away", "note": "去广东", **over}, target=care.pk)
    care.refresh_from_db()


def test_who_cannot_be_reached_is_waited_for_no_longer(care, doctor):
    lose(doctor, care)
    assert (care.state, care.lost_on, care.lost_reason, Due.objects.get().state) == ("lost", date(2026, 11, 20), "away", "cancelled")
    assert ("失访：高血压", "外出打工") in {(event.what, event.detail) for event in timeline(doctor, care.record)}


def test_the_lost_have_not_reached_the_target_from_that_day_on(care, doctor):
    make_visit(care.record)
    reached = lambda on: total(BEHIND["health.hypertension_control"], VILLAGE, VILLAGE, on)  # noqa: E731
    assert reached(date(2026, 11, 23)) == {VILLAGE: (1, 1)}
    lose(doctor, care)
    assert (reached(date(2026, 11, 19)), reached(date(2026, 11, 23))) == ({VILLAGE: (1, 1)}, {VILLAGE: (0, 1)})


def test_who_is_found_is_seen_within_two_weeks_and_goes_on_as_before(care, doctor):
    lose(doctor, care)
    act_now(doctor, "health.find_again", {"on": "2026-11-22", "note": ""}, target=care.pk)
    care.refresh_from_db()
    assert (care.state, care.since_on, care.last_on) == ("managed", date(2026, 1, 5), date(2026, 8, 1))
    assert Due.objects.get(state="open").due_on == date(2026, 12, 6)


@pytest.mark.parametrize(("action", "data", "words"), [
    ("health.lose_track", {"on": "2026-01-01", "why": "away"}, "不能早于纳入管理日期"), ("health.lose_track", {"on": "2026-11-20"}, "必填|字段"),
])  # fmt: skip
def test_a_loss_says_when_and_why(care, doctor, action, data, words):
    with pytest.raises(InputInvalid, match=words):
        act_now(doctor, action, data, target=care.pk)
    care.refresh_from_db()
    assert care.state == "managed"


def test_nobody_is_found_before_being_lost(everywhere, doctor):
    care = make_care(make_record(VILLAGE), **LOST)
    with pytest.raises(InputInvalid, match="不能早于失访日期"):
        act_now(doctor, "health.find_again", {"on": "2026-08-01"}, target=care.pk)


def test_ended_care_goes_on_from_the_day_somebody_is_back(everywhere, doctor):
    care = make_care(make_record(VILLAGE), **ENDED)
    act_now(doctor, "health.reopen_care", {"on": "2026-11-20", "reason": "回来居住"}, target=care.pk)
    care.refresh_from_db()
    assert (care.state, care.since_on, care.ended_on, care.end_reason) == ("managed", date(2026, 11, 20), None, "")
    assert Due.objects.get().due_on == date(2026, 12, 7)


def test_an_end_entered_by_mistake_leaves_no_gap(everywhere, doctor):
    care = make_care(make_record(VILLAGE), since_on=date(2025, 3, 1), **ENDED)
    act_now(doctor, "health.reopen_care", {"on": "2026-11-20", "mistaken": "on", "reason": "点错了人"}, target=care.pk)
    care.refresh_from_db()
    assert (care.state, care.since_on) == ("managed", date(2025, 3, 1))


@pytest.mark.parametrize(("over", "words"), [({"end_reason": "excluded"}, "已经排除诊断"), ({}, "不用再登记")])
def test_what_was_excluded_or_is_open_already_is_not_reopened(everywhere, doctor, over, words):
    record = make_record(VILLAGE)
    care = make_care(record, **(ENDED | over))
    if not over:
        make_care(record)
    with pytest.raises(RuleBroken, match=words):
        act_now(doctor, "health.reopen_care", {"on": "2026-11-20", "reason": "回来"}, target=care.pk)
    assert Care.objects.get(pk=care.pk).state == "ended"
