"""When somebody of a group is to be visited next, and the step on the village's desk until it is done (A2)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from ruamel.yaml import YAML

from weimin.flows.models import OPEN, Step
from weimin.flows.steps import close_step, current_step, new_step
from weimin.residents.flow import VISIT
from weimin.residents.models import GroupMembership, Resident, ResidentStatus
from weimin.secrets.masking import mask
from weimin.walls.actor import Actor

TABLE = Path(__file__).parent / "data" / "visits.yaml"


class Every(NamedTuple):
    days: int
    basis: str


class Rhythm(NamedTuple):
    """How many days ahead the desk is told, and how often each group is visited."""

    ahead: int
    every: dict[str, Every]


@cache
def rhythm() -> Rhythm:
    content = YAML(typ="safe").load(TABLE.read_text("utf-8"))
    return Rhythm(content["ahead"], {kind: Every(**row) for kind, row in content["every"].items()})


def next_visit(kind: str, after: date) -> date | None:
    """The last day for the next visit; None when the group is not visited by duty."""
    found = rhythm().every.get(kind)
    return after + timedelta(days=found.days) if found else None


def visited(resident: Resident, on: date, next_on: date | None, by: Actor, now: datetime) -> None:
    """A visit was made: every group of the resident waits for its next one, and the open step is done."""
    for row in GroupMembership.objects.visible_to(by).filter(resident=resident, until_on__isnull=True):
        due = next_visit(row.kind, on)
        row.visit_by = min(due, next_on) if due and next_on else due or next_on
        row.save(update_fields=["visit_by"])
    drop_call(resident, by, now, "residents.record_visit")


def drop_call(resident: Resident, by: Actor, now: datetime, action: str) -> None:
    """Closes the open step, if there is one."""
    step = current_step(resident, VISIT)
    if step is not None:
        close_step(step, by, now, action)


def call_for_visits(on: date, now: datetime, most: int = 5000) -> int:
    """Opens a step for each resident whose next visit is near or late and who has none open; answers how many. Run by a job as the system."""
    near = on + timedelta(days=rhythm().ahead)
    waiting = GroupMembership.objects.filter(until_on__isnull=True, visit_by__lte=near, resident__status=ResidentStatus.LIVING)
    subject = Resident._meta.label_lower
    open_ = set(Step.objects.filter(OPEN, subject_type=subject, flow=VISIT).values_list("subject_id", flat=True))
    steps: dict[int, Step] = {}
    for row in waiting.select_related("resident").order_by("visit_by", "pk").iterator(1000):
        if row.resident_id not in open_ and row.resident_id not in steps:
            steps[row.resident_id] = new_step(VISIT, "due", row.resident, now=now, **call(row))
        if len(steps) >= most:
            break
    Step.objects.bulk_create(steps.values(), batch_size=500)
    return len(steps)


def call(row: GroupMembership) -> dict[str, Any]:
    """What the step says: the name masked and no group, for steps are read by posts without the purpose too."""
    basis = rhythm().every[row.kind].basis if row.kind in rhythm().every else ""
    title = _("走访关爱对象%(name)s") % {"name": mask("name", row.resident.name, "public")}
    return {"title": title, "region": row.resident.region, "due_on": row.visit_by, "basis": basis}
