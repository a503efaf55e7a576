"""Turns a checked plan into rows: goals, batches, budgets, projects with their open steps, quotas, leading group.

The number of queries does not depend on the number of sites. Called by the action `buildout.apply_plan`, inside its
transaction.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from weimin.buildout.flow import QUOTA, SITE
from weimin.buildout.models import Batch, Budget, Goal, Plan, PlanVersion, Project, Quota
from weimin.buildout.models.plan import as_json
from weimin.buildout.plan.arithmetic import Wanted, budget, wanted_sites
from weimin.buildout.plan.diff import diff
from weimin.buildout.plan.schedule import batch_of
from weimin.buildout.plan.schema import Plan as PlanData
from weimin.buildout.plan.schema import Tier
from weimin.buildout.rules import Desk, batch_named, desk_for, share_out, site_due
from weimin.flows.models import Step
from weimin.flows.steps import new_step
from weimin.regions.queries import Geography
from weimin.regions.rules import township_of
from weimin.staffing.models import GroupMember, LeadingGroup
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


class Applied(dict[str, int]):
    """How many rows of each kind were made or changed."""


def store_plan(data: PlanData, text: str, by: Actor, now: datetime) -> tuple[Plan, list[str], bool]:
    """Saves the plan and a version; (plan, changes in words, changed at all)."""
    meta = data.meta
    known = Plan.objects.select_for_update().filter(code=meta.code).first()
    content = as_json(data)
    if known is not None and known.data == content:
        return known, [], False
    changes = [str(change) for change in diff(known.content, data)] if known else [_("首次执行方案")]
    plan = known or Plan(code=meta.code, version=0)
    plan.region, plan.title, plan.issuer, plan.document_number = (
        meta.region,
        meta.title,
        meta.issuer,
        meta.document_number,
    )
    plan.issued_on, plan.original_issued_on = meta.issued_on, meta.original_issued_on or meta.issued_on
    plan.data, plan.version, plan.applied_at = content, plan.version + 1, now
    plan.__dict__.pop("content", None)
    plan.save()
    PlanVersion.objects.create(
        plan=plan, version=plan.version, source=text, changes=changes, applied_at=now, applied_by=by.name
    )
    return plan, changes, True


def store_goals(plan: Plan, data: PlanData) -> int:
    rows = [
        Goal(
            plan=plan, key=goal.key, position=position, label=goal.label, area=goal.area, indicator=goal.indicator or "", tier=goal.tier or "",
            target=goal.target, target_most=goal.target_most, unit=goal.unit, baseline=goal.baseline, due_on=goal.due_on, direction=goal.direction,
        )
        for position, goal in enumerate(data.goals)
    ]  # fmt: skip
    upsert(
        Goal,
        rows,
        ["plan", "key"],
        [
            "position",
            "label",
            "area",
            "indicator",
            "tier",
            "target",
            "target_most",
            "unit",
            "baseline",
            "due_on",
            "direction",
            "dropped",
        ],
    )
    Goal.objects.filter(plan=plan).exclude(key__in=[row.key for row in rows]).update(dropped=True)
    return len(rows)


def store_batches(plan: Plan, data: PlanData) -> int:
    rows = [
        Batch(
            plan=plan,
            key=batch.key,
            position=position,
            label=batch.label,
            tier=batch.tier,
            due_on=batch.due_on,
            pilot=batch.pilot,
        )
        for position, batch in enumerate(data.batches)
    ]
    upsert(Batch, rows, ["plan", "key"], ["position", "label", "tier", "due_on", "pilot", "dropped"])
    Batch.objects.filter(plan=plan).exclude(key__in=[row.key for row in rows]).update(dropped=True)
    return len(rows)


def store_budgets(plan: Plan, data: PlanData, places: Geography) -> int:
    """Standard × number; refuses a plan that would leave less than was already allocated."""
    lines = {line.subsidy: line for line in budget(data, places).lines}
    held = {row.key: row for row in Budget.objects.select_for_update().filter(plan=plan)}
    rows = []
    for subsidy in data.subsidies:
        line, old = lines[subsidy.key], held.get(subsidy.key)
        if old is not None and old.allocated_fen > line.sum_fen:
            raise RuleBroken(
                _("“%(label)s”已下达的资金多于新方案的预算，不能执行。请先收回多下达的部分。")
                % {"label": subsidy.label}
            )
        rows.append(
            Budget(
                plan=plan, key=subsidy.key, label=subsidy.label, tier=subsidy.tier, township_class=subsidy.township_class,
                sites=line.sites, standard_fen=line.standard_fen, total_fen=line.sum_fen,
            )
        )  # fmt: skip
    gone = [row for key, row in held.items() if key not in lines]
    if any(row.allocated_fen for row in gone):
        raise RuleBroken(_("新方案删去了已经下达资金的补助项目，不能执行。"))
    Budget.objects.filter(pk__in=[row.pk for row in gone]).delete()
    upsert(Budget, rows, ["plan", "key"], ["label", "tier", "township_class", "sites", "standard_fen", "total_fen"])
    return len(rows)


def upsert(model: type[Model], rows: list[Model], unique: list[str], update: list[str]) -> None:
    if rows:
        model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=update)


def store_projects(plan: Plan, data: PlanData, places: Geography, now: datetime) -> Counter[str]:
    """Makes the projects that are certain, moves the dates of open ones, closes those that the plan no longer wants."""
    held = {
        (row.tier, row.region): row
        for row in Project.objects.select_for_update().filter(plan=plan).exclude(state="closed")
    }
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
    opened = Step.objects.filter(
        subject_type="buildout.project", flow=SITE, closed_at__isnull=True, subject_id__in=list(by_id)
    )
    for step in opened:
        row = by_id[step.subject_id]
        fresh = (
            step_of(row, data, step.opened_at)
            if row.state in ("wanted", "proposed", "filed", "building", "fitted", "trained", "open")
            else None
        )
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
    gone = [
        row.pk
        for (tier, code), row in held.items()
        if row.state == "wanted" and (tier not in wanted or code not in wanted[tier].codes)
    ]
    Project.objects.filter(pk__in=gone).update(state="closed")
    Step.objects.filter(subject_type="buildout.project", flow=SITE, subject_id__in=gone, closed_at__isnull=True).update(
        closed_at=now, closed_name=_("方案"), outcome="buildout.apply_plan"
    )
    return len(gone)


def store_quotas(plan: Plan, data: PlanData, places: Geography, now: datetime) -> int:
    """Per township how many stations it has to propose, with one step until the day the plan sets for proposals."""
    rows = []
    for key, codes in wanted_sites(data, places).items():
        tier = data.tier(key)
        if tier.build and tier.where.rule == "coverage":
            villages, must = Counter(map(township_of, codes.codes)), Counter(map(township_of, codes.must))
            shares = share_out(codes.count, dict(villages), dict(must))
            rows += [
                Quota(plan=plan, tier=key, region=code, wanted=number, villages=villages[code])
                for code, number in shares.items()
            ]
    upsert(Quota, rows, ["plan", "tier", "region"], ["wanted", "villages"])
    open_quota_steps(plan, data, places, now)
    return len(rows)


def open_quota_steps(plan: Plan, data: PlanData, places: Geography, now: datetime) -> None:
    quotas = list(Quota.objects.filter(plan=plan, wanted__gt=0))
    busy = set(
        Step.objects.filter(subject_type="buildout.quota", subject_id__in=[row.pk for row in quotas]).values_list(
            "subject_id", flat=True
        )
    )
    steps = []
    for row in quotas:
        desk = desk_for(data, row.tier, "wanted", batch_of(data, row.tier, row.region), None)
        if row.pk not in busy and desk is not None:
            title = _("%(place)s：提出%(number)d个%(tier)s站址") % {
                "place": places.names.get(row.region, row.region), "number": row.wanted, "tier": data.tier(row.tier).label
            }  # fmt: skip
            steps.append(
                new_step(
                    QUOTA,
                    "selecting",
                    row,
                    title=title,
                    region=row.region,
                    now=now,
                    due_on=desk.due_on,
                    role=desk.role,
                    basis=desk.basis,
                )
            )
    Step.objects.bulk_create(steps)


def store_leading_group(plan: Plan, data: PlanData) -> int:
    group = data.leading_group
    if group is None:
        return 0
    office = group.office
    row, _made = LeadingGroup.objects.update_or_create(
        plan=plan.pk,
        defaults={
            "region": plan.region, "name": group.label, "set_up_by": group.set_up_by, "duties": [duty.text for duty in group.duties],
            "office": office.label if office else "", "director": office.director if office else "", "office_duties": list(office.duties) if office else [],
        },
    )  # fmt: skip
    row.members.all().delete()
    GroupMember.objects.bulk_create(
        GroupMember(
            group=row,
            region=plan.region,
            name=member.name,
            post=member.post,
            seat=member.seat,
            duties=list(member.duties),
            position=position,
        )
        for position, member in enumerate(group.members)
    )
    return len(group.members)


def apply_plan(
    data: PlanData, text: str, places: Geography, by: Actor, now: datetime
) -> tuple[Plan, list[str], Applied]:
    """The whole of it; a plan that is in force already changes nothing."""
    plan, changes, changed = store_plan(data, text, by, now)
    done = Applied()
    if not changed:
        return plan, [], done
    done["goals"], done["batches"] = store_goals(plan, data), store_batches(plan, data)
    done["budgets"] = store_budgets(plan, data, places)
    done.update(store_projects(plan, data, places, now))
    done["quotas"] = store_quotas(plan, data, places, now)
    done["members"] = store_leading_group(plan, data)
    return plan, changes, done
