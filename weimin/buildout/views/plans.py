"""Plans: list, one plan's page, a township's part of it, versions, the plan as an official paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.buildout.models import Plan
from weimin.buildout.plan.schema import Tier
from weimin.buildout.queries import plans as queries
from weimin.regions.queries import names
from weimin.regions.rules import range_of
from weimin.ui.components.maps import Tile
from weimin.walls.errors import NotVisible

LEGEND = [(5, _("全部建成")), (4, _("过四分之三")), (3, _("过半")), (2, _("已起步")), (1, _("尚未建成")), (0, _("无任务"))]


def address(plan: Plan, tier: Tier, township: int) -> str:
    return f"{reverse('buildout:projects', args=[plan.pk])}?tier={tier.key}&township={township}"


def tile(plan: Plan, tier: Tier, roll: queries.Roll) -> Tile:
    """One township: how many stand of how many, coloured by the share and worded."""
    detail = _("已验收 %(number)d") % {"number": roll.accepted} if roll.accepted else ""
    return Tile(roll.name, f"{roll.built}/{roll.total}", roll.level, detail, address(plan, tier, int(roll.code)))


@require_GET
@signed_in
def plan_list(request: HttpRequest) -> HttpResponse:
    return render(request, "buildout/plan_list.html", {"plans": queries.list_plans(request.actor)})


@require_GET
@signed_in
def plan_page(request: HttpRequest, number: int) -> HttpResponse:
    """The living plan: goals, tiles, batches, money, late list."""
    actor, now = request.actor, timezone.now()
    plan = queries.get_plan(actor, number)
    content = plan.content
    maps = []
    for tier in content.tiers:
        if tier.build:
            rolls = queries.township_rolls(actor, plan, tier)
            maps.append({"tier": tier, "tiles": [tile(plan, tier, roll) for roll in rolls], "rolls": rolls, "sum": sum_of(rolls)})
    context = {
        "plan": plan, "content": content, "goals": queries.goal_lines(actor, plan, now), "maps": maps, "legend": LEGEND,
        "batches": queries.batch_rolls(actor, plan), "counts": queries.counts(plan), "budgets": queries.budgets(plan),
        "late": queries.late_projects(actor, plan, now), "now": now, "whole": actor.covers(plan.region),
    }  # fmt: skip
    return render(request, "buildout/plan.html", context)


def sum_of(rolls: list[queries.Roll]) -> dict[str, int]:
    return {"built": sum(roll.built for roll in rolls), "total": sum(roll.total for roll in rolls), "accepted": sum(roll.accepted for roll in rolls)}


@require_GET
@signed_in
def plan_text(request: HttpRequest, number: int) -> HttpResponse:
    """What the plan says, part by part, with the source of each figure."""
    plan = queries.get_plan(request.actor, number)
    return render(request, "buildout/plan_text.html", {"plan": plan, "content": plan.content})


@require_GET
@signed_in
def plan_versions(request: HttpRequest, number: int) -> HttpResponse:
    """Each version that was applied: when, by whom, what changed."""
    plan = queries.get_plan(request.actor, number)
    return render(request, "buildout/plan_versions.html", {"plan": plan, "versions": plan.versions.order_by("-version")})


@require_GET
@signed_in
def township_page(request: HttpRequest, number: int, township: int) -> HttpResponse:
    """One township's villages as tiles, tier by tier."""
    actor = request.actor
    plan = queries.get_plan(actor, number)
    low, high = range_of(township)
    if high < actor.low or low > actor.high:
        raise NotVisible()
    parts = queries.township_parts(actor, plan, township)
    return render(request, "buildout/township.html", {"plan": plan, "township": township, "name": names([township])[township], "parts": parts})
