"""Writes on sites that domains make inside their own actions: a site is entered, its state moves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from weimin.sites.models import SITE_MOVES, Site
from weimin.walls.errors import RuleBroken


def create_site(*, region: int, name: str, tier: str, purposes: list[str], **facts: Any) -> Site:
    """A planned site; `facts` are columns of Site."""
    return Site.objects.create(region=region, name=name, tier=tier, purposes=purposes, **facts)


def check_move(site: Site, state: str) -> None:
    if (site.state, state) not in SITE_MOVES:
        raise RuleBroken(_("站点现在是“%(now)s”，不能改为这个状态。") % {"now": site.get_state_display()})


def move_site(site: Site, state: str, *, on: date, reason: str = "") -> None:
    """Moves a site's state by the table of moves; notes the day it opened or closed. Same state: nothing happens."""
    if site.state == state:
        return
    check_move(site, state)
    site.state, site.state_reason = state, reason
    if state == "open" and site.opened_on is None:
        site.opened_on = on
    if state == "closed":
        site.closed_on = on
    site.save(update_fields=["state", "state_reason", "opened_on", "closed_on"])
