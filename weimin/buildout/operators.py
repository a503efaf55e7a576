"""What the plans in force ask of the people at a site, told to `staffing`, which knows no plan (N5)."""

from __future__ import annotations

from datetime import date

from weimin.buildout.models import Plan, Project
from weimin.buildout.plan.schema import Operators
from weimin.buildout.plan.schema import Plan as PlanData
from weimin.sites.models import Site
from weimin.staffing.requirements import Requirements, Wanted, register
from weimin.walls.actor import Actor
from weimin.walls.tenancy import tenancy

_known: dict[tuple[str, int, int], dict[str, Requirements]] = {}  # (schema, plan, version) → tier → what is asked


def of_plan(plan: Plan) -> dict[str, Requirements]:
    """tier → what is asked; a version of a plan is read once in a process. `plan` may come with `data` deferred."""
    key = (tenancy.schema_name, plan.pk, plan.version)
    if key not in _known:
        content = plan.content
        _known[key] = {group.tier: asked(plan.pk, content, group) for group in content.operators}
    return _known[key]


def asked(plan: int, content: PlanData, group: Operators) -> Requirements:
    nomination, training = group.nomination, group.training
    decider = content.role(nomination.decided_by).system_role
    return Requirements(
        plan=plan, job=group.label, least=nomination.least, most=nomination.most, nominator=content.role(nomination.by).system_role, decider=decider,
        criteria=tuple((item.key, item.label) for item in group.examination), roles=tuple((item.key, item.label) for item in group.hybrid_roles),
        backgrounds=tuple(group.recruit_from), decide_by=decide_by(content, group, decider), file_by=nomination.filed_by,
        filed_with=content.role(nomination.filed_with).label, training=training.label if training else "", train_by=training.due_on if training else None,
        basis=group.source[:200],
    )  # fmt: skip


def decide_by(content: PlanData, group: Operators, decider: str) -> date | None:
    """The day of the plan's own step for it, else the day on which the list must be filed."""
    for step in content.tier(group.tier).steps:
        if step.subject == "operator" and content.role(step.role).system_role == decider and step.due_on:
            return step.due_on
    return group.nomination.filed_by


def of_site(site: Site) -> Requirements | None:
    """None for a site of no plan, of a tier without operators, and for one that stood before the plan. The site keeps what was looked up."""
    project = project_of(site)
    if project is None or site.existing or project.state == "closed":
        return None
    return of_plan(project.plan).get(project.tier)


def project_of(site: Site) -> Project | None:
    """The site's project with its plan; asked once for each site object."""
    held = site.__dict__.get("weimin_project", False)
    if held is False:
        held = Project.objects.filter(site=site.pk).select_related("plan").defer("plan__data").first()
        site.__dict__["weimin_project"] = held
    return held


def of_range(actor: Actor) -> list[Wanted]:
    """Every proposed site inside the range that needs an operator; two queries, and one more for each plan not yet read."""
    found: list[Wanted] = []
    asks = {plan.pk: of_plan(plan) for plan in Plan.objects.defer("data")}
    wanted = {(plan, tier): row for plan, tiers in asks.items() for tier, row in tiers.items()}
    if not wanted:
        return found
    rows = Project.objects.visible_to(actor).filter(plan__in=[plan for plan, _tier in wanted], tier__in=[tier for _plan, tier in wanted])
    rows = rows.filter(site__isnull=False, site__existing=False).exclude(state__in=["wanted", "closed"])
    for plan, tier, site, region, name in rows.order_by("region").values_list("plan", "tier", "site", "region", "name"):
        if (plan, tier) in wanted:
            found.append(Wanted(site, region, name, wanted[plan, tier]))
    return found


register(of_site, of_range)
