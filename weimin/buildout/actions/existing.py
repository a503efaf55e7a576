"""Sites that stood before the plan: counted as covered, built and paid no second time (plan 1: 98 of 238 points)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.buildout.actions.lifecycle import outcome
from weimin.buildout.applying import new_project
from weimin.buildout.flow import SITE
from weimin.buildout.forms_acceptance import RegisterExisting
from weimin.buildout.models import Plan, Project, Quota
from weimin.buildout.proposing import SITE_TIERS, finish_quota
from weimin.flows.steps import close_step, current_step
from weimin.regions.queries import Geography, names
from weimin.sites.forms import FACTS
from weimin.sites.models import Site
from weimin.sites.register import create_site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def find_plan(actor: Actor, pk: Any) -> Plan:
    return Plan.objects.get(pk=pk)


def project_for(by: Actor, plan: Plan, tier: str, region: int) -> Project:
    """The place's open project when nobody has begun it, else a new one (not saved). One village, one site."""
    held = Project.objects.visible_to(by).select_for_update(of=("self",)).filter(plan=plan, tier=tier, region=region).exclude(state="closed").first()
    if held is None:
        places = Geography({}, names([region]), {}, frozenset(), frozenset())
        return new_project(plan, plan.content, plan.content.tier(tier), region, places)
    if held.state != "wanted":
        raise RuleBroken(_now("“%(name)s”在方案里已经有站点任务，不能再登记原有站点。") % {"name": held.name})
    return held


def site_for(by: Actor, project: Project, plan: Plan, data: dict[str, Any]) -> Site:
    """The site as it is entered already (by name and place), else a new one; it stood before the plan."""
    level = plan.content.tier(project.tier).level
    free = Site.objects.visible_to(by).select_for_update(of=("self",)).filter(region=data["place"], name=data["name"], project=None)
    known = free.exclude(state="closed").first()
    facts = {name: data[name] for name in FACTS if name != "name"}
    if known is None:
        return create_site(
            region=data["place"], name=data["name"], tier=SITE_TIERS[level], purposes=[plan.code], state="open", existing=True,
            opened_on=data["opened_on"], **facts,
        )  # fmt: skip
    known.existing, known.purposes = True, list(dict.fromkeys([*known.purposes, plan.code]))
    known.save(update_fields=["existing", "purposes"])
    return known


@register(
    "buildout.register_existing", label=_("登记原有站点"), form=RegisterExisting, roles=("lead_office", "township"), find=find_plan,
    region=lambda plan, data: data["place"],
)  # fmt: skip
def register_existing(by: Actor, plan: Plan, data: dict[str, Any], now: datetime) -> Outcome:
    """登记方案印发前已经建成的站点：计入覆盖率，不再验收，也不再补助。"""
    project = project_for(by, plan, data["tier"], data["place"])
    before = project.state if project.pk else ""
    held = current_step(project, SITE) if project.pk else None
    if held is not None:
        close_step(held, by, now, "buildout.register_existing")
    project.site = site_for(by, project, plan, data)
    project.name, project.state, project.opened_on = project.site.name, "open", data["opened_on"]
    project.save()
    for quota in Quota.objects.visible_to(by).filter(plan=plan, tier=project.tier, region=project.township):
        finish_quota(quota, by, now)
    return outcome(project, before, _now("已登记%(name)s。") % {"name": project.name}, opened_on=str(project.opened_on))
