"""Who serves at a site, on the site's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from weimin.sites.models import Site
from weimin.sites.panels import register_panel
from weimin.staffing.queries import candidates_of, serving_at
from weimin.staffing.requirements import requirements_for
from weimin.staffing.rules import Candidates
from weimin.walls.actor import Actor


def people_at(actor: Actor, site: Site) -> dict[str, Any]:
    """What `staffing/_people.html` shows of a site: appointments, and how far the choice of people is."""
    asks = requirements_for(site)
    found = candidates_of(actor, [site.pk], asks.plan).get(site.pk, Candidates()) if asks else None
    return {"site": site, "asks": asks, "candidates": found, "serving": serving_at(actor, site)}


@register_panel("staffing/_people.html", order=20)
def fill(actor: Actor, site: Site, now: datetime) -> dict[str, Any]:
    return people_at(actor, site)
