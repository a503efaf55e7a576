"""What follows from the minimums of a year: when how many are owed, what is missing, when a board changes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from weimin.calendars.clock import add_months

CENTRE, STATION = "centre", "station"


def level_for(region: int) -> str:
    """An institution of a township is a centre, one of a community a station (plan 3, tiers)."""
    return STATION if region % 1000 else CENTRE


@dataclass(frozen=True)
class Span:
    """A stretch of the year in which one is owed."""

    first: date
    last: date


def spans(times: int, year: int, since: date | None = None) -> list[Span]:
    """The year cut into as many stretches of months as are owed; those that began before `since`'s month (not open yet) are left out."""
    found = []
    for number in range(times):
        first, end = number * 12 // times + 1, -(-(number + 1) * 12 // times)
        following = date(year + 1, 1, 1) if end == 12 else date(year, end + 1, 1)
        found.append(Span(date(year, first, 1), following - timedelta(days=1)))
    return [span for span in found if since is None or span.first >= since.replace(day=1)]


def owed_on(owed: Iterable[Span], on: date) -> int:
    """How many should have been held by the end of a day: stretches that are over."""
    return sum(span.last <= on for span in owed)


@dataclass(frozen=True)
class Progress:
    """One minimum of a year. owed: by now; whole: in the year; missing: behind by now; due_on: by when the next one, None when the year's are done."""

    key: str
    whole: int
    owed: int
    done: int
    due_on: date | None

    @property
    def missing(self) -> int:
        return max(0, self.owed - self.done)

    @property
    def left(self) -> int:
        return max(0, self.whole - self.done)

    @property
    def kind(self) -> str:
        """The colour of its state: ok, warn (behind), off (nothing is owed)."""
        return "off" if not self.whole else "bad" if self.missing else "ok"


def progress(key: str, owed: Sequence[Span], done: int, on: date) -> Progress:
    due_on = owed[done].last if done < len(owed) else None
    return Progress(key, len(owed), owed_on(owed, on), done, due_on)


def progress_of_year(key: str, whole: int, done: int, year: int, on: date) -> Progress:
    """A minimum that is owed by the end of the year, whenever in it."""
    last = date(year, 12, 31)
    return Progress(key, whole, whole if on >= last else 0, done, last if done < whole else None)


def standing(key: str, whole: int, done: int, on: date) -> Progress:
    """A minimum that must be there on any day (boards)."""
    return Progress(key, whole, whole, done, on if done < whole else None)


def next_change(last: date, months: int) -> date:
    """By when a board changes its content: so many months after the last change, on the corresponding day."""
    return add_months(last, months)


def plan_days(times: int, year: int, today: date, since: date | None = None) -> list[date]:
    """The days that a yearly plan proposes: the 15th of each stretch's first month, the next working weekday; what is past is left out."""
    days = [span.first.replace(day=15) for span in spans(times, year, since)]
    moved = [day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day for day in days]
    return [day for day in moved if day > today]


def years_in_a_row(years: Iterable[int], year: int) -> int:
    """How many years without a gap up to `year`; while this year has none yet, up to the year before."""
    held = set(years)
    last = year if year in held else year - 1
    count = 0
    while last - count in held:
        count += 1
    return count


@dataclass(frozen=True)
class Answers:
    """Right answers of all answers to all questions: what 知晓率 is a share of."""

    correct: int = 0
    answered: int = 0

    @property
    def share(self) -> float | None:
        return self.correct * 1000 // self.answered / 10 if self.answered else None


def score(questions: Sequence[dict[str, object]], chosen: Sequence[int]) -> int:
    return sum(question["answer"] == choice for question, choice in zip(questions, chosen, strict=True))
