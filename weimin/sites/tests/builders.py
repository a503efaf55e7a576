"""Sites for tests."""

from datetime import date

from weimin.sites.models import Equipment, Room, Site
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

VILLAGE = 500242101200


def everything():
    """Every row of the jurisdiction, for looking after a page was asked for (a request ends what the test had entered)."""
    return entered(system_actor())


def make_site(**over) -> Site:
    facts = {"region": VILLAGE, "name": "测试站", "tier": "village_station", "state": "open", "opened_on": date(2026, 1, 5), "address": "村口"}
    return Site.objects.create(**{**facts, **over})


def make_room(site, **over) -> Room:
    return Room.objects.create(**{"site": site, "region": site.region, "name": "会议室", "uses": ["会议"], **over})


def make_equipment(site, **over) -> Equipment:
    return Equipment.objects.create(**{"site": site, "region": site.region, "kind": "电脑", "quantity": 1, **over})


ENTERED = {
    "name": "老站点", "tier": "village_station", "place": str(VILLAGE), "place_kind": "service_centre", "address": "村委会", "opened_on": "2015-06-01",
    "rent_free": "on", "longitude": "108.767", "latitude": "28.841",
}  # fmt: skip
CORRECTED = {"name": "新名字", "place_kind": "culture_square", "address": "广场", "area": "88.5", "opening_hours": "8:30—17:30", "phone": "023-75551234"}
