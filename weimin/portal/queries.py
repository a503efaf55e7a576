"""Reads of the public pages. What is public has no wall (catalogue) or is read by the visitor of the jurisdiction (sites)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from weimin.catalogue.models import ItemVersion
from weimin.catalogue.queries import current, find_items
from weimin.portal.item_page import Line, line_of
from weimin.reception.models import Window
from weimin.reception.queries import Centre, QueueState, centre_of, queue_state
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible

MOST_CENTRES = 400
SERVES = ("township_centre", "village_station")


@dataclass(frozen=True)
class Asked:
    """What a resident looks for in the guide; empty = all."""

    text: str = ""
    life: str = ""
    group: str = ""
    theme: str = ""
    window: str = ""

    @property
    def anything(self) -> bool:
        return any((self.text, self.life, self.group, self.theme, self.window))


def find_guide(asked: Asked) -> list[Line]:
    """The items that fit everything that was asked, best match first; every item when nothing was."""
    rows = find_items(asked.text, 500, asked.window, near=True)
    return [
        line_of(row.content)
        for row in rows
        if (not asked.life or asked.life in row.content.life_events)
        and (not asked.group or asked.group in row.content.groups)
        and (not asked.theme or asked.theme == row.content.theme)
    ]


def item_in_force(code: str) -> ItemVersion:
    """The item in force; NotVisible when it is unknown or out of service."""
    try:
        found = current(code)
    except ItemVersion.DoesNotExist:
        raise NotVisible() from None
    if not found.item.offered:
        raise NotVisible()
    return found


def townships_with_centres(who: Actor) -> list[tuple[int, str, int]]:
    """(township, name, open centres and stations) of the jurisdiction, by code; two queries."""
    counted: dict[int, int] = {}
    for region in Site.objects.visible_to(who).filter(state="open", tier__in=SERVES).values_list("region", flat=True):
        counted[township_of(region)] = counted.get(township_of(region), 0) + 1
    known = names(counted)
    return [(code, known[code], number) for code, number in sorted(counted.items())]


def serving(who: Actor) -> QuerySet[Any]:
    """Open places that serve residents, each with whether it `has_windows`."""
    with_windows = Window.objects.visible_to(who).exclude(state="closed").filter(site=OuterRef("pk"))
    return Site.objects.visible_to(who).filter(state="open", tier__in=SERVES).annotate(has_windows=Exists(with_windows))


def list_centres(who: Actor, township: int | None, item: ItemVersion | None = None) -> list[dict[str, Any]]:
    """Open places that serve residents, those with windows first, centres before stations; of one township when it is named.

    `item`: only those with a window that takes it, when there are any; elsewhere whoever is on duty takes whatever comes.
    """
    served = serving(who)
    if township is not None:
        served = served.filter(region__gte=township, region__lt=township + 1000)
    if item is not None and (there := sites_that_take(who, item)):
        served = served.filter(pk__in=there)
    found = list(served.order_by("-has_windows", "tier", "region", "pk")[:MOST_CENTRES])
    known = names({row.region for row in found})
    return [{"site": row, "place": known[row.region]} for row in found]


def sites_that_take(who: Actor, item: ItemVersion) -> set[int]:
    """The sites with an open window for an item."""
    windows = Window.objects.visible_to(who).filter(state="open")
    return {row.site_id for row in windows if row.takes(item.item.code, item.content.window)}


@dataclass(frozen=True)
class CentrePage:
    """A centre as the public sees it, with its queue now."""

    centre: Centre
    queue: QueueState
    place: str
    bookable: bool

    @property
    def hours(self) -> list[tuple[str, str]]:
        """(weekday, hours), as the centre hangs them out; the words of its register where no hours by weekday were entered."""
        if not any(words for _day, words in self.centre.week):
            return [(_("开放时间"), self.centre.site.opening_hours)] if self.centre.site.opening_hours else []
        return [(str(WEEKDAYS[day]), words or _("休息")) for day, words in self.centre.week]

    @property
    def knows_hours(self) -> bool:
        """Whether it can be said that it is open now."""
        return any(words for _day, words in self.centre.week)


def centre_page(who: Actor, number: int, now: datetime) -> CentrePage:
    """NotVisible unless it is open to residents."""
    site = Site.objects.visible_to(who).filter(pk=number, state="open", tier__in=SERVES).first()
    if site is None:
        raise NotVisible()
    centre = centre_of(who, site, now)
    bookable = any(facts.window.booking_limit for facts in centre.windows if facts.window.state == "open")
    return CentrePage(centre, queue_state(who, site, now), names([site.region])[site.region], bookable)
