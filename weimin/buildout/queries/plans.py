"""The plan page: goals, townships as tiles, batches, counts beside the plan's own, money, who is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from weimin.buildout.flow import SITE
from weimin.buildout.models import BUILT, Batch, Budget, Goal, GoalReading, Plan, Project, Quota
from weimin.buildout.plan.arithmetic import Comparison, compare_counts
from weimin.buildout.plan.schema import Tier
from weimin.calendars.clock import Due, Lamp, lamp
from weimin.calendars.queries import calendar_for
from weimin.flows.models import Step
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


@dataclass(frozen=True)
class ProjectLine:
    """What the plan page needs of one project."""

    pk: int
    tier: str
    township: int
    batch: str
    state: str
    late: bool


@dataclass
class Roll:
    """How far a group of projects is: state → number; `late` have an overdue step."""

    code: int | str
    name: str
    states: Counter[str]
    wanted: int = 0
    late: int = 0

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
    def share(self) -> float:
        """0 nothing begun … 1 all accepted: the mean of what each state counts for."""
        done = sum(PROGRESS.get(state, 0.0) * number for state, number in self.states.items())
        return done / self.total if self.total else 0.0

    @property
    def level(self) -> int:
        """5 done, 4 mostly, 3 under way, 2 begun; 1 something is overdue; 0 not begun, nothing overdue."""
        if self.late:
            return 1
        return 5 if self.share >= 0.9 else 4 if self.share >= 0.6 else 3 if self.share >= 0.3 else 2 if self.share > 0 else 0


PROGRESS = {
    "proposed": 0.1, "filed": 0.2, "building": 0.4, "fitted": 0.6, "trained": 0.7, "open": 0.9, "applied": 0.9, "rectifying": 0.9,
    "failed": 0.8, "accepted": 1.0, "subsidised": 1.0,
}  # fmt: skip


class Overview:
    """Every project of a plan that the actor may see, with what is overdue; two queries, then only arithmetic."""

    def __init__(self, actor: Actor, plan: Plan, now: datetime) -> None:
        rows = list(Project.objects.visible_to(actor).filter(plan=plan).values_list("pk", "tier", "township", "batch", "state"))
        self.late = list(late_steps(actor, [row[0] for row in rows], now))
        late = {step.subject_id for step in self.late}
        self.lines = [ProjectLine(*row, late=row[0] in late) for row in rows]
        self.quotas = list(Quota.objects.visible_to(actor).filter(plan=plan))

    def roll(self, code: int | str, name: str, lines: Iterable[ProjectLine], wanted: int = 0) -> Roll:
        chosen = list(lines)
        return Roll(code, name, Counter(line.state for line in chosen), wanted, sum(line.late for line in chosen))

    def townships(self, tier: Tier) -> list[Roll]:
        """One roll a township, by code."""
        wanted = {quota.region: quota.wanted for quota in self.quotas if quota.tier == tier.key}
        groups: dict[int, list[ProjectLine]] = {code: [] for code in wanted}
        for line in self.lines:
            if line.tier == tier.key:
                groups.setdefault(line.township, []).append(line)
        known = names(groups)
        return [self.roll(code, known[code], groups[code], wanted.get(code, 0)) for code in sorted(groups)]

    def batches(self, plan: Plan) -> list[tuple[Batch, Roll]]:
        rows = Batch.objects.filter(plan=plan, dropped=False)
        return [(row, self.roll(row.key, row.label, [line for line in self.lines if line.batch == row.key])) for row in rows]


def late_steps(actor: Actor, projects: list[int], now: datetime) -> QuerySet[Step]:
    """Overdue open steps of the given projects, longest overdue first."""
    rows = Step.objects.visible_to(actor).filter(subject_type="buildout.project", flow=SITE, closed_at__isnull=True, subject_id__in=projects)
    return rows.filter(due_at__lt=now, paused_since__isnull=True).order_by("due_at", "pk")


def counts(plan: Plan) -> list[Comparison]:
    """The plan's own numbers beside those of the official codes, with the reason in words."""
    return compare_counts(plan.content, geography(plan.region, plan.issued_on))


def budgets(plan: Plan) -> list[Budget]:
    return list(Budget.objects.filter(plan=plan))


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
