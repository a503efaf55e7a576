"""Materials: a new kind, copies that come and go, films that are played."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.education.actions.base import KEEPERS, check_open, find_institution, where, who
from weimin.education.forms.materials import EnterMaterial, MoveMaterial
from weimin.education.models import Material, MaterialMove, Medium
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def stock_url(site: int) -> str:
    return reverse("education:materials", args=[site])


def move(material: Material, on: Any, quantity: int, by: Actor, now: datetime, *, times: int = 0, note: str = "") -> None:
    facts = {"on": on, "quantity": quantity, "times": times, "note": note, "entered_by": who(by), "entered_at": now}
    MaterialMove.objects.create(region=material.region, material=material, **facts)


@register("education.enter_material", label=_("登记资料"), form=EnterMaterial, roles=KEEPERS, find=find_institution, region=where, check=check_open)
def enter_material(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一种新的印刷或音像资料；一年提供多少种按收发和播放记录计算。"""
    printed = data["medium"] == Medium.PRINTED
    facts = {name: data[name] for name in ("medium", "title", "topic")}
    stock = data["quantity"] if printed else 0
    row = Material.objects.create(region=site.region, institution=site.pk, stock=stock, entered_by=who(by), entered_at=now, **facts)
    move(row, data["on"], stock, by, now, times=0 if printed else min(data["quantity"], 1000))
    after = {"title": row.title, "medium": row.medium, "quantity": data["quantity"]}
    return Outcome(row, after=after, message=_now("已登记。"), next_url=stock_url(site.pk))


def find_material(actor: Actor, pk: Any) -> Material:
    return Material.objects.visible_to(actor).select_for_update().get(pk=pk)


@register("education.move_material", label=_("登记收发"), form=MoveMaterial, roles=KEEPERS, find=find_material, region=where)
def move_material(by: Actor, material: Material, data: dict[str, Any], now: datetime) -> Outcome:
    """印刷资料增加或发放，音像资料播放；库存随之变化，不能发出比库存多的。"""
    sign = {"in": 1, "out": -1}.get(data["way"], 0)
    quantity = sign * data["quantity"]
    if material.stock + quantity < 0:
        raise RuleBroken(_now("“%(title)s”只剩 %(stock)d 份，请核对。") % {"title": material.title, "stock": material.stock})
    before = {"stock": material.stock}
    material.stock += quantity
    material.save(update_fields=["stock"])
    move(material, data["on"], quantity, by, now, times=0 if sign else data["quantity"], note=data["note"])
    return Outcome(material, before=before, after={"stock": material.stock}, message=_now("已登记。"), next_url=stock_url(material.institution))
