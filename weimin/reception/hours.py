"""When the centres are open: their week, their special days, and the public holidays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from weimin.calendars.queries import calendar_for
from weimin.reception.models import DayException, OpeningHours
from weimin.reception.rules import DayHours, Special, Stretch, hours_on
from weimin.sites.models import Site
from weimin.walls.actor import Actor

Week = dict[int, tuple[Stretch, ...]]


@dataclass(frozen=True)
class Timetable:
    """What is known of a site's hours for some days; `on(day)` puts it together."""

    site: Site
    week: Week
    special: dict[date, Special]

    def on(self, day: date) -> DayHours:
        return hours_on(day, self.week, self.special.get(day), calendar_for(self.site.region).kind(day))


def week_of(rows: Iterable[OpeningHours]) -> Week:
    week: dict[int, list[Stretch]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.weekday, row.opens_at)):
        week[row.weekday].append(Stretch(row.opens_at, row.closes_at))
    return {day: tuple(stretches) for day, stretches in week.items()}


def special_of(row: DayException) -> Special:
    if row.closed or row.opens_at is None or row.closes_at is None:
        return Special(row.reason)
    return Special(row.reason, (Stretch(row.opens_at, row.closes_at),))


def timetable_of(actor: Actor, site: Site, first: date, last: date) -> Timetable:
    """Two queries: the week, and the special days between two days."""
    rows = OpeningHours.objects.visible_to(actor).filter(site=site)
    special = DayException.objects.visible_to(actor).filter(site=site, on__range=(first, last))
    return Timetable(site, week_of(rows), {row.on: special_of(row) for row in special})


def local(moment: datetime) -> datetime:
    return timezone.localtime(moment)
