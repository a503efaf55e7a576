"""What holds for opening hours, queues and bookings. Pure: no query, clock, person or request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.utils.translation import gettext as _

from weimin.calendars.rules import HOLIDAY, MAKEUP
from weimin.reception.figures import IN_A_ROW, NOON, USUAL_MINUTES, Blocking
from weimin.walls.errors import RuleBroken

MORNING, AFTERNOON = "morning", "afternoon"
HALVES = (MORNING, AFTERNOON)


@dataclass(frozen=True)
class Stretch:
    """From … until within one day, local time."""

    opens_at: time
    closes_at: time

    def __str__(self) -> str:
        return f"{self.opens_at:%H:%M}—{self.closes_at:%H:%M}"


@dataclass(frozen=True)
class Special:
    """A day that is not as its weekday; without stretches it is closed."""

    reason: str
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class DayHours:
    """When a centre is open on a day; `reason` says why it is not as usual."""

    on: date
    stretches: tuple[Stretch, ...]
    reason: str = ""

    @property
    def halves(self) -> tuple[str, ...]:
        return halves_of(self.stretches)

    def is_open_at(self, moment: time) -> bool:
        return any(stretch.opens_at <= moment < stretch.closes_at for stretch in self.stretches)

    def begins(self, half: str) -> time | None:
        """When a half-day opens; None when it does not."""
        found = [stretch for stretch in self.stretches if half in halves_of([stretch])]
        if not found:
            return None
        return found[0].opens_at if half == MORNING else max(found[0].opens_at, NOON)

    def ends(self, half: str) -> time | None:
        """When a half-day closes; None when it does not open."""
        found = [stretch for stretch in self.stretches if half in halves_of([stretch])]
        if not found:
            return None
        return min(found[-1].closes_at, NOON) if half == MORNING else found[-1].closes_at


def halves_of(stretches: Iterable[Stretch]) -> tuple[str, ...]:
    rows = list(stretches)
    morning = any(stretch.opens_at < NOON for stretch in rows)
    afternoon = any(stretch.closes_at > NOON for stretch in rows)
    return tuple(half for half, there in ((MORNING, morning), (AFTERNOON, afternoon)) if there)


def hours_on(on: date, week: dict[int, tuple[Stretch, ...]], special: Special | None, kind: str) -> DayHours:
    """The hours of a day: its special day first; closed on a public holiday; a make-up day as the first weekday with hours.

    `kind` is the working calendar's word for the day. Nothing else of that calendar counts here (H-43): a centre may be open on Saturdays.
    """
    if special is not None:
        return DayHours(on, special.stretches, special.reason)
    if kind == HOLIDAY:
        return DayHours(on, (), _("法定节假日"))
    if kind == MAKEUP and not week.get(on.weekday()):
        first = next((week[day] for day in range(5) if week.get(day)), ())
        return DayHours(on, first, _("调休上班"))
    return DayHours(on, week.get(on.weekday(), ()))


def week_runs(week: Sequence[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """Weekdays (0 = Monday, words of the hours) with the same hours together: (first, last, words)."""
    runs: list[tuple[int, int, str]] = []
    for day, words in week:
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == words:
            runs[-1] = (runs[-1][0], day, words)
        else:
            runs.append((day, day, words))
    return runs


def ticket_code(letter: str, number: int) -> str:
    """B012: the group's letter and the day's number."""
    return f"{letter}{number:03d}"


def takes_priority_first(recent: Sequence[bool], in_a_row: int = IN_A_ROW) -> bool:
    """Whether the next call looks at priority tickets first; `recent` are the last calls of the site, newest first, True with priority."""
    return not (len(recent) >= in_a_row and all(recent[:in_a_row]))


def usual_minutes(finished: Sequence[timedelta]) -> int:
    """Minutes of one matter: the median of today's, the usual figure while there are fewer than three; at least one."""
    if len(finished) < 3:
        return USUAL_MINUTES
    return max(1, round(median(span.total_seconds() for span in finished) / 60))


def wait_minutes(ahead: int, windows: int, minutes: int) -> int:
    """How long somebody with so many ahead will wait at so many open windows."""
    return -(-ahead * minutes // max(1, windows))


def blocked_until(missed_on: Sequence[date], rule: Blocking, today: date) -> date | None:
    """Until which day online booking is closed to somebody who missed bookings on these days; None when it is open."""
    last = max(missed_on, default=None)
    if last is None:
        return None
    counted = [day for day in missed_on if last - timedelta(days=rule.within_days) < day <= last]
    until = last + timedelta(days=rule.for_days)
    return until if len(counted) >= rule.missed and until >= today else None


def check_bookable(on: date, half: str, hours: DayHours, moment: datetime, days_ahead: int, closes_minutes: int, *, online: bool) -> None:
    """A half-day that is open, not past, not too far ahead; online also not about to begin. `moment` is local time."""
    if on < moment.date():
        raise RuleBroken(_("这一天已经过了，请另选日期。"))
    if on > moment.date() + timedelta(days=days_ahead):
        raise RuleBroken(_("最多提前 %(days)d 天预约，请另选日期。") % {"days": days_ahead})
    begins, ends = hours.begins(half), hours.ends(half)
    if begins is None or ends is None:
        raise RuleBroken(_("这半天不开放，请另选时间。"))
    if moment.replace(tzinfo=None) >= datetime.combine(on, ends):
        raise RuleBroken(_("这半天已经过了，请另选时间。"))
    if online and moment.replace(tzinfo=None) > datetime.combine(on, begins) - timedelta(minutes=closes_minutes):
        raise RuleBroken(_("这半天的网上预约已经截止，请另选时间或直接到窗口取号。"))


def free_seat(taken: Iterable[int], limit: int) -> int | None:
    """The lowest place that is free; None when the half-day is full."""
    held = set(taken)
    return next((seat for seat in range(1, limit + 1) if seat not in held), None)


STRETCH = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)\s*[-—–~～至到]+\s*([01]?\d|2[0-3])[:：]([0-5]\d)")  # text: data


def read_stretches(text: str) -> tuple[Stretch, ...]:
    """ "8:30-12:00，14:00-17:30" as stretches in order; nothing typed is closed. ValueError when it cannot be read or overlaps."""
    parts = [part.strip() for part in re.split(r"[,，;；、\s]+(?=\d)", text.strip()) if part.strip()]  # text: data
    found: list[Stretch] = []
    for part in parts:
        read = STRETCH.fullmatch(part)
        if read is None:
            raise ValueError(part)
        first, last = time(int(read[1]), int(read[2])), time(int(read[3]), int(read[4]))
        if last <= first or (found and first < found[-1].closes_at):
            raise ValueError(part)
        found.append(Stretch(first, last))
    return tuple(found)


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
