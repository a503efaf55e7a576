"""The only place where a due date is computed (X-03 to X-05, Z-01; Civil Code articles 200 to 204).

The day on which a period begins is not counted. Working days skip rests and include make-up days. A period in natural
days or months whose last day is a rest ends on the next working day. Hours run from the moment. Months end on the
corresponding day, or on the last day of the month. A period ends at 24:00 of its last day, or when business closes.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from weimin.calendars.rules import Calendar, Warning

ZONE = ZoneInfo("Asia/Shanghai")
WORKDAY, DAY, HOUR, MONTH = "workday", "day", "hour", "month"
UNITS = (WORKDAY, DAY, HOUR, MONTH)
LARGEST_LIMIT = 20_000
LAST_HOURS = 1  # a limit in hours is yellow in its last hour, whatever was set for days


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit as a rule states it: 5 working days, 30 days, 24 hours, 2 months; `basis` is its article."""

    value: int
    unit: str
    basis: str = ""
    rolls: bool = True  # natural days and months that end on a rest end on the next working day (Civil Code 203)

    def __post_init__(self) -> None:
        if self.unit not in UNITS or not 0 < self.value <= LARGEST_LIMIT:
            raise ValueError(f"odd limit: {self.value} {self.unit}")


@dataclass(frozen=True, slots=True)
class Due:
    """When a period ends. `at`: the moment; `on`: its last day; `provisional`: rests on an unpublished holiday notice;
    `plain`: the last day as counted, where it moved on past a rest."""

    at: datetime
    on: date
    provisional: bool = False
    unit: str = WORKDAY
    total: int = 0
    plain: date | None = None

    @classmethod
    def ending(cls, on: date, unit: str = WORKDAY, total: int = 0, *, provisional: bool = False, closes: time | None = None) -> Due:
        """The end of a stored last day: 24:00, or the hour at which business closes."""
        return cls(_end_of(on, closes), on, provisional, unit, total)


@dataclass(frozen=True, slots=True)
class Lamp:
    """What a person sees of a deadline: colour (green, yellow, red, paused) and words, never colour alone."""

    colour: str
    words: str


def due(limit: Limit, start: datetime, calendar: Calendar, *, paused: int = 0, extended: int = 0, closes: time | None = None) -> Due:
    """The end of a period that began at `start` (aware).

    `extended` adds to the limit in its own unit; `paused` is what `paused_units` counted (hours for hours, natural
    days for months, else the limit's unit). `closes` is the hour at which business ends, for limits in days.
    """
    moment = start.astimezone(ZONE)
    value, first = limit.value + extended, moment.date()
    if limit.unit == HOUR:
        end = moment + timedelta(hours=value + paused)
        return Due(end, end.date(), False, HOUR, value)
    if limit.unit == WORKDAY:
        last = calendar.workday_after(first, value + paused)
        return Due(_end_of(last, closes), last, calendar.is_provisional(first, last), WORKDAY, value)
    plain = add_months(first, value) if limit.unit == MONTH else first + timedelta(days=value)
    plain += timedelta(days=paused)
    last = calendar.working_on_or_after(plain) if limit.rolls else plain
    return Due(_end_of(last, closes), last, limit.rolls and calendar.is_provisional(plain, last), limit.unit, value, None if plain == last else plain)


def paused_units(unit: str, since: datetime, until: datetime, calendar: Calendar, end: Due | None = None) -> int:
    """How much of a limit a pause stops, so that as much is left at the resumption as at the pause: nothing where nothing was (X-05).

    Working days for workday, natural days for day and month, hours for hour (begun ones; whole ones of a limit that was past,
    lest it become timely again). `end`: where the limit ended at the pause. On its last day the rest of that day is left: the
    day of the resumption, or the next working day when that is a rest (Civil Code 203).
    """
    if until <= since:
        return 0
    late = end is not None and since >= end.at
    if unit == HOUR:
        return (until - since) // timedelta(hours=1) if late else -((since - until) // timedelta(hours=1))
    first, last = since.astimezone(ZONE).date(), until.astimezone(ZONE).date()
    stopped = calendar.workdays_between(first, last) if unit == WORKDAY else (last - first).days
    return stopped if end is None or late else stopped + _last_day_again(unit, first, last, end, calendar)


def _last_day_again(unit: str, first: date, last: date, end: Due, calendar: Calendar) -> int:
    """What is added lest a limit that was stopped on its last day, or on the rest to which that day moved, be past at the resumption."""
    if unit == WORKDAY:
        return int(calendar.workdays_between(first, end.on) == 0 and not calendar.is_working(last))
    return max((first - (end.plain or end.on)).days, 0)


def remaining(now: datetime, end: Due, calendar: Calendar) -> int:
    """Whole units left: working days, natural days (also for months) or hours; negative once it is past."""
    if end.unit == HOUR:
        return (end.at - now) // timedelta(hours=1)
    today = now.astimezone(ZONE).date()
    return calendar.workdays_between(today, end.on) if end.unit == WORKDAY else (end.on - today).days


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months later, or the last day of that month (Civil Code 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def lamp(end: Due, now: datetime, calendar: Calendar, *, paused: bool = False, rule: Warning | None = None) -> Lamp:
    """The light of an open deadline: green, yellow as the rule says (none: that of this day), red once past, or paused."""
    if paused:
        return Lamp("paused", _("已暂停"))
    if now >= end.at:
        return Lamp("red", _late_words(end, now, calendar))
    left = remaining(now, end, calendar)
    total = end.total * 30 if end.unit == MONTH else end.total
    rule = rule or calendar.warning(now.astimezone(ZONE).date())
    least = LAST_HOURS if end.unit == HOUR else rule.least
    return Lamp("yellow" if left <= least or left * 100 <= rule.share * total else "green", _left_words(end, now, left))


def _end_of(day: date, closes: time | None) -> datetime:
    if closes:
        return datetime.combine(day, closes, ZONE)
    return datetime.combine(day + timedelta(days=1), time(), ZONE)


def _left_words(end: Due, now: datetime, left: int) -> str:
    if end.unit == HOUR:
        if left:
            return ngettext("剩 %(n)d 小时", "剩 %(n)d 小时", left) % {"n": left}
        minutes = max((end.at - now) // timedelta(minutes=1), 1)
        return ngettext("剩 %(n)d 分钟", "剩 %(n)d 分钟", minutes) % {"n": minutes}
    if not left and now.astimezone(ZONE).date() < end.on:  # a stored last day that is a rest
        return _days_left((end.on - now.astimezone(ZONE).date()).days)
    if not left:
        return _("今天到期")
    if end.unit == WORKDAY:
        return ngettext("剩 %(n)d 个工作日", "剩 %(n)d 个工作日", left) % {"n": left}
    return _days_left(left)


def _days_left(days: int) -> str:
    return ngettext("剩 %(n)d 天", "剩 %(n)d 天", days) % {"n": days}


def _late_words(end: Due, now: datetime, calendar: Calendar) -> str:
    late = now - end.at
    hours = late // timedelta(hours=1)
    if not hours:
        return _("已超期不到 1 小时")
    if hours < 24:
        return ngettext("已超期 %(n)d 小时", "已超期 %(n)d 小时", hours) % {"n": hours}
    if end.unit == WORKDAY and (workdays := -remaining(now, end, calendar)):
        return ngettext("已超期 %(n)d 个工作日", "已超期 %(n)d 个工作日", workdays) % {"n": workdays}
    days = hours // 24 if end.unit == HOUR else (now.astimezone(ZONE).date() - end.on).days
    return ngettext("已超期 %(n)d 天", "已超期 %(n)d 天", days) % {"n": days}
