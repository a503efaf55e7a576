"""One valid use of each action of this room."""

from weimin.actions.examples import Example
from weimin.sites.models import Sign
from weimin.sites.tests.builders import CORRECTED, ENTERED, make_equipment, make_room, make_site

STOP = {"on": "2026-11-20", "reason": "房屋维修"}


def village(region: int) -> int:
    """The first village of a township; the first village of 酉阳 for a county post."""
    return 500242101200 if region % 10**6 == 0 else region + 200 if region % 1000 == 0 else region


def on_site(data, **facts):
    return lambda actor, region: (make_site(region=village(region), **facts).pk, dict(data))


def on_room(data, **facts):
    return lambda actor, region: (make_room(make_site(region=village(region), **facts)).pk, dict(data))


def on_thing(data, **facts):
    return lambda actor, region: (make_equipment(make_site(region=village(region), **facts)).pk, dict(data))


def on_sign(actor, region):
    site = make_site(region=village(region))
    return Sign.objects.create(site=site, region=site.region, kind="国旗").pk, {}


EXAMPLES = {
    "sites.enter": Example("township", lambda actor, region: (None, {**ENTERED, "place": str(village(region))})),
    "sites.correct": Example("township", on_site(CORRECTED), wrong=on_site(CORRECTED, state="closed")),
    "sites.add_room": Example(
        "township",
        on_site({"name": "会议室", "other_uses": "党员活动、人口学校"}),
        wrong=on_site({"name": "会议室", "other_uses": "党员活动、人口学校"}, state="closed"),
    ),
    "sites.change_room": Example("township", on_room({"name": "阅览室"}), wrong=on_room({"name": "阅览室"}, state="closed")),
    "sites.remove_room": Example("township", on_room({})),
    "sites.add_equipment": Example(
        "township",
        on_site({"kind": "电脑", "quantity": "2", "working": "on"}),
        wrong=on_site({"kind": "电脑", "quantity": "2", "working": "on"}, state="closed"),
    ),
    "sites.change_equipment": Example(
        "township",
        on_thing({"kind": "电脑", "quantity": "3", "working": "on"}),
        wrong=on_thing({"kind": "电脑", "quantity": "3", "working": "on"}, state="closed"),
    ),
    "sites.remove_equipment": Example("township", on_thing({})),
    "sites.put_up_sign": Example("township", on_site({"kind": "国旗"}), wrong=on_site({"kind": "国旗"}, state="closed")),
    "sites.take_down_sign": Example("township", on_sign),
    "sites.suspend": Example("township", on_site(STOP)),
    "sites.reopen": Example("township", on_site(STOP, state="suspended")),
    "sites.close": Example("township", on_site(STOP)),
}
