"""The plan itself, its goals, batches and budgets as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from weimin.buildout.models import Batch, Budget, Goal, Plan, PlanVersion
from weimin.buildout.models.plan import as_json
from weimin.buildout.plan.arithmetic import budget
from weimin.buildout.plan.diff import diff
from weimin.buildout.plan.schema import Plan as PlanData
from weimin.regions.queries import Geography
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


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
    plan.save()
    PlanVersion.objects.create(plan=plan, version=plan.version, source=text, changes=changes, applied_at=now, applied_by=by.name)
    return plan, changes, True


def store_goals(plan: Plan, data: PlanData) -> int:
    rows = [
        Goal(
            plan=plan, key=goal.key, position=position, label=goal.label, area=goal.area, indicator=goal.indicator or "", tier=goal.tier or "",
            batch=goal.batch or "", target=goal.target, target_most=goal.target_most, unit=goal.unit, baseline=goal.baseline, due_on=goal.due_on, direction=goal.direction,
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
            "batch",
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
            raise RuleBroken(_("“%(label)s”已下达的资金多于新方案的预算，不能执行。请先收回多下达的部分。") % {"label": subsidy.label})
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


def upsert(model: type[Model], rows: Sequence[Model], unique: list[str], update: list[str]) -> None:
    if rows:
        model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=update)
