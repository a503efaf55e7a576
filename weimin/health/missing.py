"""Nobody is forgotten: a visit that is late becomes a step, and so does a suspicion that nobody asked the hospital about; the step goes
when it is done or no longer owed (H2)."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from weimin.flows.models import OPEN, Step
from weimin.flows.steps import close_step, current_step, new_step
from weimin.health.flow import MISSED, UNASKED
from weimin.health.models import Due, DueKind, DueState, HealthRecord
from weimin.secrets.masking import mask
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor, system_actor

SUBJECT = HealthRecord._meta.label_lower
NO_LONGER = "health.no_longer_due"
CALLS = {DueKind.VISIT: (MISSED, "missed"), DueKind.REFERRAL: (UNASKED, "late")}  # what becomes a step when it is late


def drop_call(record: HealthRecord, by: Actor, now: datetime, action: str, flow: str = MISSED) -> None:
    """Closes the open step, if there is one."""
    step = current_step(record, flow)
    if step is not None:
        close_step(step, by, now, action)


def late(kind: str, on: date) -> QuerySet[Due]:
    return Due.objects.filter(state=DueState.OPEN, kind=kind, due_on__lt=on)


def call_missed(on: date, now: datetime, most: int = 5000) -> int:
    """Opens a step for each record whose visit, or whose answer of the hospital, is late and that has none open; answers how many."""
    return sum(call_kind(kind, on, now, most) for kind in CALLS)


def call_kind(kind: str, on: date, now: datetime, most: int) -> int:
    """Run by a job as the system."""
    flow, state = CALLS[DueKind(kind)]
    called = Step.objects.filter(OPEN, subject_type=SUBJECT, flow=flow).values("subject_id")
    waiting = late(kind, on).exclude(record_id__in=called).select_related("record__resident").order_by("due_on", "pk")[:most]
    steps = [new_step(flow, state, due.record, now=now, title=title_of(due), region=due.region, due_on=due.due_on) for due in waiting]
    Step.objects.bulk_create(steps, batch_size=500)
    return len(steps)


@in_chinese
def title_of(due: Due) -> str:
    """The name masked and no illness, for steps are read by posts without the purpose too."""
    words = _("追踪%(name)s的转诊结果") if due.kind == DueKind.REFERRAL else _("随访%(name)s")
    return words % {"name": mask("name", due.record.resident.name, "public")}


def settle_missed(on: date, now: datetime) -> int:
    """Closes steps of what is not late any more: moved, ended, at rest. Answers how many."""
    gone = []
    for kind, (flow, _state) in CALLS.items():
        owed = set(late(kind, on).values_list("record_id", flat=True))
        gone += [step for step in Step.objects.filter(OPEN, subject_type=SUBJECT, flow=flow) if step.subject_id not in owed]
    for step in gone:
        close_step(step, system_actor(), now, NO_LONGER)
    return len(gone)
