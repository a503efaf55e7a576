"""An institution's facts on the site's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from weimin.institutions.queries.institutions import institution_of, latest_rounds, named_stars, published_stars
from weimin.institutions.readers import READERS
from weimin.sites.models import Site
from weimin.sites.panels import register_panel
from weimin.walls.actor import Actor


@register_panel("institutions/_panel.html", order=12)
def fill(actor: Actor, site: Site, now: datetime) -> dict[str, Any] | None:
    """Only sites of the institutions' tier have one."""
    if site.tier != "institution":
        return None
    row, on = institution_of(actor, site), timezone.localdate(now)
    if row is None:
        return {"site": site, "institution": None}
    one = [row]
    return {
        "site": site, "institution": row, "last": latest_rounds(actor, one, on).get(row.pk), "star": named_stars(actor, one, on).get(row.pk),
        "rated": published_stars(actor, one).get(row.pk), "insured": row.is_insured(on), "informed": row.is_informed(on),
        "opens": actor.role in READERS,
    }  # fmt: skip
