"""Plans: list, one plan's page, a township's part of it, versions, the plan as an official paper."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.buildout.models import Plan, ProjectState
from weimin.buildout.plan.schema import Tier
from weimin.buildout.queries import plans as queries
from weimin.buildout.queries.projects import lamp_of
from weimin.regions.queries import names
from weimin.regions.rules import range_of
from weimin.ui.components.maps import Tile
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

LEGEND = [
    (5, gettext_lazy("基本完成")),
    (4, gettext_lazy("大部建成")),
    (3, gettext_lazy("建设中")),
    (2, gettext_lazy("已起步")),
    (1, gettext_lazy("有逾期")),
    (0, gettext_lazy("未起步，未到期")),
]
STATES = dict(ProjectState.choices)


def tile(plan: Plan, tier: Tier, roll: queries.Roll) -> Tile:
    """One township: the state of its one site, or how many stand of how many; coloured by progress, red when overdue."""
    url = f"{reverse('buildout:projects', args=[plan.pk])}?tier={tier.key}&township={roll.code}"
    words = str(STATES[next(iter(roll.states))]) if roll.total == 1 and sum(roll.states.values()) == 1 else f"{roll.built}/{roll.total}"
    detail = _("逾期 %(number)d") % {"number": roll.late} if roll.late else _("已验收 %(number)d") % {"number": roll.accepted} if roll.accepted else ""
    return Tile(roll.name, words, roll.level, detail, url)


@require_GET
@signed_in
def plan_list(request: Request) -> HttpResponse:
    return render(request, "buildout/plan_list.html", {"plans": queries.list_plans(request.actor)})


@require_GET
@signed_in
def plan_page(request: Request, number: int) -> HttpResponse:
    """The living plan: goals, tiles, batches, money, late list."""
    actor, now = request.actor, timezone.now()
    plan = queries.get_plan(actor, number)
    content = plan.content
    places = queries.places_of(plan)
    view = queries.Overview(actor, plan, now, places.names)
    maps = [map_of(plan, tier, view.townships(tier)) for tier in content.tiers if tier.build]
    context = {
        "plan": plan, "content": content, "goals": queries.goal_lines(actor, plan, now), "maps": maps, "legend": LEGEND,
        "batches": view.batches(plan), "counts": queries.counts(plan, places), "budgets": queries.budgets(plan), "late": late_lines(view, places.names, now),
        "late_number": len(view.late), "now": now, "whole": actor.covers(plan.region),
    }  # fmt: skip
    return render(request, "buildout/plan.html", context)


def map_of(plan: Plan, tier: Tier, rolls: list[queries.Roll]) -> dict[str, object]:
    total = {"built": sum(roll.built for roll in rolls), "total": sum(roll.total for roll in rolls), "accepted": sum(roll.accepted for roll in rolls)}
    return {"tier": tier, "tiles": [tile(plan, tier, roll) for roll in rolls], "sum": total}


def late_lines(view: queries.Overview, known: dict[int, str], now: datetime, limit: int = 15) -> list[dict[str, object]]:
    """The longest overdue steps with whose they are."""
    return [
        {"title": step.title, "url": reverse("buildout:project", args=[step.subject_id]), "lamp": lamp_of(step, now), "role": step.get_role_display(), "place": known.get(step.region, "")}
        for step in view.late[:limit]
    ]  # fmt: skip


@require_GET
@signed_in
def plan_text(request: Request, number: int) -> HttpResponse:
    """What the plan says, part by part, with the source of each figure."""
    plan = queries.get_plan(request.actor, number)
    return render(request, "buildout/plan_text.html", {"plan": plan, "content": plan.content})


@require_GET
@signed_in
def plan_versions(request: Request, number: int) -> HttpResponse:
    """Each version that was applied: when, by whom, what changed."""
    plan = queries.get_plan(request.actor, number)
    return render(request, "buildout/plan_versions.html", {"plan": plan, "versions": plan.versions.order_by("-version")})


@require_GET
@signed_in
def township_page(request: Request, number: int, township: int) -> HttpResponse:
    """One township's villages as tiles, tier by tier."""
    actor = request.actor
    plan = queries.get_plan(actor, number)
    low, high = range_of(township)
    if high < actor.low or low > actor.high:
        raise NotVisible()
    parts = queries.township_parts(actor, plan, township)
    return render(request, "buildout/township.html", {"plan": plan, "township": township, "name": names([township])[township], "parts": parts})
