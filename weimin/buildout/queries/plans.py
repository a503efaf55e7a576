"""The plan page: goals, townships as tiles, batches, counts beside the plan's own, money, who is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils import timezone

from weimin.buildout.models import BUILT, Batch, Budget, Goal, GoalReading, Plan, Project, Quota
from weimin.buildout.plan.arithmetic import Comparison, compare_counts
from weimin.buildout.plan.schema import Tier
from weimin.calendars.clock import Due, Lamp, lamp
from weimin.calendars.queries import calendar_for
from weimin.indicators.queries import history, value
from weimin.regions.queries import geography, names
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible


def list_plans(actor: Actor) -> list[Plan]:
    """Plans of the jurisdiction; every post knows them."""
    return list(Plan.objects.defer("data"))


def get_plan(actor: Actor, number: int) -> Plan:
    plan = Plan.objects.filter(pk=number).first()
    if plan is None or actor.person is None and not actor.is_system:
        raise NotVisible()
    return plan


@dataclass(frozen=True)
class GoalLine:
    """A goal with its figure of today: `done` in the goal's unit, or None when nothing was measured or recorded."""

    goal: Goal
    done: Decimal | None
    computed_at: datetime | date | None
    lamp: Lamp | None
    series: list[tuple[date, float]]

    @property
    def values(self) -> list[float]:
        return [figure for _on, figure in self.series]

    @property
    def share(self) -> int:
        if self.done is None or not self.goal.target:
            return 0
        return min(100, int(self.done * 100 / self.goal.target))

    @property
    def reached(self) -> bool:
        return self.done is not None and self.done >= self.goal.target


def goal_lines(actor: Actor, plan: Plan, now: datetime) -> list[GoalLine]:
    """Goals in the plan's order; the figures are stored indicator values or what was recorded by hand."""
    goals = list(Goal.objects.filter(plan=plan, dropped=False))
    by_hand = latest_readings(goals)
    calendar = calendar_for(plan.region)
    lines = []
    for goal in goals:
        done, at, series = (
            measured(actor, plan, goal, now) if goal.indicator else by_hand.get(goal.pk, (None, None, []))
        )
        end = Due.ending(goal.due_on, unit="day") if goal.due_on else None
        reached = done is not None and done >= goal.target
        lines.append(GoalLine(goal, done, at, lamp(end, now, calendar) if end and not reached else None, series))
    return lines


def latest_readings(goals: Iterable[Goal]) -> dict[int, tuple[Decimal, date, list[tuple[date, float]]]]:
    found: dict[int, tuple[Decimal, date, list[tuple[date, float]]]] = {}
    for row in GoalReading.objects.filter(goal__in=list(goals)).order_by("goal_id", "on"):
        series = [*(found[row.goal_id][2] if row.goal_id in found else []), (row.on, float(row.value))]
        found[row.goal_id] = (row.value, row.on, series)
    return found


def measured(
    actor: Actor, plan: Plan, goal: Goal, now: datetime
) -> tuple[Decimal | None, datetime | None, list[tuple[date, float]]]:
    """The stored value of a goal's indicator for this plan and tier, with its daily history."""
    part = part_of(plan, goal.tier)
    on = timezone.localtime(now).date()
    stored = value(actor, goal.indicator, actor.low, actor.high, on, part=part)
    if stored is None:
        return None, None, []
    series = [
        (row.on, figure_of(goal.unit, row.numerator, row.denominator))
        for row in history(actor, goal.indicator, actor.low, actor.high, part=part)
    ]
    return Decimal(str(figure_of(goal.unit, stored.numerator, stored.denominator))), stored.computed_at, series


def part_of(plan: Plan, tier: str) -> str:
    """Which part of an indicator a goal reads: the plan's tier (two plans may run in one jurisdiction)."""
    return f"{plan.code}:{tier}" if tier else plan.code


def figure_of(unit: str, numerator: int, denominator: int) -> float:
    if unit == "%":
        return round(numerator * 100 / denominator, 1) if denominator else 0.0
    return float(numerator)


