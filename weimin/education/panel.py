"""Health education of an institution, on its site page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from weimin.education.models import Activity, ActivityState
from weimin.education.queries.yearly import year_of
from weimin.sites.models import Site, Tier
from weimin.sites.panels import register_panel
from weimin.walls.actor import Actor

NEXT = 3


@register_panel("education/_panel.html", order=40)
def fill(actor: Actor, site: Site, now: datetime) -> dict[str, Any] | None:
    """The year's minimums and what comes next; nothing on sites that are no institution."""
    if site.tier != Tier.INSTITUTION:
        return None
    today = timezone.localdate(now)
    coming = Activity.objects.visible_to(actor).filter(institution=site.pk, state=ActivityState.PLANNED).order_by("starts_at", "pk")[:NEXT]
    return {"site": site, "year": year_of(actor, site, today.year, today), "coming": list(coming)}
