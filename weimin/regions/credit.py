"""Unified social credit codes (GB 32100, H-02, H-03) and the organisation code inside them (GB 11714, H-04). Pure."""

from __future__ import annotations

import re

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
WEIGHTS = tuple(3**place % 31 for place in range(17))
INNER_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
SHAPE = re.compile(rf"[{SIGNS}]{{2}}\d{{6}}[{SIGNS}]{{10}}")


def credit_digit(first17: str) -> str:
    """The 18th sign for the first seventeen."""
    return SIGNS[-sum(SIGNS.index(sign) * weight for sign, weight in zip(first17, WEIGHTS, strict=True)) % 31]


def organisation_digit(first8: str) -> str:
    """The ninth sign of an organisation code for the first eight."""
    rest = 11 - sum(INNER_SIGNS.index(sign) * weight for sign, weight in zip(first8, INNER_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def is_credit_code(text: str) -> bool:
    """Whether eighteen signs have the right shape and both check signs."""
    return SHAPE.fullmatch(text) is not None and credit_digit(text[:17]) == text[17] and organisation_digit(text[8:16]) == text[16]
