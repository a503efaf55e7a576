"""How figures of few people are said in public (X4, C6). Pure.

A figure of one to four could tell on somebody whom the village knows. What is left out must not follow from the rest either: a
township's figure less those of its other villages, a sum less its other grades. So small figures are said as fewer than five, and
all others to the nearest five: a difference between two of them is then uncertain by as much as a small figure is.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

STEP = 5


def rounded(number: int) -> int | None:
    """To the nearest five; None for one to four, which are not told apart."""
    if 0 < number < STEP:
        return None
    return (number + STEP // 2) // STEP * STEP


def said(number: int) -> str:
    """0, 不到 5, or 约 35."""
    figure = rounded(number)
    if figure is None:
        return _("不到 %(n)d") % {"n": STEP}
    return _("约 %(n)d") % {"n": figure} if figure else "0"
