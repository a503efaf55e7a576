"""The plan page: goals, townships as tiles, batches, counts beside the plan's own, money, who is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from weimin.buildout.flow import SITE
from weimin.buildout.models import BUILT, Batch, Budget, Goal, GoalReading, Plan, Project, Quota
from weimin.buildout.plan.arithmetic import Comparison, compare_counts
from weimin.buildout.plan.schema import Tier
from weimin.calendars.clock import Due, Lamp, lamp
from weimin.calendars.queries import calendar_for
from weimin.flows.models import Step
from weimin.indicators.queries import Reading, histories
from weimin.indicators.rules import figure
from weimin.regions.queries import Geography, geography, names
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


Measured = tuple[Decimal | None, datetime | date | None, list[tuple[date, float]]]
NOTHING: Measured = (None, None, [])


def goal_lines(actor: Actor, plan: Plan, now: datetime) -> list[GoalLine]:
    """Goals in the plan's order; the figures are stored indicator values or what was recorded by hand. Two queries."""
    by_hand = ArraySubquery(GoalReading.objects.filter(goal=OuterRef("pk")).order_by("on").values(row=JSONObject(on="on", value=Cast("value", TextField()))))
    goals = list(Goal.objects.filter(plan=plan, dropped=False).annotate(by_hand=by_hand))
    stored = histories(actor, {read_by(plan, goal) for goal in goals if goal.indicator}, actor.low, actor.high)
    calendar, on = calendar_for(plan.region), timezone.localtime(now).date()
    lines = []
    for goal in goals:
        found = stored[read_by(plan, goal)] if goal.indicator else []
        done, at, series = measured(goal, found, on) if goal.indicator else recorded(goal.by_hand)
        end = Due.ending(goal.due_on, unit="day") if goal.due_on else None
        reached = done is not None and done >= goal.target
        lines.append(GoalLine(goal, done, at, lamp(end, now, calendar) if end and not reached else None, series))
    return lines


def recorded(readings: list[dict[str, str]]) -> Measured:
    """What was recorded by hand, oldest first as {"on", "value"}: the last one counts."""
    if not readings:
        return NOTHING
    series = [(date.fromisoformat(row["on"]), float(row["value"])) for row in readings]
    return Decimal(readings[-1]["value"]), series[-1][0], series


def measured(goal: Goal, readings: list[Reading], on: date) -> Measured:
    """The stored value of a goal's indicator on a day, with its daily history."""
    last = next((row for row in reversed(readings) if row.on <= on), None)
    if last is None:
        return NOTHING
    series = [(row.on, figure_of(goal.unit, row.numerator, row.denominator)) for row in readings]
    return Decimal(str(figure_of(goal.unit, last.numerator, last.denominator))), last.computed_at, series


def part_of(plan: Plan, tier: str, batch: str = "") -> str:
    """Which part of an indicator a goal reads: the plan's tier, or one batch of it (two plans may run in one jurisdiction)."""
    return ":".join(filter(None, (plan.code, tier, batch)))


def read_by(plan: Plan, goal: Goal) -> tuple[str, str]:
    """(indicator, part) that a goal reads: what is built is kept for each plan and tier, what other rooms measure belongs to no plan."""
    return goal.indicator, part_of(plan, goal.tier, goal.batch) if goal.indicator.startswith("buildout.") else ""


def figure_of(unit: str, numerator: int, denominator: int) -> float:
    return figure(unit, numerator, denominator) or 0.0


@dataclass(frozen=True)
class ProjectLine:
    """What the plan page needs of one project."""

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
    """Every project and quota of a plan that the actor may see, with what is overdue; two queries, then only arithmetic.

    `known`: names of the regions of the plan, where the page has them already.
    """

    def __init__(self, actor: Actor, plan: Plan, now: datetime, known: Mapping[int, str] | None = None) -> None:
        projects = Project.objects.visible_to(actor).filter(plan=plan).values_list("pk", "tier", "township", "batch", "state", Value(-1))
        quotas = Quota.objects.visible_to(actor).filter(plan=plan).values_list("pk", "tier", "region", Value(""), Value(""), "wanted")
        rows = list(projects.union(quotas, all=True))
        self.late = list(late_steps(actor, [row[0] for row in rows if row[5] < 0], now))
        late = {step.subject_id for step in self.late}
        self.lines = [ProjectLine(tier, township, batch, state, pk in late) for pk, tier, township, batch, state, wanted in rows if wanted < 0]
        self.wanted = {(tier, region): wanted for _pk, tier, region, _batch, _state, wanted in rows if wanted >= 0}
        self.known = known

    def roll(self, code: int | str, name: str, lines: Iterable[ProjectLine], wanted: int = 0) -> Roll:
        chosen = list(lines)
        return Roll(code, name, Counter(line.state for line in chosen), wanted, sum(line.late for line in chosen))

    def townships(self, tier: Tier) -> list[Roll]:
        """One roll a township, by code."""
        wanted = {region: number for (key, region), number in self.wanted.items() if key == tier.key}
        groups: dict[int, list[ProjectLine]] = {code: [] for code in wanted}
        for line in self.lines:
            if line.tier == tier.key:
                groups.setdefault(line.township, []).append(line)
        known = names(groups) if self.known is None else self.known
        return [self.roll(code, known.get(code, str(code)), groups[code], wanted.get(code, 0)) for code in sorted(groups)]

    def batches(self, plan: Plan) -> list[tuple[Batch, Roll]]:
        rows = Batch.objects.filter(plan=plan, dropped=False)
        return [(row, self.roll(row.key, row.label, [line for line in self.lines if line.batch == row.key])) for row in rows]


def late_steps(actor: Actor, projects: list[int], now: datetime) -> QuerySet[Step]:
    """Overdue open steps of the given projects, longest overdue first."""
    rows = Step.objects.visible_to(actor).filter(subject_type="buildout.project", flow=SITE, closed_at__isnull=True, subject_id__in=projects)
    return rows.filter(due_at__lt=now, paused_since__isnull=True).order_by("due_at", "pk")


def places_of(plan: Plan) -> Geography:
    """What the plan counts with, on the day it was issued."""
    return geography(plan.region, plan.issued_on)


def counts(plan: Plan, places: Geography) -> list[Comparison]:
    """The plan's own numbers beside those of the official codes, with the reason in words."""
    return compare_counts(plan.content, places)


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
