"""Whole columns sealed and hashed at once are what the ordinary path seals and hashes, value by value."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weimin.secrets.bulk import hash_many, seal_many, unseal_many
from weimin.secrets.cipher import SealBroken, hash_for, seal, seal_bytes, unseal, unseal_bytes

PLACE = "residents_resident.id_number"
TEXTS = st.lists(st.text(st.characters(codec="utf-8"), max_size=70), max_size=12)


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_every_value_of_a_column_opens_by_the_ordinary_path(texts):
    assert [unseal(value, PLACE) for value in seal_many(texts, PLACE)] == texts


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_values_of_the_ordinary_path_open_as_a_column(texts):
    assert unseal_many([seal(text, PLACE) for text in texts], PLACE) == texts


@pytest.mark.parametrize("at", [0, 5, 20, 40])
def test_one_altered_value_keeps_a_whole_column_shut(at):
    sealed = seal_many(["500242199001012343"] * 3, PLACE)
    spoiled = bytearray(sealed[1])
    spoiled[at] ^= 1
    with pytest.raises(SealBroken):
        unseal_many([sealed[0], bytes(spoiled), sealed[2]], PLACE)


def test_a_column_does_not_open_as_another_one():
    with pytest.raises(SealBroken):
        unseal_many(seal_many(["13800000000"], PLACE), "residents_resident.phone")


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_every_hash_of_a_column_is_the_ordinary_one(texts):
    assert hash_many("phone", texts) == [hash_for("phone", text) if text else None for text in texts]


def test_equal_texts_are_sealed_differently():
    assert len(set(seal_many(["13800000000"] * 50, PLACE))) == 50


@pytest.mark.parametrize("at", [5, 20, 40])
def test_a_value_of_a_column_that_was_altered_does_not_open(at):
    sealed = bytearray(seal_many(["500242199001012343"], PLACE)[0])
    sealed[at] ^= 1
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), PLACE)


def test_a_value_of_a_column_does_not_open_in_another_one():
    with pytest.raises(SealBroken):
        unseal(seal_many(["13800000000"], PLACE)[0], "residents_resident.phone")


def test_a_whole_file_is_sealed_and_opened():
    content = bytes(range(256)) * 100
    sealed = seal_bytes(content, "residents_importfile.content")
    assert content not in sealed
    assert unseal_bytes(sealed, "residents_importfile.content") == content
