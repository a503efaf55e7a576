"""Half-days on which a window still has room for a booking."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from weimin.reception.figures import CLOSES_MINUTES, DAYS_AHEAD
from weimin.reception.hours import local, timetable_of
from weimin.reception.models import Booking, Half, Window
from weimin.reception.rules import check_bookable
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

HELD = ("booked", "arrived")
LABELS = dict(Half.choices)


@dataclass(frozen=True)
class Slot:
    """One half-day at one window: `free` of `limit` places are left. `key` is what `reception.book` takes as `slot`."""

    window: Window
    on: date
    half: str
    free: int
    limit: int

    @property
    def key(self) -> str:
        return f"{self.window.pk}:{self.on.isoformat()}:{self.half}"

    @property
    def half_label(self) -> str:
        return str(LABELS[self.half])


def open_slots(actor: Actor, site: Site, window: Window | None, day: date | None, now: datetime, *, kind: str = "", online: bool = True) -> list[Slot]:
    """The half-days that can be booked: of a window or of every open one (of a kind), of a day or of all days ahead.

    Four queries. Full half-days are in the list with free = 0; days that cannot be booked at all are not.
    """
    moment = local(now)
    days = [day] if day else [moment.date() + timedelta(days=number) for number in range(DAYS_AHEAD + 1)]
    windows = [row for row in ([window] if window else open_windows(actor, site)) if row.booking_limit and (not kind or kind in row.kinds)]
    timetable = timetable_of(actor, site, days[0], days[-1])
    taken = seats_taken(actor, windows, days[0], days[-1])
    found = []
    for on in days:
        hours = timetable.on(on)
        for half in hours.halves:
            try:
                check_bookable(on, half, hours, moment, DAYS_AHEAD, CLOSES_MINUTES, online=online)
            except RuleBroken:
                continue
            found += [Slot(row, on, half, max(0, row.booking_limit - taken[row.pk, on, half]), row.booking_limit) for row in windows]
    return found


def open_windows(actor: Actor, site: Site) -> list[Window]:
    rows = list(Window.objects.visible_to(actor).filter(site=site, state="open").order_by("number"))
    for row in rows:
        row.site = site
    return rows


def seats_taken(actor: Actor, windows: list[Window], first: date, last: date) -> Counter[tuple[int, date, str]]:
    rows = Booking.objects.visible_to(actor).filter(window__in=windows, on__range=(first, last), state__in=HELD)
    return Counter(rows.values_list("window_id", "on", "half"))
