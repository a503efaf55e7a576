"""How a site comes into the network: its place is entered, its project proposed, the township's quota closed when full.

Called by the actions that propose (`lifecycle`, `siting`), inside their transactions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from weimin.buildout.applying import desk_of, new_project, step_of
from weimin.buildout.flow import QUOTA
from weimin.buildout.models import Plan, Project, Quota
from weimin.buildout.rules import Desk
from weimin.flows.steps import close_step, current_step
from weimin.regions.queries import Geography
from weimin.sites.models import PlaceKind, Site
from weimin.sites.register import create_site
from weimin.staffing.calls import call_for_people
from weimin.walls.actor import Actor

SITE_TIERS = {"county": "county_centre", "township": "township_centre", "village": "village_station"}


def place_site(project: Project, data: dict[str, Any], now: datetime) -> None:
    """Enters the site of a proposal, or corrects the place of one that was sent back."""
    tier = project.plan.content.tier(project.tier)
    words = next((kind.label for kind in tier.place_kinds if kind.key == data["place_kind"]), "")
    facts = {
        "place_words": words, "place_kind": data["place_kind"] if data["place_kind"] in PlaceKind.values else "other", "address": data["address"],
        "longitude": data.get("longitude"), "latitude": data.get("latitude"), "area": data.get("area"), "rent_free": not data["self_borne"],
    }  # fmt: skip
    if project.site is None:
        purposes = [project.plan.code]
        project.site = create_site(region=project.region, name=project.name, tier=SITE_TIERS[tier.level], purposes=purposes, **facts)
    else:
        Site.objects.filter(pk=project.site.pk).update(**facts)
    project.self_borne, project.acknowledged_by = data["self_borne"], data.get("acknowledged_by", "")
    project.acknowledged_at = now if data["self_borne"] else None


def propose_new(plan: Plan, tier: str, region: int, places: Geography, data: dict[str, Any], now: datetime) -> tuple[Project, Desk | None]:
    """A project that nobody had: made, placed, proposed, with its open step. Also the desk that held the proposing."""
    content = plan.content
    project = new_project(plan, content, content.tier(tier), region, places)
    held = desk_of(project, content)
    place_site(project, data, now)
    project.state = "proposed"
    project.save()
    step = step_of(project, content, now)
    if step is not None:
        step.save(force_insert=True)
    call_for(project, now)
    return project, held


def call_for(project: Project, now: datetime) -> None:
    """Whoever nominates sees that the site needs people; a site that stood before the plan has them."""
    if project.site is not None and not project.site.existing:
        call_for_people(project.site, now)


def finish_quota(quota: Quota, by: Actor, now: datetime) -> None:
    """Closes the township's choosing step once it has proposed as many stations as it has to."""
    number = Project.objects.filter(plan=quota.plan_id, tier=quota.tier, township=quota.region).exclude(state__in=["wanted", "closed"]).count()
    step = current_step(quota, QUOTA) if number >= quota.wanted else None
    if step is not None:
        close_step(step, by, now, "buildout.propose_station")
