"""What every action of this room targets, locked, and who may."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now

from weimin.reception.models import Window
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

KEEPERS = ("lead_office", "township", "village")
DESK = ("window", "village", "township")


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def find_site(actor: Actor, pk: Any) -> Site:
    return Site.objects.visible_to(actor).select_for_update().get(pk=pk)


def find_window(actor: Actor, pk: Any) -> Window:
    return Window.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site").get(pk=pk)


def check_site_in_use(site: Site, actor: Actor, now: datetime) -> None:
    if site.state == "closed":
        raise RuleBroken(_now("站点已经关闭。"))


def check_site_open(site: Site, actor: Actor, now: datetime) -> None:
    if site.state != "open":
        raise RuleBroken(_now("站点现在没有开放。"))


def centre_url(site: int) -> str:
    return reverse("reception:centre", args=[site])
