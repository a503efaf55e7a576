"""A centre's windows and who is on duty today, on the site's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from weimin.reception.hours import local
from weimin.reception.queries import duties_on, seat_of, windows_of
from weimin.sites.models import Site
from weimin.sites.panels import register_panel
from weimin.walls.actor import Actor


@register_panel("reception/_windows.html", order=15)
def fill(actor: Actor, site: Site, now: datetime) -> dict[str, Any]:
    windows, on = windows_of(actor, site), local(now).date()
    duties = duties_on(actor, windows, on, on) if windows else {}
    return {"site": site, "windows": [(window, [seat_of(duty) for duty in duties.get(window.pk, [])]) for window in windows]}
