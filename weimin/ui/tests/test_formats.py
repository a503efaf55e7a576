"""Money, figures, dates and masks in words."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from weimin.ui import formats, masks


@pytest.mark.parametrize(
    ("fen", "words"),
    [(0, "0.00 元"), (5, "0.05 元"), (1_234_500, "12,345.00 元"), (-500_050, "-5,000.50 元"), (None, "—")],
)
def test_fen_become_yuan_without_rounding(fen, words):
    assert formats.yuan(fen) == words


def test_yuan_speak_the_language_of_the_page():
    with translation.override("en"):
        assert formats.yuan(600_000) == "6,000.00 yuan"


def test_nearly_all_is_never_shown_as_all():
    assert formats.percent(9999, 10000) == "99.9%"


def test_a_share_of_nothing_is_a_dash():
    assert formats.percent(0, 0) == "—"


def test_a_day_reads_as_people_write_it():
    assert formats.day(date(2026, 11, 3)) == "2026 年 11 月 3 日"


def test_a_moment_is_shown_in_local_time():
    assert formats.moment(datetime(2026, 11, 23, 18, 30, tzinfo=UTC)) == "2026-11-24 02:30"


@pytest.mark.parametrize(("value", "words"), [(1234567, "1,234,567"), (94.60, "94.6"), (100.0, "100"), (None, "—")])
def test_figures_get_thousands_and_lose_idle_zeros(value, words):
    assert formats.figure(value) == words


@pytest.mark.parametrize(("name", "shown"), [("张明", "张*"), ("张小明", "张*明"), ("欧阳小明", "欧**明"), ("明", "明"), ("", "")])
def test_names_keep_first_and_last_character(name, shown):
    assert masks.mask_name(name) == shown


def test_numbers_keep_only_what_lets_people_recognise_them():
    assert masks.mask_phone("13800002046") == "138****2046"
    assert masks.mask_identity("500242199003180024") == "5002**********0024"
    assert masks.mask_account("6217000012345678") == "************5678"


def test_a_short_number_is_not_given_away():
    assert masks.mask_identity("12345678") == "******78"
