"""What the actions of this room share: who may, how an institution is found, where things happen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now

from weimin.sites.models import Site, SiteState, Tier
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

KEEPERS = ("institution", "doctor", "health_bureau")  # who plan, hold and record; leaders, offices and townships read


def find_institution(actor: Actor, pk: Any) -> Site:
    """A site that is an institution; another tier is not found."""
    return Site.objects.visible_to(actor).select_for_update().get(pk=pk, tier=Tier.INSTITUTION)


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def check_open(site: Site, actor: Actor, now: datetime) -> None:
    if site.state != SiteState.OPEN:
        raise RuleBroken(_now("“%(name)s”现在是“%(state)s”，不能办理。") % {"name": site.name, "state": site.get_state_display()})


def who(by: Actor) -> str:
    return by.name or by.role
