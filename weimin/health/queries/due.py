"""What is due, and how urgent it is."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from weimin.health.models import Due
from weimin.health.standards import standard
from weimin.health.wording import source_words


def yellow_days(today: date) -> int:
    """So many days before the last day the lamp turns yellow."""
    return standard("calendar", today).days("yellow_days")


def colour_of(due_on: date, today: date) -> str:
    """red: the last day is over; yellow: as many days or fewer are left as the bureau says; green."""
    if due_on < today:
        return "red"
    return "yellow" if due_on <= today + timedelta(days=yellow_days(today)) else "green"


def words_of(due_on: date, today: date) -> str:
    days = (due_on - today).days
    if days < 0:
        return _("超期 %(days)d 天") % {"days": -days}
    return _("今天到期") if days == 0 else _("还剩 %(days)d 天") % {"days": days}


def with_lamps(rows: list[Due], today: date) -> list[Due]:
    """The rows with `lamp`: colour and words, and `whence`: where the day comes from."""
    for row in rows:
        row.lamp = {"colour": colour_of(row.due_on, today), "words": words_of(row.due_on, today)}  # type: ignore[attr-defined]
        row.whence = source_words(row.source, row.due_on)  # type: ignore[attr-defined]
    return rows
