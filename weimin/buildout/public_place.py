"""What is being built at a place and made known there, on its public page (P4): no money, no names, no judgement that is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.buildout.models import BUILT, Campaign, Project
from weimin.regions.public_parts import PublicPlace, public_part
from weimin.ui.formats import day
from weimin.walls.actor import Actor

SHOWN, RECENT = 8, timedelta(days=90)
STEPS = {
    "wanted": "planned", "proposed": "planned", "filed": "planned", "building": "building", "fitted": "building", "trained": "building", "suspended": "stopped",
}  # fmt: skip


@dataclass(frozen=True)
class Built:
    """A site of a plan as residents read of it: where it stands in a word, and the day that goes with it."""

    name: str
    plan: str
    state: tuple[str, str]
    detail: str


@public_part("buildout/_public_place.html", order=30)
def built_here(who: Actor, place: PublicPlace, now: datetime) -> dict[str, Any] | None:
    """Two questions. A township shows how many are open and the next ones that are not; a village each of its own."""
    rows = Project.objects.visible_to(who).filter(region__gte=place.low, region__lte=place.high).exclude(state="closed")
    projects = list(rows.select_related("plan").defer("evidence").order_by("due_on", "region", "pk"))
    campaigns = Campaign.objects.visible_to(who).filter(region__gte=place.low, region__lte=place.high, starts_on__gte=timezone.localdate(now) - RECENT)
    shown = list(campaigns.order_by("-starts_on", "-pk")[:SHOWN])
    if not projects and not shown:
        return None
    ahead = [row for row in projects if row.state not in BUILT]
    listed = projects if place.is_village else ahead
    return {
        "open": len(projects) - len(ahead), "whole": len(projects), "counts": not place.is_village and bool(projects),
        "sites": [line_of(row) for row in listed[:SHOWN]], "more": max(0, len(listed) - SHOWN), "campaigns": shown,
    }  # fmt: skip


def line_of(row: Project) -> Built:
    return Built(row.name, row.plan.title, state_words(row.state), dated(row.state, row.due_on, row.opened_on))


def state_words(state: str) -> tuple[str, str]:
    """(words, kind of tag). Whether acceptance is under way is the offices' matter until it is done."""
    if state in BUILT:
        return _("已开放"), "ok"
    return {"planned": (_("准备建"), "off"), "building": (_("正在建"), "info"), "stopped": (_("暂停"), "warn")}[STEPS[state]]


def dated(state: str, due_on: date | None, opened_on: date | None) -> str:
    if state in BUILT:
        return _("%(day)s开放") % {"day": day(opened_on)} if opened_on else ""
    return _("计划%(day)s前建成") % {"day": day(due_on)} if due_on and state != "suspended" else ""
