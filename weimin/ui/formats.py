"""Figures, money and dates in words, in the language that is active. Pure; the template filters are thin names for these."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

NOTHING = "—"


def yuan_figure(fen: int | None) -> str:
    """Fen to yuan with thousands and two decimals: 1234500 → 12,345.00. Integer arithmetic, no rounding."""
    if fen is None:
        return NOTHING
    sign = "-" if fen < 0 else ""
    whole, part = divmod(abs(int(fen)), 100)
    return f"{sign}{whole:,}.{part:02d}"


def yuan(fen: int | None) -> str:
    """Fen to yuan with the unit: 1234500 → 12,345.00 元."""
    if fen is None:
        return NOTHING
    return _("%(amount)s 元") % {"amount": yuan_figure(fen)}


def wan(fen: int | None) -> str:
    """Fen to ten thousands of yuan with two decimals, for figures in big letters: 123450000 → 123.45 万元."""
    if fen is None:
        return NOTHING
    return _("%(amount)s 万元") % {"amount": f"{Decimal(fen) / 1_000_000:,.2f}"}


def figure(value: int | float | Decimal | None) -> str:
    """A number with thousands; at most two decimals."""
    if value is None:
        return NOTHING
    text = f"{value:,.2f}" if isinstance(value, (float, Decimal)) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(numerator: int | None, denominator: int | None) -> str:
    """The share with one decimal, cut and not rounded up, so that 99.96 % never reads 100 %."""
    if not denominator or numerator is None:
        return NOTHING
    tenths = numerator * 1000 // denominator
    return f"{tenths // 10}.{tenths % 10}%"


def day(value: date | datetime | None) -> str:
    """2026 年 11 月 23 日."""
    if value is None:
        return NOTHING
    on = _local(value)
    return _("%(year)d 年 %(month)d 月 %(day)d 日") % {"year": on.year, "month": on.month, "day": on.day}


def short_day(value: date | datetime | None) -> str:
    """11-23, for columns where the year is plain."""
    return NOTHING if value is None else f"{_local(value):%m-%d}"


def iso_day(value: date | datetime | None) -> str:
    """2026-11-23, for columns that span years."""
    return NOTHING if value is None else f"{_local(value):%Y-%m-%d}"


def moment(value: date | datetime | None) -> str:
    """2026-11-23 14:06 in local time; the day alone when only a day is known."""
    if value is not None and not isinstance(value, datetime):
        return iso_day(value)
    return NOTHING if value is None else f"{_local(value):%Y-%m-%d %H:%M}"


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
