"""Checks of whole columns decide as the rules for one row decide."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weimin.residents.importing.checks import checked
from weimin.residents.importing.tidying import FIELDS, tidied
from weimin.residents.models import IdKind
from weimin.residents.naming import tidy_name
from weimin.residents.rules import check_digit, check_id_number, check_phone, facts_of_id_number, tidy_number, upgraded

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.req("X5")


def sound(parts):
    province, day, serial = parts
    first = f"{province:02d}0242{day:%Y%m%d}{serial:03d}"
    return first + check_digit(first)


SOUND = st.tuples(st.sampled_from([11, 34, 50, 81, 99]), st.dates(date(1840, 1, 1), date(2030, 1, 1)), st.integers(0, 999)).map(sound)
SPOILED = st.tuples(SOUND, st.integers(0, 17), st.sampled_from("0123456789xX -１Ａ")).map(
    lambda given: given[0][: given[1]] + given[2] + given[0][given[1] + 1 :]
)
NUMBERS = st.one_of(SOUND, SPOILED, st.text("0123456789HMX -", max_size=19), st.text(max_size=12))
KINDS = st.sampled_from([str(kind.label) for kind in IdKind])
BY_LABEL = {str(kind.label): kind.value for kind in IdKind}


def judged(rows):
    """(frame as checked, {(row, column): sentence}) of rows given by their fields."""
    plain = pl.DataFrame([{"row": place, **{name: row.get(name, "").strip() for name in FIELDS}} for place, row in enumerate(rows)])
    frame = tidied(plain).with_columns(pl.lit(500242101200).alias("region"), pl.lit("").alias("region_wrong"))
    frame, faults = checked(frame, {}, TODAY)
    return frame, {(row, column): said for row, column, said in faults.iter_rows()}


@given(st.lists(st.tuples(NUMBERS, KINDS), min_size=1, max_size=30))
@settings(deadline=None, max_examples=60)
def test_numbers_are_judged_as_the_rule_for_one_number_judges_them(given_rows):
    _frame, faults = judged([{"id_number": number, "id_kind": kind} for number, kind in given_rows])
    for place, (number, kind) in enumerate(given_rows):
        value = BY_LABEL[kind]
        tidy = upgraded(number) if value == IdKind.ID_CARD else tidy_number(number)
        wrong = check_id_number(tidy, value, TODAY)
        assert (place, "id_number") in faults if wrong else (place, "id_number") not in faults or len(tidy) > 24
        if wrong:
            assert faults[place, "id_number"] in (wrong, "最多 24 个字。")


@given(st.lists(SOUND, min_size=1, max_size=30))
@settings(deadline=None, max_examples=40)
def test_what_a_number_says_is_read_alike(numbers):
    frame, _faults = judged([{"id_number": number} for number in numbers])
    for number, born, gender in frame.select("id_number", "said_birth", "said_gender").iter_rows():
        facts = facts_of_id_number(number)
        assert (born, gender) == ((facts.birth_on, facts.gender) if facts else (None, None))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12), min_size=1, max_size=20))
@settings(deadline=None, max_examples=60)
def test_names_and_numbers_are_tidied_alike(texts):
    frame, _faults = judged([{"name": text, "phone": text} for text in texts])
    assert frame["name"].to_list() == [tidy_name(text.strip()) for text in texts]
    assert frame["phone"].to_list() == [tidy_number(text.strip()) for text in texts]


@given(st.lists(st.one_of(st.from_regex(r"\A[01][0-9]{8,12}\Z"), st.text("0123456789- ", max_size=14)), min_size=1, max_size=30))
@settings(deadline=None, max_examples=40)
def test_telephones_are_judged_alike(phones):
    _frame, faults = judged([{"phone": phone} for phone in phones])
    for place, phone in enumerate(phones):
        assert ((place, "phone") in faults) == bool(check_phone(phone))


def test_an_address_of_full_width_digits_is_written_as_the_form_writes_it():
    frame, _faults = judged([{"address": "３组１２号"}])
    assert frame["address"].to_list() == ["3组12号"]
