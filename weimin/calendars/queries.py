"""The calendar of a place: package, then the nation's rows, then the rows of each division around it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

from weimin.calendars.models import CalendarDay, CalendarVersion, CalendarYear, LampWarning
from weimin.calendars.published import Days, festivals, lawful_days, package_days, package_years
from weimin.calendars.rules import NATION, Calendar, Warning, places_of

CHECK_SECONDS = 1.0  # how long a process trusts its calendar before it looks at the version row again


@dataclass(frozen=True)
class _Loaded:
    token: str
    checked: float
    calendars: dict[tuple[int, ...], Calendar]
    rows: dict[int, Days]
    years: dict[int, str]
    warnings: dict[int, list[tuple[date, Warning]]]


class _Cache:
    """The calendars of this process. `uncommitted` is the token of an import whose transaction is still open."""

    loaded: _Loaded | None = None
    uncommitted: str | None = None


def calendar_for(region: int = NATION) -> Calendar:
    """The calendar of a region code (0 = the nation). At most one query a second in a process, unless it was edited."""
    loaded = _current()
    places = tuple(place for place in places_of(region) if place != NATION and (place in loaded.rows or place in loaded.warnings))
    if places not in loaded.calendars:
        loaded.calendars[places] = _build(loaded, places)
    return loaded.calendars[places]


def forget() -> None:
    """Look at the table again at the next question."""
    _Cache.loaded = None


def await_commit(token: str) -> None:
    """An import is under way: until it commits, calendars are read afresh, so that a rollback leaves nothing behind."""
    _Cache.uncommitted = token
    forget()


def commit_seen() -> None:
    _Cache.uncommitted = None
    forget()


def _current() -> _Loaded:
    loaded, moment = _Cache.loaded, time.monotonic()
    if loaded and moment - loaded.checked < CHECK_SECONDS:
        return loaded
    token = CalendarVersion.objects.values_list("token", flat=True).first() or ""
    if loaded and loaded.token == token:
        fresh = _Loaded(token, moment, loaded.calendars, loaded.rows, loaded.years, loaded.warnings)
    else:
        fresh = _load(token, moment)
    _Cache.loaded = None if token and token == _Cache.uncommitted else fresh
    return fresh


def _load(token: str, moment: float) -> _Loaded:
    rows: dict[int, Days] = {}
    for on, kind, name, region in CalendarDay.objects.values_list("on", "kind", "name", "region"):
        rows.setdefault(region, {})[on] = (kind, name)
    years = dict(CalendarYear.objects.values_list("year", "status"))
    warnings: dict[int, list[tuple[date, Warning]]] = {}
    for row in LampWarning.objects.order_by("effective_from", "pk"):
        warnings.setdefault(row.region, []).append((row.effective_from, Warning(row.share, row.least, row.most, row.fixed)))
    return _Loaded(token, moment, {}, rows, years, warnings)


def _build(loaded: _Loaded, places: tuple[int, ...]) -> Calendar:
    published = (package_years() - loaded.years.keys()) | {year for year, status in loaded.years.items() if status == CalendarYear.Status.PUBLISHED}
    days: Days = {day: entry for day, entry in package_days().items() if day.year not in loaded.years}
    for year in festivals().keys() - published:
        days |= lawful_days(year)
    for place in (NATION, *places):
        days |= loaded.rows.get(place, {})
    warnings = next((loaded.warnings[place] for place in reversed(places) if place in loaded.warnings), [])
    kinds = {day: kind for day, (kind, _) in days.items()}
    names: dict[date, str] = {day: name for day, (_, name) in days.items()}
    return Calendar(kinds, published, names, warnings)


def missing_years(now_year: int) -> list[int]:
    """This year and the next, where their notice is not known: what `weimin check` warns about (H-42)."""
    return [year for year in (now_year, now_year + 1) if year not in calendar_for().published]
