"""What is known without the table: the published years of chinesecalendar, and the law's own days for the rest."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

from weimin.calendars.rules import HOLIDAY, MAKEUP, statutory_days

Days = dict[date, tuple[str, str]]  # day -> (kind, name)
FESTIVALS = Path(__file__).parent / "data" / "festivals.csv"
NAMES = {
    "New Year's Day": "元旦",  # text: data
    "Spring Festival": "春节",  # text: data
    "Tomb-sweeping Day": "清明节",  # text: data
    "Labour Day": "劳动节",  # text: data
    "Dragon Boat Festival": "端午节",  # text: data
    "National Day": "国庆节",  # text: data
    "Mid-autumn Festival": "中秋节",  # text: data
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",  # text: data
}


@cache
def festivals() -> dict[int, dict[str, date]]:
    """Year -> the four movable festivals; years 2004 to 2060."""
    lines = [line for line in FESTIVALS.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    return {int(row.pop("year")): {name: date.fromisoformat(text) for name, text in row.items()} for row in rows}


@cache
def package_years() -> frozenset[int]:
    """Years whose notice the installed chinesecalendar carries: those in which it names the National Day."""
    return frozenset(day.year for day in holidays if (day.month, day.day) == (10, 1))


@cache
def package_days() -> Days:
    days = {day: (HOLIDAY, NAMES.get(name, name)) for day, name in holidays.items()}
    return days | {day: (MAKEUP, NAMES.get(name, name)) for day, name in workdays.items()}


def lawful_days(year: int) -> Days:
    """The days that the law itself gives for a year without a notice: no make-up days, no bridges."""
    known = festivals().get(year)
    return {day: (HOLIDAY, name) for day, name in statutory_days(year, known).items()} if known else {}
