"""What other rooms read here: a centre's facts, its queue, its free places. Each read starts at what the actor may see.

The portal asks as `system_actor(jurisdiction.low, jurisdiction.high, channel="portal")`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from weimin.catalogue.models import Item
from weimin.reception.hours import Timetable, local, timetable_of, timetables_of
from weimin.reception.models import DayException, Duty, Pledge, Window, WindowKind
from weimin.reception.rules import DayHours
from weimin.reception.slots import Slot, open_slots
from weimin.reception.waiting import GroupQueue, QueueState, queue_state
from weimin.sites.models import Site
from weimin.walls.actor import Actor

__all__ = [
    "Centre", "GroupQueue", "QueueState", "Seat", "Slot", "WindowFacts", "centre_of", "centres", "centres_of", "duties_on", "get_site", "get_window", "items_of", "open_slots",
    "queue_state", "timetable_of", "windows_of",
]  # fmt: skip
SHOWN_DAYS = 14


@dataclass(frozen=True)
class Seat:
    """Who sits at a window in one half of a day; an empty name is a vacant seat."""

    half: str
    label: str
    name: str
    instead_of: str = ""


@dataclass(frozen=True)
class WindowFacts:
    """A window as a page shows it: the items it takes (code, name) and today's seats."""

    window: Window
    items: list[tuple[str, str]]
    seats: list[Seat]


@dataclass(frozen=True)
class Centre:
    """A centre as anybody may know it: where (site), when, which windows, who is on duty on `on`, what it promises.

    week: (weekday 0 = Monday, words of the hours, "" when closed). special: the days of the next fortnight that are not as usual.
    """

    site: Site
    on: date
    today: DayHours
    is_open: bool
    week: list[tuple[int, str]]
    special: list[DayHours]
    windows: list[WindowFacts]
    pledges: dict[str, list[Pledge]]

    @property
    def promises(self) -> list[Pledge]:
        return self.pledges.get("promise", [])


def get_site(actor: Actor, number: int) -> Site:
    """Site.DoesNotExist when hidden or missing."""
    return Site.objects.visible_to(actor).get(pk=number)


def get_window(actor: Actor, number: int) -> Window:
    """Window.DoesNotExist when hidden or missing."""
    return Window.objects.visible_to(actor).select_related("site").get(pk=number)


def centres(actor: Actor) -> list[Site]:
    """Every open site with at least one window that is not closed, in the order of regions."""
    with_windows = Window.objects.visible_to(actor).exclude(state="closed").values("site_id")
    return list(Site.objects.visible_to(actor).filter(state="open", pk__in=with_windows).order_by("region", "pk")[:2000])


def windows_of(actor: Actor, site: Site) -> list[Window]:
    return windows_at(actor, [site])[site.pk]


def windows_at(actor: Actor, sites: Sequence[Site]) -> dict[int, list[Window]]:
    """Site → its windows that are not closed, by number; they share the one site object. One query."""
    known = {site.pk: site for site in sites}
    found: dict[int, list[Window]] = {number: [] for number in known}
    for row in Window.objects.visible_to(actor).filter(site__in=sites).exclude(state="closed").order_by("site", "number"):
        row.site = known[row.site_id]
        found[row.site_id].append(row)
    return found


def offered_items() -> list[tuple[str, str, str]]:
    """(code, name, window kind) of every item on offer; one query."""
    return list(Item.objects.filter(offered=True, current__isnull=False).order_by("code").values_list("code", "name", "window"))


def items_of(window: Window, offered: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """(code, name) of what a window takes: its kinds with the exceptions written on it (S2)."""
    return [(code, name) for code, name, kind in offered if window.takes(code, kind)]


def duties_on(actor: Actor, windows: list[Window], first: date, last: date) -> dict[int, list[Duty]]:
    """window → its duties from one day to another, in order; one query."""
    rows = Duty.objects.visible_to(actor).filter(window__in=windows, on__range=(first, last)).select_related("worker", "instead_of")
    found: dict[int, list[Duty]] = defaultdict(list)
    known = {window.pk: window for window in windows}
    for row in rows.order_by("on", "-half", "window_id"):
        row.window = known[row.window_id]
        found[row.window_id].append(row)
    return found


def seat_of(duty: Duty) -> Seat:
    stood_in = duty.instead_of.name if duty.instead_of else ""
    return Seat(duty.half, str(duty.get_half_display()), duty.worker.name if duty.worker else "", stood_in)


def pledges_at(actor: Actor, sites: Sequence[Site]) -> dict[int, dict[str, list[Pledge]]]:
    """Site → kind → what hangs on the wall now, in order. One query."""
    found: dict[int, dict[str, list[Pledge]]] = {site.pk: {} for site in sites}
    for row in Pledge.objects.visible_to(actor).filter(site__in=sites, withdrawn_on=None).order_by("kind", "position", "pk"):
        found[row.site_id].setdefault(row.kind, []).append(row)
    return found


def marked_days(actor: Actor, site: Site, first: date) -> list[DayException]:
    """The special days that somebody wrote down, from a day on."""
    return list(DayException.objects.visible_to(actor).filter(site=site, on__gte=first).order_by("on")[:30])


def specials_ahead(timetable: Timetable, first: date) -> list[DayHours]:
    days = [timetable.on(first + timedelta(days=number)) for number in range(SHOWN_DAYS)]
    return [day for day in days if day.reason]


def centre_of(actor: Actor, site: Site, now: datetime) -> Centre:
    return centres_of(actor, [site], now)[0]


def centres_of(actor: Actor, sites: Sequence[Site], now: datetime) -> list[Centre]:
    """Everything about centres at this moment; six queries whatever the number of centres and windows."""
    today = local(now).date()
    timetables = timetables_of(actor, sites, today, today + timedelta(days=SHOWN_DAYS))
    windows, offered = windows_at(actor, sites), offered_items()
    duties = duties_on(actor, [window for rows in windows.values() for window in rows], today, today)
    pledges = pledges_at(actor, sites)
    facts = {
        site.pk: [WindowFacts(window, items_of(window, offered), [seat_of(duty) for duty in duties.get(window.pk, [])]) for window in windows[site.pk]]
        for site in sites
    }
    return [centre_at(timetables[site.pk], facts[site.pk], pledges[site.pk], local(now)) for site in sites]


def centre_at(timetable: Timetable, windows: list[WindowFacts], pledges: dict[str, list[Pledge]], moment: datetime) -> Centre:
    """What is known of one centre put together; `moment` is local time."""
    site, today = timetable.site, moment.date()
    hours = timetable.on(today)
    return Centre(
        site, today, hours, site.state == "open" and hours.is_open_at(moment.time()),
        [(day, "，".join(map(str, timetable.week.get(day, ())))) for day in range(7)],  # text: data
        specials_ahead(timetable, today), windows, pledges,
    )  # fmt: skip


def kind_label(kind: str) -> str:
    return str(dict(WindowKind.choices).get(kind, kind))
