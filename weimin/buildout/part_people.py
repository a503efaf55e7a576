"""The people of one project for its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from weimin.buildout.models import Project
from weimin.buildout.operators import of_site
from weimin.buildout.parts import part
from weimin.staffing.panel import people_at
from weimin.staffing.queries import nominations_of
from weimin.walls.actor import Actor


@part("people")
def people_of(actor: Actor, project: Project, now: datetime) -> dict[str, Any]:
    """site, asks (Requirements or None), candidates, serving, nominations; asks without a site before the place is proposed."""
    if project.site is None:
        return {"site": None, "planned": project.plan.content.operators_of(project.tier)}
    project.site.__dict__.setdefault("weimin_project", project)
    nominations = nominations_of(actor, project.site) if of_site(project.site) else []
    return {**people_at(actor, project.site), "nominations": nominations, "planned": None}
