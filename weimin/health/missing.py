"""Nobody is forgotten: a visit that is late becomes a step, and the step goes when the visit is made or no longer owed (H2)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from weimin.flows.models import OPEN, Step
from weimin.flows.steps import close_step, current_step, new_step
from weimin.health.flow import MISSED
from weimin.health.models import Due, DueKind, DueState, HealthRecord
from weimin.secrets.masking import mask
from weimin.walls.actor import Actor, system_actor

SUBJECT = HealthRecord._meta.label_lower
NO_LONGER = "health.no_longer_due"


def drop_call(record: HealthRecord, by: Actor, now: datetime, action: str) -> None:
    """Closes the open step, if there is one."""
    step = current_step(record, MISSED)
    if step is not None:
        close_step(step, by, now, action)


def call_missed(on: date, now: datetime, most: int = 5000) -> int:
    """Opens a step for each record whose visit is late and that has none open; answers how many. Run by a job as the system."""
    late = Due.objects.filter(state=DueState.OPEN, kind=DueKind.VISIT, due_on__lt=on)
    called = Step.objects.filter(OPEN, subject_type=SUBJECT, flow=MISSED).values("subject_id")
    waiting = late.exclude(record_id__in=called).select_related("record__resident").order_by("due_on", "pk")[:most]
    steps = [new_step(MISSED, "missed", due.record, now=now, title=title_of(due), region=due.region, due_on=due.due_on) for due in waiting]
    Step.objects.bulk_create(steps, batch_size=500)
    return len(steps)


def title_of(due: Due) -> str:
    """The name masked and no illness, for steps are read by posts without the purpose too."""
    return _("随访%(name)s") % {"name": mask("name", due.record.resident.name, "public")}


def settle_missed(on: date, now: datetime) -> int:
    """Closes steps of visits that are not late any more: moved, ended, at rest. Answers how many."""
    late = set(Due.objects.filter(state=DueState.OPEN, kind=DueKind.VISIT, due_on__lt=on).values_list("record_id", flat=True))
    gone = [step for step in Step.objects.filter(OPEN, subject_type=SUBJECT, flow=MISSED) if step.subject_id not in late]
    for step in gone:
        close_step(step, system_actor(), now, NO_LONGER)
    return len(gone)
