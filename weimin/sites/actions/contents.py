"""Rooms, equipment and signs of a site. The trail notes each at the site, so that its page tells the whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.sites.actions.facts import KEEPERS, check_not_closed, find_site, site_url, told, where
from weimin.sites.forms import EquipmentForm, RoomForm, SignForm
from weimin.sites.models import Equipment, Room, Sign, Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

ROOM = ("name", "uses", "area", "boards")
THING = ("kind", "quantity", "asset_number", "bought_on", "working")


def find_room(actor: Actor, pk: Any) -> Room:
    return Room.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site").get(pk=pk)


def find_thing(actor: Actor, pk: Any) -> Equipment:
    return Equipment.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site").get(pk=pk)


def find_sign(actor: Actor, pk: Any) -> Sign:
    return Sign.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site").get(pk=pk)


def check_site_open(thing: Room | Equipment | Sign, actor: Actor, now: datetime) -> None:
    check_not_closed(thing.site, actor, now)


def picture(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: told(getattr(row, name)) for name in names}


def at_site(site: Site, message: Any, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None) -> Outcome:
    return Outcome(site, before=before or {}, after=after or {}, message=message, next_url=site_url(site.pk))


@register("sites.add_room", label=_("登记房间"), form=RoomForm, roles=KEEPERS, find=find_site, region=where, check=check_not_closed)
def add_room(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一个房间和它承担的几项功能。"""
    room = Room.objects.create(site=site, region=site.region, **{name: data[name] for name in ROOM})
    return at_site(site, _now("已登记%(name)s。") % {"name": room.name}, after={"room": picture(room, ROOM)})


@register("sites.change_room", label=_("修改房间"), form=RoomForm, roles=KEEPERS, find=find_room, region=where, check=check_site_open)
def change_room(by: Actor, room: Room, data: dict[str, Any], now: datetime) -> Outcome:
    """修改房间的名称、功能、面积和上墙制度。"""
    before = picture(room, ROOM)
    for name in ROOM:
        setattr(room, name, data[name])
    room.save(update_fields=[*ROOM])
    return at_site(room.site, _now("已修改。"), {"room": before}, {"room": picture(room, ROOM)})


def check_room_empty(room: Room, actor: Actor, now: datetime) -> None:
    check_site_open(room, actor, now)
    if room.equipment.all():
        raise RuleBroken(_now("房间里还登记着设备，请先把设备改到别的房间或撤下。"))


@register(
    "sites.remove_room", label=_("撤销房间"), roles=KEEPERS, find=find_room, region=where, check=check_room_empty,
    confirm=_("撤销后这个房间不再显示，确定吗？"),
)  # fmt: skip
def remove_room(by: Actor, room: Room, data: dict[str, Any], now: datetime) -> Outcome:
    """撤销登记错的或不再使用的房间；留痕里保留原来的内容。"""
    site, before = room.site, picture(room, ROOM)
    room.delete()
    return at_site(site, _now("已撤销。"), {"room": before})


def room_of(site: Site, number: int | None) -> Room | None:
    return Room.objects.get(pk=number, site=site) if number else None


@register("sites.add_equipment", label=_("登记设备"), form=EquipmentForm, roles=KEEPERS, find=find_site, region=where, check=check_not_closed)
def add_equipment(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一种设备、数量和所在的房间。"""
    room = room_of(site, data["room"])
    thing = Equipment.objects.create(site=site, region=site.region, room=room, **{name: data[name] for name in THING})
    return at_site(site, _now("已登记%(name)s。") % {"name": thing.kind}, after={"equipment": picture(thing, THING)})


@register("sites.change_equipment", label=_("修改设备"), form=EquipmentForm, roles=KEEPERS, find=find_thing, region=where, check=check_site_open)
def change_equipment(by: Actor, thing: Equipment, data: dict[str, Any], now: datetime) -> Outcome:
    """修改设备的数量、位置和能否使用。"""
    before = picture(thing, THING)
    for name in THING:
        setattr(thing, name, data[name])
    thing.room = room_of(thing.site, data["room"])
    thing.save(update_fields=[*THING, "room"])
    return at_site(thing.site, _now("已修改。"), {"equipment": before}, {"equipment": picture(thing, THING)})


@register(
    "sites.remove_equipment", label=_("撤下设备"), roles=KEEPERS, find=find_thing, region=where, check=check_site_open,
    confirm=_("撤下后这件设备不再显示，确定吗？"),
)  # fmt: skip
def remove_equipment(by: Actor, thing: Equipment, data: dict[str, Any], now: datetime) -> Outcome:
    """撤下登记错的或报废的设备；坏了还在的，请改成不能使用。"""
    site, before = thing.site, picture(thing, THING)
    thing.delete()
    return at_site(site, _now("已撤下。"), {"equipment": before})


@register("sites.put_up_sign", label=_("登记标识"), form=SignForm, roles=KEEPERS, find=find_site, region=where, check=check_not_closed)
def put_up_sign(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """登记挂牌、国旗、公开栏等标识和设施。"""
    sign = Sign.objects.create(site=site, region=site.region, kind=data["kind"], text=data["text"], put_up_on=data["put_up_on"])
    return at_site(site, _now("已登记%(name)s。") % {"name": sign.kind}, after={"sign": {"kind": sign.kind, "text": sign.text}})


@register(
    "sites.take_down_sign", label=_("撤下标识"), roles=KEEPERS, find=find_sign, region=where, check=check_site_open,
    confirm=_("撤下后这个标识不再显示，确定吗？"),
)  # fmt: skip
def take_down_sign(by: Actor, sign: Sign, data: dict[str, Any], now: datetime) -> Outcome:
    """撤下登记错的或已经拆除的标识。"""
    site, before = sign.site, {"kind": sign.kind, "text": sign.text}
    sign.delete()
    return at_site(site, _now("已撤下。"), {"sign": before})
