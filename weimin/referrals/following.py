"""What life events of the register mean for referrals, and where they go when two records become one. Done as the software itself:
whoever enters a death or a move may not read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from weimin.flows.models import Step
from weimin.flows.steps import close_step, current_step
from weimin.health.models import HealthRecord, RecordState
from weimin.referrals.dues import owe_two_weeks, take_back_two_weeks
from weimin.referrals.flow import REFERRAL
from weimin.referrals.models import ON_THE_WAY, OVER, Direction, EndReason, Referral, State, Summary
from weimin.residents.duplicates import on_merge
from weimin.residents.life_events import on_life_event
from weimin.residents.models import Resident
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered

SUBJECT = Referral._meta.label_lower
UNFOLLOWED = Q(direction=Direction.UP, followed_on__isnull=True) & ~Q(state__in=OVER)
BEFORE_HOSPITAL = (State.SENT, State.ACCEPTED, State.DECLINED)


def nothing_said(actor: Actor, resident: Resident, on: date) -> list[str]:
    """Whether somebody is in hospital is not for every post; health says its one sentence of everybody."""
    return []


def carry_along(rows: Any, region: int) -> None:
    """Referrals with their summaries and steps to another village."""
    numbers = list(rows.values_list("pk", flat=True))
    Referral.objects.filter(pk__in=numbers).update(region=region)
    Summary.objects.filter(referral__in=numbers).update(region=region)
    Step.objects.filter(subject_type=SUBJECT, subject_id__in=numbers).update(region=region)


def moving(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    with entered(system_actor()):
        carry_along(Referral.objects.filter(resident=resident), resident.region)
    return []


def ending(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    """Whoever died is not waited for."""
    robot = system_actor()
    with entered(robot):
        for referral in Referral.objects.select_for_update().filter(~Q(state__in=OVER), resident=resident):
            before = referral.state in BEFORE_HOSPITAL
            referral.state = State.CANCELLED if before else State.CLOSED
            referral.end_reason, referral.closed_on, referral.wait_until = EndReason.DEAD, min(on, timezone.localdate(now)), now
            referral.save(update_fields=["state", "end_reason", "closed_on", "wait_until"])
            step = current_step(referral, REFERRAL)
            if step is not None:
                close_step(step, robot, now, "referrals.cancel" if before else "referrals.close")
    return []


def join(gone: Resident, kept: Resident) -> list[int]:
    """Two records of one person become one. Which rows went is written on the rows themselves: the merge is read by posts that may not
    know of a referral. One that is on the way stays behind when the kept record has one too."""
    with entered(system_actor()):
        rows = Referral.objects.filter(resident=gone)
        if Referral.objects.filter(resident=kept, state__in=ON_THE_WAY).exists():
            rows = rows.exclude(state__in=ON_THE_WAY)
        numbers = list(rows.values_list("pk", flat=True))
        moved = Referral.objects.filter(pk__in=numbers)
        moved.update(resident=kept, merged_from=gone.pk)
        carry_along(moved, kept.region)
        to_record_of(kept, moved)
    return []


def part(numbers: list[int], gone: Resident, kept: Resident) -> None:
    with entered(system_actor()):
        rows = Referral.objects.filter(resident=kept, merged_from=gone.pk)
        carry_along(rows, gone.region)
        moved = Referral.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
        for referral in moved.filter(UNFOLLOWED).select_related("record"):
            take_back_two_weeks(referral)
        rows.update(resident=gone, merged_from=None)
        to_record_of(gone, moved)


def to_record_of(resident: Resident, moved: Any) -> None:
    """The health record of whoever has the referrals now, which is asked after for those that were not followed yet: health has ended
    what the other record was owed."""
    record = HealthRecord.objects.filter(resident=resident).first()
    moved.update(record=record)
    if record is not None and record.state == RecordState.ACTIVE:
        for referral in moved.filter(UNFOLLOWED).select_related("record").order_by("pk"):
            owe_two_weeks(referral, timezone.localdate(referral.sent_at))


def register() -> None:
    """Called once by AppConfig.ready()."""
    on_life_event("death", preview=nothing_said, apply=ending)
    on_life_event("move_home", preview=nothing_said, apply=moving)
    on_merge("referrals", move=join, back=part)
