"""The public page of a township or village (P4): where it belongs, where its residents are served, what was done there last month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from weimin.catalogue.models import ItemVersion
from weimin.catalogue.vocabulary import WINDOWS
from weimin.portal.month import Month, month_of
from weimin.portal.queries import serving
from weimin.reception.models import Window
from weimin.reception.queries import Centre, WindowFacts, centres_of
from weimin.reception.rules import week_runs
from weimin.regions.public_parts import Part, PublicPlace, public_parts_of
from weimin.regions.queries import View, inside, names, search, view_of
from weimin.regions.rules import Level, level, township_of
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.tenancy import here

LEVELS = (Level.TOWNSHIP, Level.VILLAGE)
MOST_FOUND, MOST_SITES, SHOWN_IN_FULL = 30, 400, 4


@dataclass(frozen=True)
class CentreHere:
    """A centre of the place as its page shows it. `takes`: the window for what somebody came to ask, when there is one."""

    centre: Centre
    bookable: bool
    takes: Window | None

    @property
    def hours(self) -> list[tuple[str, str]]:
        """(days, hours) with days of the same hours together; the words of its register where no hours by weekday were entered."""
        runs = week_runs(self.centre.week)
        if not any(words for _first, _last, words in runs):
            return [("", self.centre.site.opening_hours)] if self.centre.site.opening_hours else []
        return [(days_said(first, last), words or _("休息")) for first, last, words in runs]

    @property
    def knows_hours(self) -> bool:
        return any(words for _day, words in self.centre.week)

    @property
    def windows(self) -> list[tuple[WindowFacts, list[tuple[str, Any]]]]:
        """Each window with the kinds (code, words) under which the guide has what it takes."""
        return [(facts, [(kind, WINDOWS[kind]) for kind in facts.window.kinds]) for facts in self.centre.windows]

    @property
    def promises(self) -> list[str]:
        return [row.text for row in self.centre.promises]


@dataclass(frozen=True)
class VillageHere:
    """A village of a township: its code, its name today, why it is gone or empty, and who serves there."""

    code: int
    name: str
    gone: str
    sites: list[Site]


@dataclass(frozen=True)
class PlacePage:
    """Everything that the public page of a place shows; `above` leads up to the government whose portal it is."""

    place: PublicPlace
    kind: str
    gone: str
    above: list[tuple[int, str]]
    centres: list[CentreHere]
    further: list[Site]
    township_sites: list[Site]
    villages: list[VillageHere]
    month: Month | None
    parts: list[Part]

    @property
    def phone(self) -> str:
        """The number to ring first."""
        numbers = [row.centre.site.phone for row in self.centres] + [site.phone for site in self.township_sites]
        return next((number for number in numbers if number), "")


def days_said(first: int, last: int) -> str:
    if first == last:
        return str(WEEKDAYS[first])
    return _("%(first)s至%(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}


def page_of_place(who: Actor, code: int, now: datetime, item: ItemVersion | None = None) -> PlacePage:
    """NotVisible for a code that is unknown, foreign, or neither a township nor a village. The questions do not grow with the villages."""
    if not who.covers(code) or level(code) not in LEVELS:
        raise NotVisible()
    today = timezone.localdate(now)
    view = view_of(who, code, today)
    if view.here is None:
        raise NotVisible()
    place = PublicPlace(code, view.here.name)
    sites = sites_of(who, place)
    own = [site for site in sites if is_own(site, place)]
    centres = [centre_here(centre, item) for centre in centres_of(who, own[:SHOWN_IN_FULL], now)]
    return PlacePage(
        place, view.here.kind, view.here.gone, view.above, centres, own[SHOWN_IN_FULL:],
        [site for site in sites if place.is_village and site.tier == "township_centre" and site not in own],
        villages_of(view, sites), month_of(who, place, today), public_parts_of(who, place, now),
    )  # fmt: skip


def is_own(site: Site, place: PublicPlace) -> bool:
    """A township's are its centres, wherever in it they stand; a village's are those that stand in it."""
    return site.region == place.code or (not place.is_village and site.tier == "township_centre")


def sites_of(who: Actor, place: PublicPlace) -> list[Site]:
    """Every open place that serves residents in the township around, those with windows first, centres before stations. One question."""
    rows = serving(who).filter(region__gte=place.township, region__lt=place.township + 1000)
    return list(rows.order_by("-has_windows", "tier", "region", "pk")[:MOST_SITES])


def centre_here(centre: Centre, item: ItemVersion | None) -> CentreHere:
    opened = [facts.window for facts in centre.windows if facts.window.state == "open"]
    takes = [window for window in opened if item is not None and window.takes(item.item.code, item.content.window)]
    return CentreHere(centre, any(window.booking_limit for window in opened), next(iter(takes), None))


def villages_of(view: View, sites: list[Site]) -> list[VillageHere]:
    """The villages of a township, by code, those that are gone left out."""
    return [VillageHere(line.code, line.name, line.gone, [site for site in sites if site.region == line.code]) for line in view.inside if not line.gone]


@dataclass(frozen=True)
class Found:
    """A place that was looked for."""

    code: int
    name: str
    township: str
    kind: str


def find_places(who: Actor, text: str) -> list[Found]:
    """Townships and villages of the jurisdiction by name, pinyin, initials or code; townships first."""
    rows = [row for row in search(text, low=who.low, high=who.high, limit=MOST_FOUND) if row.level in LEVELS]
    known = names({township_of(row.code) for row in rows})
    return [Found(row.code, row.short, known[township_of(row.code)] if row.level == Level.VILLAGE else "", str(row.get_kind_display())) for row in rows]


def townships_here() -> list[tuple[int, str]]:
    """The townships of the jurisdiction, for those who rather look than type; a township's own government has one."""
    return [(region.code, region.short) for region in inside(here().code, Level.TOWNSHIP)]
