"""Unified social credit codes: the examples of the standard, and what one wrong sign does."""

import pytest

from weimin.regions.credit import SIGNS, credit_digit, is_credit_code, organisation_digit

pytestmark = pytest.mark.req("S1")


@pytest.mark.parametrize("code", ["91350100M000100Y43", "9144030071526726XG"])
def test_known_codes_are_sound(code):
    assert is_credit_code(code)


def test_the_organisation_code_inside_has_its_own_check_sign():
    assert organisation_digit("M000100Y") == "4"


@pytest.mark.parametrize(
    "code", ["", "91350100M000100Y4", "91350100M000100Y44", "91350100M000100Y53", "9135010OM000100Y43", "91350100m000100y43", "９1350100M000100Y43"]
)
def test_a_code_with_anything_wrong_is_not(code):
    assert not is_credit_code(code)


def test_every_wrong_sign_is_found():
    code = "91350100M000100Y43"
    spoiled = [code[:place] + sign + code[place + 1 :] for place in range(17) for sign in SIGNS if sign != code[place]]
    assert not any(is_credit_code(one) for one in spoiled)
    assert credit_digit(code[:17]) == "3"
