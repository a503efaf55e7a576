"""Which rewards and accountability entries follow from the dates (N9). Pure: no query, clock or request.

Sources: plan 5 考核 (以奖代补 for those built and accepted in time; the village secretary answers for being late).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from weimin.buildout.plan.schema import Accountability, Plan, Reward

OUT = ("suspended", "closed")


@dataclass(frozen=True)
class LateStep:
    """A step with its last day and the day it was done; None while it is open."""

    label: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True)
class Progress:
    """What the dates of one project are. `existing`: it stood before the plan, so nothing follows from the plan's dates."""

    project: int
    tier: str
    state: str
    due_on: date | None
    opened_on: date | None
    accepted_on: date | None
    steps: tuple[LateStep, ...] = ()
    existing: bool = False


@dataclass(frozen=True)
class Follows:
    """One reward or accountability entry that follows; `points` and `amount_fen` only where the plan states them."""

    project: int
    kind: str
    key: str
    label: str
    role: str
    person: str
    measures: tuple[str, ...]
    points: Decimal | None
    amount_fen: int | None
    days_late: int


def person_in(person: str, place: str) -> str:
    """Who answers, with the place: 村支部书记 in 土北村 → 土北村支部书记."""
    return place + (person[1:] if person[:1] == place[-1:] else person)


def consequences_of(plan: Plan, row: Progress, today: date) -> list[Follows]:
    """Everything that follows for one project on a day: rewards first, then accountability, in the plan's order."""
    if row.existing or row.state in OUT:
        return []
    rewards = [rewarded(reward, row) for reward in plan.rewards if reward.tier == row.tier]
    answers = [answered(rule, row, today) for rule in plan.accountability if rule.tier == row.tier]
    return [found for found in (*rewards, *answers) if found is not None]


def rewarded(reward: Reward, row: Progress) -> Follows | None:
    done = row.accepted_on if reward.trigger == "accepted_in_time" else row.opened_on
    if done is None or row.due_on is None or done > row.due_on:
        return None
    return Follows(row.project, "reward", reward.key, reward.label, reward.payee, "", (), None, reward.amount_fen, 0)


def answered(rule: Accountability, row: Progress, today: date) -> Follows | None:
    late = max((days_late(due_on, done, rule.grace_days, today) for due_on, done in dates_of(rule, row)), default=0)
    if not late:
        return None
    return Follows(row.project, "accountability", rule.key, rule.label, "", rule.person, tuple(rule.measures), rule.points, None, late)


def dates_of(rule: Accountability, row: Progress) -> list[tuple[date, date | None]]:
    """The (last day, day done) pairs that a rule looks at."""
    if rule.trigger == "step_late":
        return [(step.due_on, step.done_on) for step in row.steps]
    if row.due_on is None:
        return []
    return [(row.due_on, row.accepted_on if rule.trigger == "not_accepted_in_time" else row.opened_on)]


def days_late(due_on: date, done_on: date | None, grace_days: int, today: date) -> int:
    """Days after the last day, 0 within the grace: done late counts to the day it was done, undone to today."""
    end = done_on or today
    if end <= due_on + timedelta(days=grace_days):
        return 0
    return (end - due_on).days
