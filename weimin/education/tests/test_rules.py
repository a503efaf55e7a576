"""What follows from the minimums of a year (A-62)."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.education.parameters import bank, minimums, reminding, table, topic
from weimin.education.rules import (
    Answers,
    Progress,
    level_for,
    next_change,
    owed_on,
    plan_days,
    progress,
    progress_of_year,
    score,
    spans,
    standing,
    years_in_a_row,
)

pytestmark = pytest.mark.req("H7")


@pytest.mark.parametrize(("times", "first", "last", "third"), [
    (12, (date(2026, 1, 1), date(2026, 1, 31)), date(2026, 12, 31), date(2026, 3, 31)),
    (6, (date(2026, 1, 1), date(2026, 2, 28)), date(2026, 12, 31), date(2026, 6, 30)),
    (9, (date(2026, 1, 1), date(2026, 2, 28)), date(2026, 12, 31), date(2026, 4, 30)),
    (1, (date(2026, 1, 1), date(2026, 12, 31)), date(2026, 12, 31), None),
])  # fmt: skip
def test_the_year_is_cut_into_as_many_stretches_as_are_owed(times, first, last, third):
    found = spans(times, 2026)
    assert (len(found), (found[0].first, found[0].last), found[-1].last) == (times, first, last)
    assert third is None or found[2].last == third


def test_nothing_owed_is_no_stretch():
    assert (spans(0, 2026), progress("consultations", [], 0, date(2026, 5, 1)).kind) == ([], "off")


@pytest.mark.parametrize(("opened", "owed"), [(date(2025, 5, 5), 12), (date(2026, 1, 31), 12), (date(2026, 7, 20), 6), (date(2026, 12, 31), 1), (None, 12)])
def test_an_institution_owes_from_the_month_in_which_it_opened(opened, owed):
    assert len(spans(12, 2026, opened)) == owed


@pytest.mark.parametrize(("on", "owed"), [
    (date(2025, 12, 31), 0), (date(2026, 1, 30), 0), (date(2026, 1, 31), 1), (date(2026, 2, 27), 1), (date(2026, 2, 28), 2), (date(2026, 12, 31), 12), (date(2027, 3, 1), 12),
])  # fmt: skip
def test_one_is_owed_when_its_stretch_is_over(on, owed):
    assert owed_on(spans(12, 2026), on) == owed


@pytest.mark.parametrize(("done", "missing", "left", "due"), [
    (0, 10, 12, date(2026, 1, 31)), (9, 1, 3, date(2026, 10, 31)), (10, 0, 2, date(2026, 11, 30)), (12, 0, 0, None), (15, 0, 0, None),
])  # fmt: skip
def test_what_is_missing_and_by_when_the_next_one(done, missing, left, due):
    found = progress("lectures", spans(12, 2026), done, date(2026, 11, 23))
    assert (found.missing, found.left, found.due_on) == (missing, left, due)


def test_kinds_of_materials_are_owed_by_the_end_of_the_year():
    assert progress_of_year("printed", 12, 3, 2026, date(2026, 11, 23)) == Progress("printed", 12, 0, 3, date(2026, 12, 31))
    assert progress_of_year("printed", 12, 3, 2026, date(2026, 12, 31)).missing == 9


def test_boards_must_be_there_on_any_day():
    assert (standing("boards", 2, 1, date(2026, 5, 1)).missing, standing("boards", 2, 2, date(2026, 5, 1)).missing) == (1, 0)


@pytest.mark.parametrize(
    ("last", "due"), [(date(2026, 9, 20), date(2026, 11, 20)), (date(2026, 12, 31), date(2027, 2, 28)), (date(2026, 6, 30), date(2026, 8, 30))]
)
def test_a_board_changes_two_months_later(last, due):
    assert next_change(last, 2) == due


def test_a_plan_proposes_working_weekdays_that_are_still_to_come():
    days = plan_days(12, 2026, date(2026, 8, 31))
    assert days == [date(2026, 9, 15), date(2026, 10, 15), date(2026, 11, 16), date(2026, 12, 15)]


@pytest.mark.parametrize(("years", "year", "count"), [
    ([], 2026, 0), ([2026], 2026, 1), ([2025], 2026, 1), ([2024], 2026, 0), ([2025, 2026], 2026, 2), ([2023, 2025, 2026], 2026, 2), ([2024, 2025], 2026, 2),
])  # fmt: skip
def test_years_in_a_row_end_with_this_year_or_the_last(years, year, count):
    assert years_in_a_row(years, year) == count


@pytest.mark.parametrize(("region", "level"), [(371402001000, "centre"), (371402001004, "station")])
def test_a_township_has_a_centre_and_a_community_a_station(region, level):
    assert level_for(region) == level


@pytest.mark.parametrize(("level", "figures"), [("centre", (12, 9, 12, 6, 2, 2)), ("station", (6, 0, 12, 0, 1, 2))])
def test_the_minimums_are_those_of_the_standard(level, figures):
    found = minimums(level, date(2026, 1, 1))
    assert (found.lectures, found.consultations, found.printed, found.audio_visual, found.boards, found.board_months) == figures
    assert (found.confidence, bool(found.source)) == ("memory", True)


def test_every_version_says_where_it_is_from_and_how_sure_it_is():
    assert [row["key"] for row in table("minimums") if not row["source"] or row["confidence"] not in ("high", "memory", "local")] == []


def test_every_month_has_its_subjects():
    assert len({topic(kind, date(2026, month, 1)) for kind in ("lecture", "consultation") for month in range(1, 13)}) == 24
    assert (reminding("ahead_days", date(2026, 1, 1)), reminding("record_days", date(2026, 1, 1))) == (7, 3)


def test_every_question_of_the_bank_has_one_right_choice_and_a_source():
    assert [one.key for one in bank() if not 0 <= one.answer < len(one.choices) or len(set(one.choices)) < 2 or not one.why] == []
    assert len({one.key for one in bank()}) == len(bank())
    assert {one.answer for one in bank()} == {0, 1, 2}


def test_a_share_is_cut_and_nothing_answered_has_none():
    assert (Answers(2, 3).share, Answers(0, 0).share, Answers(1999, 2000).share) == (66.6, None, 99.9)
    assert score([{"answer": 0}, {"answer": 2}], [0, 1]) == 1
