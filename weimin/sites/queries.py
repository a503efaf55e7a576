"""Every read of sites; each starts at what the actor may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from weimin.attachments.models import Attachment
from weimin.attachments.queries import attachments_of
from weimin.regions.narrowing import in_region
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.sites.models import Equipment, Room, Sign, Site
from weimin.sites.rules import life_stages
from weimin.ui.components.maps import Place
from weimin.ui.components.status import Stage
from weimin.walls.actor import Actor

STATE_NAMES = dict(Site._meta.get_field("state").flatchoices)
KINDS = {"open": "ok", "building": "info", "suspended": "warn", "closed": "off", "planned": "off"}
COLOURS = {"open": "green", "building": "yellow", "planned": "yellow", "suspended": "red", "closed": "paused"}
MOST_PINS, MOST_EXPORTED = 1000, 100_000


def filter_sites(actor: Actor, chosen: dict[str, str]) -> QuerySet[Site]:
    """Sites by tier, state, township (12-digit code) and beginning of the name; all optional."""
    rows = Site.objects.visible_to(actor)
    for name in ("tier", "state"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    rows = in_region(rows, chosen.get("township", ""))
    if text := chosen.get("text", "").replace("\x00", "").strip():
        rows = rows.filter(name__prefix=text)
    return rows


def get_site(actor: Actor, number: int) -> Site:
    """Site.DoesNotExist when it is hidden or missing."""
    return Site.objects.visible_to(actor).get(pk=number)


def line(site: Site, known: dict[int, str]) -> dict[str, Any]:
    """A site as lists show it; `known` names its region and township."""
    return {
        "name": site.name, "url": reverse("sites:site", args=[site.pk]), "address": site.address, "tier": site.get_tier_display(),
        "township": known[township_of(site.region)], "village": known[site.region],
        "state": (site.get_state_display(), KINDS[site.state]), "opened_on": site.opened_on, "area": site.area,
    }  # fmt: skip


def lines(rows: list[Site]) -> list[dict[str, Any]]:
    known = names({site.region for site in rows} | {township_of(site.region) for site in rows})
    return [line(site, known) for site in rows]


def pins(rows: QuerySet[Site]) -> list[Place]:
    """The places of the list that have coordinates."""
    found = rows.filter(longitude__isnull=False).order_by("region", "pk").only("pk", "name", "state", "longitude", "latitude")[:MOST_PINS]
    return [
        Place(
            float(site.longitude or 0), float(site.latitude or 0), site.name, COLOURS[site.state], str(site.get_state_display()),
            reverse("sites:site", args=[site.pk]),
        )
        for site in found
    ]  # fmt: skip


def rows_for_export(rows: QuerySet[Site]) -> Iterator[dict[str, Any]]:
    """Plain rows for Excel: exactly what the list shows, with every fact."""
    found = list(rows.order_by("region", "pk")[:MOST_EXPORTED])
    known = names({site.region for site in found} | {township_of(site.region) for site in found})
    for site in found:
        yield {
            "township": known[township_of(site.region)], "village": known[site.region], "name": site.name, "tier": str(site.get_tier_display()),
            "state": str(site.get_state_display()), "place_kind": site.place, "address": site.address,
            "longitude": site.longitude, "latitude": site.latitude, "area": site.area, "opening_hours": site.opening_hours, "phone": site.phone,
            "rent_free": site.rent_free, "existing": site.existing, "parcel_delivery": site.parcel_delivery, "opened_on": site.opened_on,
        }  # fmt: skip


@dataclass(frozen=True)
class Inside:
    """What a site has: rooms with their equipment, equipment that stands in no room, signs."""

    rooms: list[Room]
    loose: list[Equipment]
    signs: list[Sign]

    @property
    def equipment(self) -> list[Equipment]:
        return [*(thing for room in self.rooms for thing in room.equipment.all()), *self.loose]


def inside_of(actor: Actor, site: Site) -> Inside:
    """Four queries whatever the number of rooms; every room carries its equipment."""
    things = Prefetch("equipment", Equipment.objects.visible_to(actor).order_by("pk"))
    rooms = list(Room.objects.visible_to(actor).filter(site=site).order_by("pk").prefetch_related(things))
    loose = list(Equipment.objects.visible_to(actor).filter(site=site, room=None).order_by("pk"))
    signs = list(Sign.objects.visible_to(actor).filter(site=site).order_by("pk"))
    found = Inside(rooms, loose, signs)
    held: list[Room | Equipment | Sign] = [*rooms, *signs, *found.equipment]
    for row in held:
        row.site = site  # the buttons ask each row for its site
    return found


def life_line(site: Site) -> list[Stage]:
    stages = [Stage(str(STATE_NAMES[name]), how) for name, how in life_stages(site.state, site.opened_on is not None)]
    if site.state in ("suspended", "closed"):
        stages[-1 if site.opened_on else 0] = Stage(str(site.get_state_display()), "failed", site.state_reason[:20])
    return stages


def files_of(actor: Actor, site: Site) -> tuple[list[Attachment], list[Attachment]]:
    """(photos, other files) of a site."""
    files = list(attachments_of(actor, "sites.site", site.pk))
    return [file for file in files if file.is_picture], [file for file in files if not file.is_picture]
