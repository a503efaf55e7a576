"""Two entries of the register were one person: their health records are brought together, and taken apart again when they were two.

Who merges residents may not read health records. So it is done as the software itself, and what went along stands in `RecordMerge`,
not in the merge of the register, which would tell that somebody has a record.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.health.assigning import answer_for
from weimin.health.calling import open_due, plan
from weimin.health.carrying import carry
from weimin.health.files import photos_follow
from weimin.health.judging import LATEST, carry_on, chains_of, order_of
from weimin.health.missing import drop_call
from weimin.health.models import Care, CareState, Due, DueState, EndReason, HealthRecord, RecordMerge, RecordState, SelfCare, ValueCheck, Visit, VisitOutcome
from weimin.health.resting import STATE
from weimin.health.rules_chain import following
from weimin.health.turning import tell
from weimin.residents.duplicates import on_merge
from weimin.residents.models import Resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

TABLES: dict[str, Any] = {"visits": Visit, "dues": Due, "self_care": SelfCare, "checks": ValueCheck, "cares": Care}
ORDER = ["ordered_on", "ordered_since", "ordered_from", "ordered_referral"]
MERGED = _("两份档案合并或者重新分开。")
ENDED = ["state", "ended_on", "end_reason", "next_on"]


def join(gone: Resident, kept: Resident) -> list[int]:
    """Answers nothing, whatever there was."""
    with entered(system_actor()):
        record = HealthRecord.objects.select_for_update(of=("self",)).filter(resident=gone).first()
        own = HealthRecord.objects.select_for_update(of=("self",)).select_related("resident").filter(resident=kept).first()
        if record is not None:
            people = {"gone": gone.pk, "kept": kept.pk, "doctor": record.doctor}
            merge = RecordMerge.objects.create(region=kept.region, record=record, into=own, moved=people, merged_at=Now())
            merge.refresh_from_db(fields=["merged_at"])
            hand_over(record, kept) if own is None else bring(merge, record, own)
    return []


def part(numbers: list[int], gone: Resident, kept: Resident) -> None:
    with entered(system_actor()):
        merge = RecordMerge.objects.select_related("record", "into").filter(undone_at=None, moved__gone=gone.pk, moved__kept=kept.pk).first()
        if merge is None:
            return
        RecordMerge.objects.filter(pk=merge.pk).update(undone_at=Now())
        merge.refresh_from_db(fields=["undone_at"])
        if merge.into is None:
            hand_over(merge.record, gone)
            answer_for(merge.record, merge.moved["doctor"])
        else:
            give_back(merge, merge.record, merge.into)


def hand_over(record: HealthRecord, resident: Resident) -> None:
    """The only record of the two goes to the other entry of the register."""
    record.resident = resident
    record.save(update_fields=["resident"])
    carry(record, resident.region)


def bring(merge: RecordMerge, record: HealthRecord, own: HealthRecord) -> None:
    """Everything of `record` goes to the one that is kept; what is open twice stays behind and ends; the record itself rests."""
    on = timezone.localdate(merge.merged_at)
    Due.objects.filter(record=record, state=DueState.OPEN).update(state=DueState.CANCELLED)
    moved = merge.moved | {"state": {name: str(getattr(record, name) or "") for name in STATE}} | end_doubles(record, own, on)
    taken = set(SelfCare.objects.filter(record=own).values_list("on", flat=True))
    for name, model in TABLES.items():
        rows = model.objects.filter(record=record)
        if name == "self_care":
            rows = rows.exclude(on__in=taken)
        if name == "cares":
            rows = rows.exclude(pk__in=[care for care, _state, _since in moved["ended"]])
        moved[name] = list(rows.values_list("pk", flat=True))
        model.objects.filter(pk__in=moved[name]).update(record=own, region=own.region)
    VisitOutcome.objects.filter(visit__in=moved["visits"]).update(region=own.region)
    photos_follow(moved["visits"], own.region)
    merge.moved = moved
    merge.save(update_fields=["moved"])
    rest_merged(merge, record, on)
    settle_both(own, days_of(moved["visits"]), merge.merged_at)


def end_doubles(record: HealthRecord, own: HealthRecord, on: date) -> dict[str, Any]:
    """Care that both have open: the one of `record` ends, and its outcomes count for the other. {"ended": [[care, state, since]], "outcomes": [[care, outcomes]], "orders": [[care, what it had, since]]}."""
    held = {care.programme: care for care in Care.objects.filter(record=own).exclude(state=CareState.ENDED)}
    ended, outcomes, orders = [], [], []
    for care in Care.objects.filter(record=record, programme__in=held).exclude(state=CareState.ENDED):
        numbers = list(VisitOutcome.objects.filter(care=care).values_list("pk", flat=True))
        VisitOutcome.objects.filter(pk__in=numbers).update(care=held[care.programme])
        ended.append([care.pk, care.state, str(care.since_on or "")])
        outcomes.append([care.pk, numbers])
        orders += take_order(care, held[care.programme])
        care.state, care.ended_on, care.end_reason, care.next_on = CareState.ENDED, max(on, care.since_on or on), EndReason.OTHER, None
        care.save(update_fields=ENDED)
    return {"ended": ended, "outcomes": outcomes, "orders": orders}


def take_order(care: Care, held: Care) -> list[list[Any]]:
    """A later day that a hospital wanted of the one that ends goes to the one that is kept; answers what that had."""
    theirs, mine = order_of(care), order_of(held)
    if theirs is None or (mine is not None and mine.since >= theirs.since):
        return []
    before = [str(value) if isinstance(value, date) else value for value in (getattr(held, name) for name in ORDER)]
    for name in ORDER:
        setattr(held, name, getattr(care, name))
    held.save(update_fields=ORDER)
    return [[held.pk, before, str(theirs.since)]]


def rest_merged(merge: RecordMerge, record: HealthRecord, on: date) -> None:
    """Inactive, with the number of the one that is kept; a record that rested already keeps its reason."""
    if record.state == RecordState.ACTIVE:
        record.state, record.inactive_reason, record.inactive_on = RecordState.INACTIVE, "other", on
        record.inactive_note = str(merge.into)
        record.save(update_fields=STATE)
    drop_call(record, system_actor(), merge.merged_at, "residents.merge")


def give_back(merge: RecordMerge, record: HealthRecord, own: HealthRecord) -> None:
    """What came goes back; what was written since stays with the record that was kept."""
    moved, region = merge.moved, record.region
    for name, model in TABLES.items():
        model.objects.filter(pk__in=moved.get(name, []), record=own).update(record=record, region=region)
    VisitOutcome.objects.filter(visit__in=moved.get("visits", [])).update(region=region)
    photos_follow(moved.get("visits", []), region)
    for care, numbers in moved.get("outcomes", []):
        VisitOutcome.objects.filter(pk__in=numbers).update(care=care)
    for care, state, _since in moved.get("ended", []):
        reopen(Care.objects.get(pk=care), state)
    if moved["state"]["state"] == RecordState.ACTIVE:
        record.state, record.inactive_reason, record.inactive_on, record.inactive_note = RecordState.ACTIVE, "", None, ""
        record.save(update_fields=STATE)
    for care, before, since in moved.get("orders", []):
        Care.objects.filter(pk=care, ordered_since=since).update(**dict(zip(ORDER, before, strict=True)))
    for one in (own, record):
        settle_both(one, days_of(moved.get("visits", [])), merge.undone_at)


def reopen(care: Care, state: str) -> None:
    """As it was before. Nobody goes from the end back to being suspected: that is written anew."""
    care.ended_on, care.end_reason = None, ""
    if state == CareState.SUSPECTED:
        care.pk, care.state = None, CareState.SUSPECTED
        care.save(force_insert=True)
        return
    care.state = CareState.MANAGED
    care.save(update_fields=ENDED)
    if state == CareState.LOST:
        care.state = CareState.LOST
        care.save(update_fields=["state"])


def days_of(visits: list[int]) -> list[date]:
    return list(Visit.objects.filter(pk__in=visits).order_by("on").values_list("on", flat=True))


def settle_both(record: HealthRecord, days: list[date], now: datetime | None) -> None:
    """The latest visit of each care, the day of the last service, and what is owed, from what the record has now; `days`: of the visits that moved."""
    cares = list(Care.objects.filter(record=record).exclude(state=CareState.ENDED))
    chains = chains_of(cares)
    turned = carry_on(cares, [], chains, days)
    for care in cares:
        if not chains[care.pk]:
            care.last_on, care.last_outcome = None, ""
            care.next_on, care.next_from = following((None, ""), None, order_of(care))
            care.save(update_fields=LATEST)
    if now is not None:
        tell(system_actor(), record, turned, MERGED, timezone.localdate(now), now)
    last = Visit.objects.filter(record=record).order_by("-on").values_list("on", flat=True).first()
    if last is not None and (record.touched_on is None or record.touched_on < last):
        record.touched_on = last
        record.save(update_fields=["touched_on"])
    if record.state == RecordState.ACTIVE:
        plan(record, Care.objects.filter(record=record), open_due(record), timezone.localdate())


on_merge("health", move=join, back=part)
