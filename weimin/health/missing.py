"""Nobody is forgotten: a visit that is late becomes a step, and so does a suspicion that nobody asked the hospital about, and what a room
above adds (`calls`); the step goes when it is done or no longer owed (H2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from weimin.flows.models import OPEN, Step
from weimin.flows.steps import close_step, current_step, new_step
from weimin.health.flow import MISSED, UNASKED, UNMEASURED
from weimin.health.models import Due, DueKind, DueState, HealthRecord
from weimin.secrets.masking import mask
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor, system_actor

SUBJECT = HealthRecord._meta.label_lower
NO_LONGER = "health.no_longer_due"


@dataclass(frozen=True)
class Call:
    """What is late becomes this step; `words` are its title, with a place for the masked name."""

    flow: str
    state: str
    words: Any


CALLS: dict[str, Call] = {}


def calls(kind: str, flow: str, state: str, words: Any) -> None:
    CALLS[kind] = Call(flow, state, words)


calls(DueKind.VISIT, MISSED, "missed", _("随访%(name)s"))
calls(DueKind.MEASURE, UNMEASURED, "late", _("为%(name)s测血压"))
calls(DueKind.REFERRAL, UNASKED, "late", _("追踪%(name)s的转诊结果"))


def drop_call(record: HealthRecord, by: Actor, now: datetime, action: str, flow: str = MISSED) -> None:
    """Closes the open step, if there is one."""
    step = current_step(record, flow)
    if step is not None:
        close_step(step, by, now, action)


def late(kind: str, on: date) -> QuerySet[Due]:
    return Due.objects.filter(state=DueState.OPEN, kind=kind, due_on__lt=on)


def call_missed(on: date, now: datetime, most: int = 5000) -> int:
    """Opens a step for each record of which something is late and that has none open for it; answers how many."""
    return sum(call_kind(kind, on, now, most) for kind in CALLS)


def call_kind(kind: str, on: date, now: datetime, most: int) -> int:
    """Run by a job as the system."""
    call = CALLS[kind]
    called = Step.objects.filter(OPEN, subject_type=SUBJECT, flow=call.flow).values("subject_id")
    waiting = late(kind, on).exclude(record_id__in=called).select_related("record__resident").order_by("due_on", "pk")[:most]
    steps = [new_step(call.flow, call.state, due.record, now=now, title=title_of(due), region=due.region, due_on=due.due_on) for due in waiting]
    Step.objects.bulk_create(steps, batch_size=500)
    return len(steps)


@in_chinese
def title_of(due: Due) -> str:
    """The name masked and no illness, for steps are read by posts without the purpose too."""
    return str(CALLS[due.kind].words) % {"name": mask("name", due.record.resident.name, "public")}


def settle_missed(on: date, now: datetime) -> int:
    """Closes steps of what is not late any more: moved, ended, at rest. Answers how many."""
    gone = []
    for kind, call in CALLS.items():
        owed = set(late(kind, on).values_list("record_id", flat=True))
        gone += [step for step in Step.objects.filter(OPEN, subject_type=SUBJECT, flow=call.flow) if step.subject_id not in owed]
    for step in gone:
        close_step(step, system_actor(), now, NO_LONGER)
    return len(gone)
