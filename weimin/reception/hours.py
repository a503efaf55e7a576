"""When the centres are open: their week, their special days, and the public holidays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
    return timetables_of(actor, [site], first, last)[site.pk]


def timetables_of(actor: Actor, sites: Sequence[Site], first: date, last: date) -> dict[int, Timetable]:
    """Site → its timetable. Two queries whatever the number: the weeks, and the special days between two days."""
    weeks: dict[int, list[OpeningHours]] = defaultdict(list)
    special: dict[int, dict[date, Special]] = defaultdict(dict)
    for hours in OpeningHours.objects.visible_to(actor).filter(site__in=sites):
        weeks[hours.site_id].append(hours)
    for day in DayException.objects.visible_to(actor).filter(site__in=sites, on__range=(first, last)):
        special[day.site_id][day.on] = special_of(day)
    return {site.pk: Timetable(site, week_of(weeks[site.pk]), special[site.pk]) for site in sites}


def local(moment: datetime) -> datetime:
    return timezone.localtime(moment)
