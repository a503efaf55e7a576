"""Diseases by law and their hours, days on which a report is owed, when an outbreak may be closed (A-50 to A-53)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms

from weimin.calendars.rules import Calendar
from weimin.epidemics.diseases import law_on, laws
from weimin.epidemics.forms.outbreaks import read_people
from weimin.epidemics.forms.places import read_classes
from weimin.epidemics.lamps import done_lamp
from weimin.epidemics.models import Symptom
from weimin.epidemics.parameters import every_measure, measures_for, versions
from weimin.epidemics.rules_closing import Standing, closable_from, hindrances
from weimin.epidemics.rules_expected import Reporting, expected_days, is_expected

pytestmark = pytest.mark.req("H6")
DAY = date(2026, 11, 23)  # a Monday
PLAIN = Calendar({}, {2026}, {})


@pytest.mark.parametrize(
    ("disease", "hours"),
    [
        ("plague", 2), ("cholera", 2), ("sars", 2), ("anthrax_lung", 2), ("unknown", 2), ("measles", 24), ("dysentery", 24), ("tuberculosis", 24),
        ("hand_foot_mouth", 24), ("influenza", 24), ("mumps", 24), ("varicella", 24), ("norovirus", 24), ("covid", 24), ("mpox", 24),
    ],
)  # fmt: skip
def test_the_hours_of_a_report_follow_class_and_management(disease, hours):
    assert law_on(DAY).hours(disease) == hours


@pytest.mark.parametrize(("on", "known"), [(date(2012, 1, 1), False), (date(2025, 8, 31), False), (date(2025, 9, 1), True), (DAY, True)])
def test_a_disease_that_the_revision_brought_is_known_from_its_first_day(on, known):
    assert ("mpox" in {one.key for one in law_on(on).diseases}) is known


def test_the_revision_keeps_what_it_does_not_name():
    old, new = laws()
    assert {one.key for one in old.diseases} < {one.key for one in new.diseases}
    assert (new.find("measles"), new.confirm, old.confirm) == (old.find("measles"), True, False)


def test_a_disease_that_no_law_names_is_an_error():
    with pytest.raises(KeyError):
        law_on(DAY).find("measels")


def test_every_threshold_and_measure_speaks_of_known_things():
    diseases = {one.key for one in law_on(DAY).diseases}
    named = {of for table in versions() for one in table.thresholds for of in one.of if one.what == "case"}
    symptoms = {of for table in versions() for one in table.thresholds for of in one.of if one.what == "symptom"}
    assert (named - diseases, symptoms - set(Symptom.values), {of for one in every_measure() for of in one.diseases} - diseases) == (set(), set(), set())


@pytest.mark.parametrize("disease", ["hand_foot_mouth", "measles", "cholera"])
def test_every_party_owes_something_for_every_disease(disease):
    assert {one.party for one in measures_for(disease, DAY)} == {"health", "school", "community", "family"}


@pytest.mark.parametrize(
    ("on", "over", "owed"),
    [
        (DAY, {}, True),
        (DAY - timedelta(days=1), {}, False),  # Sunday
        (DAY, {"since_on": DAY}, True),
        (DAY, {"since_on": DAY + timedelta(days=1)}, False),
        (DAY, {"away": (DAY, DAY)}, False),
        (DAY, {"away": (DAY + timedelta(days=1), DAY + timedelta(days=9))}, True),
        (DAY, {"away": (DAY - timedelta(days=9), DAY - timedelta(days=1))}, True),
        (DAY, {"suspended": (DAY - timedelta(days=9), DAY)}, False),
        (DAY, {"suspended": (DAY - timedelta(days=9), DAY - timedelta(days=1))}, True),
        (DAY, {"closed_on": DAY}, False),
        (DAY, {"closed_on": DAY + timedelta(days=1)}, True),
    ],
)
def test_a_report_is_owed_on_school_days(on, over, owed):
    assert is_expected(Reporting(**{"since_on": date(2026, 9, 1), **over}), on, PLAIN) is owed


def test_a_rest_day_that_is_made_up_for_is_a_school_day():
    calendar = Calendar({date(2026, 11, 22): "MAKEUP", DAY: "HOLIDAY"}, {2026}, {})
    assert expected_days(Reporting(date(2026, 9, 1)), date(2026, 11, 20), DAY, calendar) == [date(2026, 11, 20), date(2026, 11, 22)]


@pytest.mark.parametrize(
    ("days_ago", "over", "found"),
    [
        (10, {}, ["new_cases"]),
        (11, {}, []),
        (11, {"unreported_cards": 1}, ["cards"]),
        (11, {"observed_contacts": 1}, ["contacts"]),
        (11, {"owed_measures": 1}, ["measures"]),
        (11, {"open_chain": True}, ["chain"]),
        (0, {"unreported_cards": 1, "observed_contacts": 2, "owed_measures": 3, "open_chain": True}, ["new_cases", "cards", "contacts", "measures", "chain"]),
    ],
)
def test_an_outbreak_is_closed_when_the_observation_is_over_and_nothing_is_open(days_ago, over, found):
    assert hindrances(Standing(DAY - timedelta(days=days_ago), 10, **over), DAY) == found


def test_the_observation_counts_from_the_day_after_the_last_onset():
    assert closable_from(date(2026, 11, 1), 10) == date(2026, 11, 12)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一年级1班 45\n\n 一年级2班，38人 ", [("一年级1班", 45), ("一年级2班", 38)]),
        ("大一班：30", [("大一班", 30)]),
    ],
)
def test_classes_are_read_as_people_write_them(text, found):
    assert read_classes(text) == found


@pytest.mark.parametrize(("text", "line"), [("一年级1班", "1"), ("一班 45\n二班 0", "2"), ("一班 45\n一班 40", "2"), ("一班 501", "1")])
def test_a_line_of_classes_that_cannot_be_read_is_named(text, line):
    with pytest.raises(forms.ValidationError, match=f"第 {line} 行"):
        read_classes(text)


def test_contacts_are_read_line_by_line():
    assert read_people("张三 13800000000 同桌\n\n李四\n王五，奶奶") == [("张三", "13800000000", "同桌"), ("李四", "", ""), ("王五", "", "奶奶")]


def test_nobody_written_down_is_no_contact():
    with pytest.raises(forms.ValidationError, match="至少"):
        read_people("\n \n")


@pytest.mark.parametrize(("minutes", "colour"), [(-1, "green"), (0, "green"), (1, "red")])
def test_what_was_done_in_the_last_minute_was_done_in_time(minutes, colour):
    due_at = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert done_lamp(due_at + timedelta(minutes=minutes), due_at)["colour"] == colour
