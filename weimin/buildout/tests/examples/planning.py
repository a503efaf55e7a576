"""Applying a plan, recording a goal, naming a batch: one valid use of each."""

from __future__ import annotations

from typing import Any

from weimin.actions.examples import Build, Example
from weimin.buildout.models import Batch, Goal, Project
from weimin.buildout.tests.money_builders import put_plan
from weimin.buildout.tests.plan_builders import SMALL
from weimin.walls.actor import Actor

READING = {"on": "2026-11-20", "value": "12", "source": "电商办月报"}


def goal(**wanted: Any) -> Build:
    """A goal of plan 1: one that is recorded by hand, or one that the system computes."""

    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        rows = Goal.objects.filter(plan=put_plan()).order_by("position")
        return (rows.filter(indicator="") if not wanted else rows.exclude(indicator=""))[0].pk, dict(READING)

    return build


def batch(count: int = 20) -> Build:
    """The plan's batch of twenty centres that it does not name."""

    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        plan = put_plan()
        chosen = Project.objects.filter(plan=plan, tier="township_centre").order_by("region")[:count]
        return Batch.objects.get(plan=plan, key="centres_2016").pk, {"projects": [str(row.pk) for row in chosen]}

    return build


def batch_that_is_named(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    target, data = batch()(actor, region)
    Batch.objects.filter(pk=target).update(key="named_in_the_plan")
    return target, data


EXAMPLES = {
    "buildout.apply_plan": Example("lead_office", lambda actor, region: (None, {"text": SMALL, "issued_on": "2026-03-01"})),
    "buildout.record_goal": Example("lead_office", goal(), wrong=goal(computed=True)),
    "buildout.name_batch": Example("lead_office", batch(), wrong=batch_that_is_named),
}
