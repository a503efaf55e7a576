"""The number of a case (C-21): county 6 + day 8 + serial 6 + check digit 1. Pure."""

from __future__ import annotations

from datetime import date

LENGTH = 21


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10: finds every single wrong digit and nearly every swap; the check is a digit itself, so that phones can type it."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def number_of(region: int, on: date, serial: int) -> str:
    """`serial` comes from the sequence of the jurisdiction; its last six digits are used."""
    body = f"{region // 10**6:06d}{on:%Y%m%d}{serial % 10**6:06d}"
    return body + check_digit(body)


def is_number(text: str) -> bool:
    """Whether a text is the number of a case, by its length and check digit."""
    return len(text) == LENGTH and text.isascii() and text.isdigit() and check_digit(text[:-1]) == text[-1]
