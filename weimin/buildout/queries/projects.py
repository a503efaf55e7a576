"""Lists of projects and everything one page says about one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from weimin.attachments.models import Attachment
from weimin.buildout.models import Project, Quota
from weimin.buildout.rules import next_state, path_of
from weimin.calendars.clock import Lamp
from weimin.calendars.queries import calendar_for
from weimin.flows.models import Step
from weimin.flows.rules import lamp_of as step_lamp
from weimin.regions.queries import names
from weimin.ui.components.status import Stage
from weimin.walls.actor import Actor

FILTERS = ("tier", "state", "batch")
STATE_NAMES = dict(Project._meta.get_field("state").flatchoices)


def filter_projects(actor: Actor, plan: int, chosen: dict[str, str]) -> QuerySet[Project]:
    """Projects of a plan; `chosen` has tier, state, batch, township, text (all optional)."""
    rows = Project.objects.visible_to(actor).filter(plan_id=plan).select_related("site")
    for name in FILTERS:
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    if chosen.get("township", "").isdigit():
        rows = rows.filter(township=int(chosen["township"]))
    if chosen.get("text"):
        rows = rows.filter(name__prefix=chosen["text"])
    return rows


def get_project(actor: Actor, number: int) -> Project:
    """Project.DoesNotExist when it is hidden or missing."""
    return Project.objects.visible_to(actor).select_related("plan", "site").defer("plan__data").get(pk=number)


def get_quota(actor: Actor, number: int) -> Quota:
    return Quota.objects.visible_to(actor).select_related("plan").defer("plan__data").get(pk=number)


def life_line(project: Project) -> list[Stage]:
    """The states of the site's path with where it stands."""
    path = ["wanted", *path_of(project.plan.content, project.tier)]
    here = project.state_before if project.state == "suspended" else project.state
    position = path.index(here) if here in path else path.index("open") if here in ("applied", "rectifying", "failed") else -1
    stages = []
    for number, state in enumerate(path):
        how = "done" if number < position or (number == position and next_state(path, state) is None) else "now" if number == position else "todo"
        if number == position and project.state in ("failed", "suspended"):
            how = "failed"
        stages.append(Stage(str(STATE_NAMES[state]), how))
    return stages


def steps_of(actor: Actor, project: Project) -> list[Step]:
    """Every step of the project, newest first: who held it, until when, how it ended."""
    rows = Step.objects.visible_to(actor).filter(subject_type="buildout.project", subject_id=project.pk)
    return list(rows.order_by("-pk"))


def lamp_of(step: Step, now: datetime) -> Lamp | None:
    return step_lamp(step, now, calendar_for(step.region)) if step.due_on else None


@dataclass(frozen=True)
class EvidenceLine:
    """One piece of evidence that the plan asks for, with the files that are there."""

    label: str
    step: str
    required: bool
    files: list[Attachment]


def evidence_lines(actor: Actor, project: Project) -> list[EvidenceLine]:
    content = project.plan.content
    files = {row.pk: row for row in Attachment.objects.visible_to(actor).filter(subject_type="buildout.project", subject_id=project.pk, removed_at=None)}
    lines = []
    for step in content.tier(project.tier).steps:
        for item in step.evidence:
            kept = [files[number] for number in project.evidence.get(item.key, []) if number in files]
            lines.append(EvidenceLine(item.label, step.label, item.required, kept))
    return lines


def rows_for_export(rows: QuerySet[Project]) -> list[dict[str, Any]]:
    """Plain rows for Excel: exactly what the list shows."""
    found = list(rows.order_by("region", "tier")[:100_000])
    known = names({row.township for row in found} | {row.region for row in found})
    return [
        {
            "township": known[row.township], "village": known[row.region], "name": row.name, "state": str(row.get_state_display()), "due_on": row.due_on,
            "opened_on": row.opened_on, "accepted_on": row.accepted_on, "subsidised_on": row.subsidised_on, "address": row.site.address if row.site else "",
        }
        for row in found
    ]  # fmt: skip
