"""Who may sit at a site, who sits where in a week, who wants to change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from weimin.reception.hours import timetable_of
from weimin.reception.models import Duty, DutyLeave, DutyPattern, DutySwap, Half, Window
from weimin.reception.queries import duties_on, windows_of
from weimin.reception.rules import DayHours, days_between
from weimin.sites.models import Site
from weimin.staffing.models import Worker
from weimin.walls.actor import Actor

OPEN_SWAPS = ("proposed", "agreed")


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def workers_at(actor: Actor, site: Site, on: date) -> list[Worker]:
    """Everybody who serves at a site on a day: appointed there, or holding one of its posts; by name."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    rows = Worker.objects.visible_to(actor).filter(
        Q(pk__in=site.appointments.filter(current, starts_on__lte=on).values("worker_id"))
        | Q(holdings__post__site=site, holdings__starts_on__lte=on, holdings__ends_on__isnull=True)
        | Q(holdings__post__site=site, holdings__starts_on__lte=on, holdings__ends_on__gte=on)
    )
    return list(rows.distinct().order_by("name", "pk")[:300])


def pattern_of(actor: Actor, windows: Iterable[Window]) -> list[DutyPattern]:
    return list(DutyPattern.objects.visible_to(actor).filter(window__in=list(windows)).select_related("worker"))


def sits_elsewhere(actor: Actor, worker: Worker, site: Site, on: date, half: str) -> str:
    """The name of another site where somebody sits in the same half-day; empty when there is none. One person may serve two windows of one site."""
    rows = Duty.objects.visible_to(actor).filter(worker=worker, on=on, half=half).exclude(window__site=site).select_related("window__site")
    found = rows.first()
    return found.window.site.name if found else ""


def on_leave(actor: Actor, workers: Iterable[int], first: date, last: date) -> list[DutyLeave]:
    rows = DutyLeave.objects.visible_to(actor).filter(worker__in=list(workers), starts_on__lte=last, ends_on__gte=first)
    return list(rows.select_related("worker", "stand_in").order_by("starts_on", "pk"))


@dataclass(frozen=True)
class Cell:
    """One half-day at one window; `open` False where the centre is not open."""

    on: date
    half: str
    label: str
    open: bool
    duty: Duty | None


@dataclass(frozen=True)
class RosterLine:
    window: Window
    cells: list[Cell]


@dataclass(frozen=True)
class Roster:
    """The week of a site as a grid: days with their hours, a line for each window, and how many open half-days nobody sits."""

    site: Site
    monday: date
    days: list[DayHours]
    lines: list[RosterLine]
    leaves: list[DutyLeave]
    swaps: list[DutySwap]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def vacant(self) -> int:
        return sum(cell.open and (cell.duty is None or cell.duty.worker_id is None) for line in self.lines for cell in line.cells)


def week_of_site(actor: Actor, site: Site, monday: date) -> Roster:
    """Six queries whatever the number of windows. Days on which nothing is open and nobody sits are left out of the grid."""
    sunday = monday + timedelta(days=6)
    timetable = timetable_of(actor, site, monday, sunday)
    windows = windows_of(actor, site)
    duties = duties_on(actor, windows, monday, sunday)
    taken = {(row.window_id, row.on, row.half): row for rows in duties.values() for row in rows}
    hours = [timetable.on(day) for day in days_between(monday, sunday)]
    days = [day for day in hours if day.halves or any(on == day.on for _window, on, _half in taken)]
    lines = [RosterLine(window, [cell for day in days for cell in cells_of(window, day, taken)]) for window in windows]
    people = {number for row in taken.values() for number in (row.worker_id, row.instead_of_id) if number}
    swaps = swaps_of(actor, site)
    for row in taken.values():
        row.swapping = any(swap.mine_id == row.pk for swap in swaps)
    return Roster(site, monday, days, lines, on_leave(actor, people, monday, sunday), swaps)


def cells_of(window: Window, day: DayHours, taken: dict[tuple[int, date, str], Duty]) -> list[Cell]:
    return [Cell(day.on, half, str(label), half in day.halves, taken.get((window.pk, day.on, half))) for half, label in Half.choices]


def swaps_of(actor: Actor, site: Site) -> list[DutySwap]:
    """Swaps of a site that are not decided."""
    rows = DutySwap.objects.visible_to(actor).filter(mine__window__site=site, state__in=OPEN_SWAPS)
    return list(rows.select_related("mine__worker", "theirs__worker", "mine__window__site", "theirs__window").order_by("pk"))


def swappable(actor: Actor, duty: Duty, today: date, until: date) -> list[Duty]:
    """Duties of others at the same site from the day of asking on, with which this one can be changed."""
    rows = Duty.objects.visible_to(actor).filter(window__site=duty.window.site_id, on__range=(today, until), worker__isnull=False)
    return list(rows.exclude(worker=duty.worker_id).select_related("worker", "window").order_by("on", "-half")[:200])
