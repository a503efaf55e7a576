"""Suspending, reopening and closing a site that no building project holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.sites.actions.facts import find_site, site_url, where
from weimin.sites.forms import StateForm
from weimin.sites.models import Site
from weimin.sites.register import check_move, move_site
from weimin.sites.rules import reopened_state
from weimin.sites.state_checks import check_free
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

OFFICES = ("lead_office", "township")


def check_to(state: str) -> Any:
    def check(site: Site, actor: Actor, now: datetime) -> None:
        check_move(site, state)
        check_free(site, state)

    return check


def check_reopenable(site: Site, actor: Actor, now: datetime) -> None:
    if site.state != "suspended":
        raise RuleBroken(_now("站点没有暂停，不用恢复。"))
    check_free(site, reopened_state(site.opened_on is not None))


def moved(site: Site, state: str, data: dict[str, Any], message: Any) -> Outcome:
    before = site.state
    if site.opened_on and data["on"] < site.opened_on:
        raise RuleBroken(_now("这一天早于站点的开放日期，请核对。"))
    move_site(site, state, on=data["on"], reason=data["reason"])
    after = {"state": state, "on": str(data["on"])}
    return Outcome(site, before={"state": before}, after=after, message=message, reason=data["reason"], next_url=site_url(site.pk))


@register("sites.suspend", label=_("暂停开放"), form=StateForm, roles=OFFICES, find=find_site, region=where, check=check_to("suspended"))
def suspend(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """暂停一个站点的服务，说明理由；以后可以恢复。"""
    return moved(site, "suspended", data, _now("已暂停。"))


@register("sites.reopen", label=_("恢复开放"), form=StateForm, roles=OFFICES, find=find_site, region=where, check=check_reopenable)
def reopen(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """恢复暂停的站点。"""
    return moved(site, reopened_state(site.opened_on is not None), data, _now("已恢复。"))


@register(
    "sites.close", label=_("关闭站点"), form=StateForm, roles=OFFICES, find=find_site, region=where, check=check_to("closed"),
    confirm=_("关闭后不能恢复，确定吗？"),
)  # fmt: skip
def close(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """关闭一个不再服务的站点，说明理由；资料保留。"""
    return moved(site, "closed", data, _now("已关闭。"))
