"""Life events of the register: what hangs on a record goes where it goes; who died or moved away is not waited for."""

from __future__ import annotations

from datetime import date, datetime

from weimin.examinations.chasing import close
from weimin.examinations.models import WAITING, AbnormalFollowUp, Closing, Examination, FollowState, Invitation, InvitationState
from weimin.residents.life_events import on_life_event
from weimin.residents.models import Resident
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered


def moving(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    with entered(system_actor()):
        for model in (Invitation, Examination, AbnormalFollowUp):
            model.objects.filter(record__resident=resident).exclude(region=resident.region).update(region=resident.region)
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


on_life_event("move_home", preview=lambda actor, resident, on: [], apply=moving)
on_life_event("death", preview=lambda actor, resident, on: [], apply=leaving)
on_life_event("move_out", preview=lambda actor, resident, on: [], apply=leaving)
