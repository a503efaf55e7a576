"""Turns a checked plan into rows: goals, batches, budgets, projects with their open steps, quotas, leading group.

The number of queries does not depend on the number of sites. Called by the action `buildout.apply_plan`, inside its
transaction.
"""

from __future__ import annotations

from datetime import datetime

from weimin.buildout.applying.document import store_batches, store_budgets, store_goals, store_plan
from weimin.buildout.applying.group import store_leading_group
from weimin.buildout.applying.network import assign_batch, desk_of, new_project, step_of, store_projects
from weimin.buildout.applying.quotas import store_quotas
from weimin.buildout.models import Plan
from weimin.buildout.plan.schema import Plan as PlanData
from weimin.regions.queries import Geography
from weimin.walls.actor import Actor

__all__ = ["Applied", "apply_plan", "assign_batch", "desk_of", "new_project", "step_of"]


class Applied(dict[str, int]):
    """How many rows of each kind were made or changed."""


def apply_plan(data: PlanData, text: str, places: Geography, by: Actor, now: datetime) -> tuple[Plan, list[str], Applied]:
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
