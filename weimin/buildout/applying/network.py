"""Projects and their open steps: made where the plan is certain, moved when its dates move, closed when it drops them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.utils.translation import gettext as _

from weimin.buildout.flow import SITE
from weimin.buildout.models import Plan, Project
from weimin.buildout.plan.arithmetic import Wanted, wanted_sites
from weimin.buildout.plan.schedule import batch_of
from weimin.buildout.plan.schema import Plan as PlanData
from weimin.buildout.plan.schema import Tier
from weimin.buildout.rules import Desk, batch_named, desk_for, site_due
from weimin.flows.models import Step
from weimin.flows.steps import new_step
from weimin.regions.queries import Geography
from weimin.regions.rules import township_of


def store_projects(plan: Plan, data: PlanData, places: Geography, now: datetime) -> Counter[str]:
    """Makes the projects that are certain, moves the dates of open ones, closes those that the plan no longer wants."""
    held = {(row.tier, row.region): row for row in Project.objects.select_for_update().filter(plan=plan).exclude(state="closed")}
    wanted = {key: codes for key, codes in wanted_sites(data, places).items() if data.tier(key).build}
    fresh: list[Project] = []
    moved: list[Project] = []
    for key, site_codes in wanted.items():
        tier, certain = data.tier(key), site_codes.codes if data.tier(key).where.rule != "coverage" else site_codes.must
        fresh += [new_project(plan, data, tier, code, places) for code in certain if (key, code) not in held]
    for row in held.values():
        if row.tier in wanted and refresh(row, data):
            moved.append(row)
    Project.objects.bulk_create(fresh)
    Project.objects.bulk_update(moved, ["batch", "due_on"])
    Step.objects.bulk_create([step for row in fresh if (step := step_of(row, data, now))])
    redate(data, list(held.values()))
    closed = close_unwanted(held, wanted, now)
    return Counter(projects=len(fresh), moved=len(moved), closed=closed)


def new_project(plan: Plan, data: PlanData, tier: Tier, code: int, places: Geography) -> Project:
    batch = batch_of(data, tier.key, code)
    name = tier.name_pattern.replace("{region}", places.names.get(code, plan.title))
    return Project(
        plan=plan,
        tier=tier.key,
        region=code,
        township=township_of(code),
        name=name,
        batch=batch.key if batch else "",
        due_on=site_due(data, tier.key, batch),
    )


def refresh(row: Project, data: PlanData) -> bool:
    """Brings batch and date of a project up to the plan; True when something changed. A batch the county chose is kept."""
    batch = batch_of(data, row.tier, row.region)
    chosen = batch_named(data, row.batch)
    if chosen is not None and chosen.count:
        batch = chosen
    fresh = (batch.key if batch else "", site_due(data, row.tier, batch))
    changed = (row.batch, row.due_on) != fresh
    row.batch, row.due_on = fresh
    return changed


def desk_of(row: Project, data: PlanData) -> Desk | None:
    return desk_for(data, row.tier, row.state, batch_named(data, row.batch), row.due_on)


def step_of(row: Project, data: PlanData, now: datetime) -> Step | None:
    """The step that a project's state opens (not saved)."""
    desk = desk_of(row, data)
    if desk is None:
        return None
    title = f"{row.name}：{desk.label}" if desk.label else row.name
    return new_step(
        SITE,
        row.state,
        row,
        title=title,
        region=row.region,
        now=now,
        due_on=desk.due_on,
        role=desk.role,
        basis=desk.basis,
    )


def assign_batch(data: PlanData, key: str, rows: list[Project], chosen: set[int]) -> None:
    """Puts the chosen projects into a batch and takes the others out; their dates and open steps follow."""
    for row in rows:
        if row.pk in chosen:
            row.batch = key
        elif row.batch == key:
            other = batch_of(data, row.tier, row.region)
            row.batch = other.key if other else ""
        row.due_on = site_due(data, row.tier, batch_named(data, row.batch))
    Project.objects.bulk_update(rows, ["batch", "due_on"])
    redate(data, rows)


def redate(data: PlanData, rows: list[Project]) -> None:
    """New dates and desks for the open steps of projects that were there already."""
    by_id = {row.pk: row for row in rows}
    changed = []
    opened = Step.objects.filter(subject_type="buildout.project", flow=SITE, closed_at__isnull=True, subject_id__in=list(by_id))
    for step in opened:
        row = by_id[step.subject_id]
        fresh = step_of(row, data, step.opened_at) if row.state in ("wanted", "proposed", "filed", "building", "fitted", "trained", "open") else None
        if fresh is not None and (fresh.due_on, fresh.role, fresh.title) != (step.due_on, step.role, step.title):
            step.due_on, step.due_at, step.role, step.title, step.legal_basis = (
                fresh.due_on,
                fresh.due_at,
                fresh.role,
                fresh.title,
                fresh.legal_basis,
            )
            changed.append(step)
    Step.objects.bulk_update(changed, ["due_on", "due_at", "role", "title", "legal_basis"])


def close_unwanted(held: dict[tuple[str, int], Project], wanted: dict[str, Wanted], now: datetime) -> int:
    """Projects nobody has begun and the plan no longer names; what is under way stays and is shown as extra."""
    gone = [row.pk for (tier, code), row in held.items() if row.state == "wanted" and (tier not in wanted or code not in wanted[tier].codes)]
    Project.objects.filter(pk__in=gone).update(state="closed")
    Step.objects.filter(subject_type="buildout.project", flow=SITE, subject_id__in=gone, closed_at__isnull=True).update(
        closed_at=now, closed_name=_("方案"), outcome="buildout.apply_plan"
    )
    return len(gone)
