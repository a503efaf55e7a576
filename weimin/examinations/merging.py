"""Two entries of the register were one person: examinations, findings and the list go with the record that is kept, and back again.

Done as the software itself after health has done its part; what went along stands beside health's in `RecordMerge.moved`.
"""

from __future__ import annotations

from typing import Any

from weimin.examinations.calling import call_again
from weimin.examinations.following import steps_follow
from weimin.examinations.models import WAITING, AbnormalFollowUp, Examination, Invitation, InvitationState
from weimin.health.models import HealthRecord, RecordMerge
from weimin.residents.duplicates import on_merge
from weimin.residents.models import Resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

KEY = "examinations"
TABLES: dict[str, Any] = {"examinations": Examination, "findings": AbnormalFollowUp, "invitations": Invitation}


def merge_of(gone: Resident, kept: Resident) -> RecordMerge | None:
    """The latest; where only one had a record it went over with all that hangs on it by itself, but for open steps."""
    return RecordMerge.objects.select_related("record", "into").filter(moved__gone=gone.pk, moved__kept=kept.pk).order_by("-pk").first()


def join(gone: Resident, kept: Resident) -> list[int]:
    """Answers nothing, whatever there was."""
    with entered(system_actor()):
        merge = merge_of(gone, kept)
        if merge is not None:
            if merge.into is not None:
                merge.moved[KEY] = bring(merge.record, merge.into, years_of(merge.into))
                merge.save(update_fields=["moved"])
            steps_follow(merge.into or merge.record)
    return []


def years_of(record: HealthRecord) -> list[int]:
    return list(Invitation.objects.filter(record=record).values_list("year", flat=True))


def bring(record: HealthRecord, own: HealthRecord, taken: list[int]) -> dict[str, list[int]]:
    """A year in which both were on a list stays behind; who was still waited for there is waited for no longer."""
    moved = {}
    for name, model in TABLES.items():
        rows = model.objects.filter(record=record)
        rows = rows.exclude(year__in=taken) if model is Invitation else rows
        moved[name] = list(rows.values_list("pk", flat=True))
        model.objects.filter(pk__in=moved[name]).update(record=own, region=own.region)
    Invitation.objects.filter(record=record, state__in=WAITING).update(state=InvitationState.WITHDRAWN, settled_on=record.inactive_on, batch=None)
    waiting = Invitation.objects.filter(pk__in=moved["invitations"], state__in=WAITING)
    call_again(list(waiting.select_related("batch__plan", "plan", "record")))
    return moved


def part(numbers: list[int], gone: Resident, kept: Resident) -> None:
    """What came goes back; what was written since stays with the record that was kept."""
    with entered(system_actor()):
        merge = merge_of(gone, kept)
        if merge is None:
            return
        for name, model in TABLES.items():
            rows = model.objects.filter(pk__in=merge.moved.get(KEY, {}).get(name, []), record=merge.into)
            rows.update(record=merge.record, region=merge.record.region)
        steps_follow(merge.record)


on_merge("examinations", move=join, back=part)