@dataclass
class Roll:
    """How far a group of projects is: state → number."""

    code: int | str
    name: str
    states: Counter[str]
    wanted: int = 0

    @property
    def total(self) -> int:
        return max(self.wanted, sum(number for state, number in self.states.items() if state != "closed"))

    @property
    def built(self) -> int:
        return sum(self.states[state] for state in BUILT)

    @property
    def accepted(self) -> int:
        return self.states["accepted"] + self.states["subsidised"]

    @property
    def level(self) -> int:
        """1 worst … 5 best for the tile grid; 0 when nothing is to be built."""
        if not self.total:
            return 0
        share = self.built * 100 // self.total
        return 5 if share >= 100 else 4 if share >= 75 else 3 if share >= 50 else 2 if share > 0 else 1


def roll_by(actor: Actor, plan: Plan, tier: str, column: str) -> dict[Any, Counter[str]]:
    """column value (township or batch) → state → number, in one grouped query."""
    rows = (
        Project.objects.visible_to(actor)
        .filter(plan=plan, tier=tier)
        .values_list(column, "state")
        .annotate(Count("pk"))
    )
    found: dict[Any, Counter[str]] = {}
    for key, state, number in rows:
        found.setdefault(key, Counter())[state] += number
    return found


def township_rolls(actor: Actor, plan: Plan, tier: Tier) -> list[Roll]:
    """One roll a township in the actor's range, by code."""
    rolls = roll_by(actor, plan, tier.key, "township")
    quotas = dict(Quota.objects.visible_to(actor).filter(plan=plan, tier=tier.key).values_list("region", "wanted"))
    codes = sorted({*rolls, *quotas})
    known = names(codes)
    return [Roll(code, known[code], rolls.get(code, Counter()), quotas.get(code, 0)) for code in codes]


def batch_rolls(actor: Actor, plan: Plan) -> list[tuple[Batch, Roll]]:
    rows = []
    for batch in Batch.objects.filter(plan=plan, dropped=False):
        rolls = roll_by(actor, plan, batch.tier, "batch")
        rows.append((batch, Roll(batch.key, batch.label, rolls.get(batch.key, Counter()))))
    return rows


def counts(plan: Plan) -> list[Comparison]:
    """The plan's own numbers beside those of the official codes, with the reason in words."""
    return compare_counts(plan.content, geography(plan.region, plan.issued_on))


def budgets(plan: Plan) -> list[Budget]:
    return list(Budget.objects.filter(plan=plan))


def late_projects(actor: Actor, plan: Plan, now: datetime, limit: int = 20) -> list[Project]:
    """Sites that should stand by now and do not, longest overdue first."""
    today = timezone.localtime(now).date()
    rows = (
        Project.objects.visible_to(actor)
        .filter(plan=plan, due_on__lt=today)
        .exclude(state__in=[*BUILT, "closed", "suspended"])
    )
    return list(rows.order_by("due_on", "region")[:limit])


@dataclass(frozen=True)
class TownshipPart:
    """One tier inside a township: its projects by village and how many are still to be proposed."""

    tier: Tier
    projects: list[Project]
    names: dict[int, str]
    quota: Quota | None

    @property
    def missing(self) -> int:
        proposed = sum(row.state not in ("wanted", "closed") for row in self.projects)
        return max(0, self.quota.wanted - proposed) if self.quota else 0


def township_parts(actor: Actor, plan: Plan, township: int) -> list[TownshipPart]:
    rows = list(Project.objects.visible_to(actor).filter(plan=plan, township=township).exclude(state="closed").order_by("region"))
    quotas = {row.tier: row for row in Quota.objects.visible_to(actor).filter(plan=plan, region=township)}
    known = names({row.region for row in rows})
    tiers = [tier for tier in plan.content.tiers if tier.build]
    return [TownshipPart(tier, [row for row in rows if row.tier == tier.key], known, quotas.get(tier.key)) for tier in tiers]
