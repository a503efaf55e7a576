"""A year as the calendar page shows it: months of weeks of days, each with its kind in a word. Pure."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from weimin.calendars.rules import Calendar

# kind → (mark in the grid, words, kind of tag)
MARKS = {
    "HOLIDAY": (_("假"), _("节假日"), "bad"), "MAKEUP": (_("班"), _("调休上班"), "warn"), "REST": ("", _("休息日"), "off"), "WORK": ("", _("工作日"), ""),
}  # fmt: skip
NAMES = {
    "元旦": _("元旦"), "春节": _("春节"), "清明节": _("清明节"), "劳动节": _("劳动节"), "端午节": _("端午节"), "中秋节": _("中秋节"), "国庆节": _("国庆节"),  # text: data
}  # fmt: skip


@dataclass(frozen=True)
class Day:
    """One day of the grid: its mark when it is exceptional, and the words for it."""

    on: date
    mark: object
    words: object
    kind: str
    name: str
    working: bool


@dataclass(frozen=True)
class Month:
    """Weeks from Monday to Sunday; None outside the month."""

    first: date
    weeks: list[list[Day | None]]
    workdays: int


@dataclass(frozen=True)
class Special:
    """An exceptional day with where it comes from."""

    on: date
    words: object
    kind: str
    name: str
    source: str
    region: int


def named(name: str) -> str:
    """The nation's holidays in the reader's language; what a region adds has its own name."""
    return str(NAMES.get(name, name))


def day_of(calendar: Calendar, on: date) -> Day:
    kind = calendar.kind(on)
    mark, words, tag = MARKS[kind]
    return Day(on, mark, words, tag, named(calendar.name(on)), calendar.is_working(on))


def month_of(calendar: Calendar, year: int, month: int) -> Month:
    weeks = [[day_of(calendar, on) if on.month == month else None for on in week] for week in months.Calendar().monthdatescalendar(year, month)]
    return Month(date(year, month, 1), weeks, sum(day.working for week in weeks for day in week if day))


def months_of(calendar: Calendar, year: int) -> list[Month]:
    return [month_of(calendar, year, month) for month in range(1, 13)]


def exceptions_of(calendar: Calendar, year: int, stored: dict[date, tuple[str, int]], default: str) -> list[Special]:
    """Every exceptional day of the year; `stored`: day → (source, region) of the rows that somebody imported."""
    found = []
    for on, kind, name in calendar.exceptions(year):
        source, region = stored.get(on, (default, 0))
        _mark, words, tag = MARKS[kind]
        found.append(Special(on, words, tag or "info", named(name), source, region))
    return found
