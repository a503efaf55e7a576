"""Life events of the register: who died or moved away is not waited for; open steps go where the record goes (its rows: `health.joining.carried`)."""

from __future__ import annotations

from datetime import date, datetime

from weimin.examinations.chasing import close
from weimin.examinations.models import WAITING, AbnormalFollowUp, Closing, FollowState, Invitation, InvitationState
from weimin.flows.models import OPEN, Step
from weimin.health.models import HealthRecord
from weimin.residents.life_events import on_life_event
from weimin.residents.models import Resident
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered


def nothing_said(actor: Actor, resident: Resident, on: date) -> list[str]:
    """Whether somebody was examined is not for every post."""
    return []


def steps_follow(record: HealthRecord) -> None:
    """The open steps of a record's findings go where the record is."""
    rows = AbnormalFollowUp.objects.filter(record=record).exclude(state=FollowState.CLOSED).values("pk")
    Step.objects.filter(OPEN, subject_type=AbnormalFollowUp._meta.label_lower, subject_id__in=rows).update(region=record.region)


def moving(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    with entered(system_actor()):
        record = HealthRecord.objects.filter(resident=resident).first()
        if record is not None:
            steps_follow(record)
    return []


def leaving(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    """What was owed is cancelled by health, which hears of the event first."""
    robot = system_actor()
    with entered(robot):
        rows = Invitation.objects.filter(record__resident=resident, state__in=WAITING)
        rows.update(state=InvitationState.WITHDRAWN, settled_on=on, batch=None)
        for row in AbnormalFollowUp.objects.select_for_update().filter(record__resident=resident).exclude(state=FollowState.CLOSED):
            close(row, Closing.GONE, "", robot, now, "examinations.close_follow_up", max(on, row.found_on))
    return []


on_life_event("move_home", preview=nothing_said, apply=moving)
on_life_event("death", preview=nothing_said, apply=leaving)
on_life_event("move_out", preview=nothing_said, apply=leaving)
