"""Entering a site that is there already, and correcting what is written about one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.sites.forms import FACTS, CorrectSite, EnterSite
from weimin.sites.models import Site
from weimin.sites.register import create_site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

KEEPERS = ("lead_office", "township", "village", "operator")


def find_site(actor: Actor, pk: Any) -> Site:
    return Site.objects.visible_to(actor).select_for_update().get(pk=pk)


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def site_url(number: int) -> str:
    return reverse("sites:site", args=[number])


def told(value: Any) -> Any:
    """A value as the trail keeps it."""
    return value if isinstance(value, (bool, int, str, list)) or value is None else str(value)


@register("sites.enter", label=_("登记已有站点"), form=EnterSite, roles=("lead_office", "township"), region=lambda target, data: data["place"])
def enter(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """把已经开放的站点登记进来；同一村同名的不重复登记。"""
    if Site.objects.filter(region=data["place"], name=data["name"]).exclude(state="closed").exists():
        raise RuleBroken(_now("“%(name)s”已经登记过，不用再登记。") % {"name": data["name"]})
    facts = {name: data[name] for name in FACTS if name != "name"}
    site = create_site(
        region=data["place"], name=data["name"], tier=data["tier"], purposes=data["purposes"], state="open", existing=True,
        opened_on=data["opened_on"], **facts,
    )  # fmt: skip
    after = {"name": site.name, "tier": site.tier, "opened_on": str(site.opened_on)}
    return Outcome(site, after=after, message=_now("已登记%(name)s。") % {"name": site.name}, next_url=site_url(site.pk))


def check_not_closed(site: Site, actor: Actor, now: datetime) -> None:
    if site.state == "closed":
        raise RuleBroken(_now("站点已经关闭，资料不再修改。"))


@register("sites.correct", label=_("更正站点资料"), form=CorrectSite, roles=KEEPERS, find=find_site, region=where, check=check_not_closed)
def correct(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """更正名称、地址、坐标、面积、开放时间、电话和物流配送。"""
    changed = [name for name in FACTS if getattr(site, name) != data[name]]
    before = {name: told(getattr(site, name)) for name in changed}
    for name in changed:
        setattr(site, name, data[name])
    if "place_kind" in changed:
        site.place_words = ""  # the plan's word was for the old kind
    if changed:
        site.save(update_fields=[*changed, "place_words"])
    after = {name: told(data[name]) for name in changed}
    return Outcome(site, before=before, after=after, message=_now("已更正。") if changed else _now("没有变化。"), next_url=site_url(site.pk))
