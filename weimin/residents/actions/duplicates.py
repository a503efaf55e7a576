"""Two records that are one person are merged, and taken apart again when they were not."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.residents.actions.base import OFFICES, check_not_merged, named, resident_url, save_alone, where
from weimin.residents.consequences import take_in_again
from weimin.residents.duplicates import decide, everything_back, everything_moved
from weimin.residents.entering import HEAD
from weimin.residents.forms.duplicates import KeepTwo, MergeResidents
from weimin.residents.forms.fields import Reason
from weimin.residents.households import leave, lock_home, set_relation, settle
from weimin.residents.models import Duplicate, Household, Membership, Merge, Resident, ResidentStatus, Transfer, TransferState
from weimin.residents.queries import members_of
from weimin.residents.visiting import drop_call
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def find_duplicate(actor: Actor, pk: Any) -> Resident:
    """Not locked yet: `locked_pair` locks it together with the one that is kept."""
    found: Resident = Resident.objects.visible_to(actor).get(pk=pk)
    return found


def locked_pair(by: Actor, gone: int, kept: int, now: datetime) -> tuple[Resident, Resident]:
    """Both records and the household that one of them leaves, in the order of their numbers, so that two who merge the same pair the opposite
    way do not wait for each other; looked at again, because the other may have been first."""
    lock_home(by, Resident.objects.visible_to(by).values_list("household", flat=True).get(pk=gone), gone, kept)
    found = {row.pk: row for row in Resident.objects.visible_to(by).select_related("household").filter(pk__in=[gone, kept])}
    for row in found.values():
        check_not_merged(row, by, now)
    return found[gone], found[kept]


@register(
    "residents.merge", label=_("合并重复记录"), form=MergeResidents, roles=OFFICES, find=find_duplicate, region=where, check=check_not_merged,
)  # fmt: skip
def merge(by: Actor, target: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """把这条重复的记录并入保留的一条；人群、走访和各业务的记录一起转过去，可以撤销。"""
    gone, kept = locked_pair(by, target.pk, data["into"].pk, now)
    today, household, relation, status = timezone.localdate(now), gone.household, gone.relation, gone.status
    number_of_gone = gone.id_number if not kept.id_number else None
    moved = everything_moved(gone, kept, today) | {
        "household": household.pk if household else None,
        "relation": relation,
        "on": str(gone.status_on or ""),
        "kept": kept.status,
    }
    drop_call(gone, by, now, "residents.merge")
    reasons = dict(Membership.objects.filter(resident=gone, until_on__isnull=True).values_list("pk", "reason"))
    for left in leave(gone, today, now, str(ResidentStatus.MERGED.label)):
        moved["lived"] = [left.pk, reasons.get(left.pk, "")]
    gone.status, gone.status_on, gone.merged_into = ResidentStatus.MERGED, today, kept
    gone.save()
    if number_of_gone:
        kept.id_kind, kept.id_number, moved["number"] = gone.id_kind, number_of_gone, True
    kept.updated_at = now
    save_alone(kept)
    moved |= settled(by, household, today, now)
    row = Merge.objects.create(
        region=kept.region, kept=kept, gone=gone, moved=moved, status_before=status, reason=data["reason"], merged_by=by.name or by.role, merged_at=now
    )
    decide(gone.pk, kept.pk, "merged", by.name, now)
    after = {"name": named(kept), "kept": kept.pk, "gone": gone.pk}
    return Outcome(row, after=after, reason=data["reason"], message=_now("已合并。"), next_url=resident_url(kept.pk))


def settled(by: Actor, household: Household | None, on: date, now: datetime) -> dict[str, Any]:
    """What became of the household: whether it ended, or who is head now and was what before."""
    before = {row.pk: row.relation for row in members_of(by, household.pk)} if household else {}
    left = settle(by, household, on, now, str(ResidentStatus.MERGED.label))
    heirs = [[row.pk, before[row.pk]] for row in members_of(by, household.pk) if row.relation != before[row.pk]] if household and left == "head" else []
    return {"ended": left == "ended", "heirs": heirs}


def find_merge(actor: Actor, pk: Any) -> Merge:
    """With both records, locked in the order of their numbers. One of them may have moved out of the actor's range."""
    row: Merge = Merge.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=pk)
    lock_home(actor, None, row.kept_id, row.gone_id)
    people = Resident.objects.visible_to(actor).select_related("household").in_bulk([row.kept_id, row.gone_id])
    if len(people) < 2:
        raise RuleBroken(_now("合并的两条记录有一条不在您的管辖范围内，请由县级部门撤销这次合并。"))
    row.kept, row.gone = people[row.kept_id], people[row.gone_id]
    return row


SINCE = {
    ResidentStatus.DEAD: _("合并以后，保留的记录登记了死亡。请先撤销死亡登记，再撤销合并，然后给去世的那一位登记死亡。"),
    ResidentStatus.MOVED_OUT: _("合并以后，保留的记录登记了迁出。请先登记迁回，再撤销合并，然后给迁走的那一位登记迁出。"),
}


def check_merged(row: Merge, actor: Actor, now: datetime) -> None:
    """Not undone yet, and nothing came after it that would have to be undone first: it would be undone for the wrong one of the two."""
    if row.undone_at is not None:
        raise RuleBroken(_now("这次合并已经撤销。"))
    if row.kept.status == ResidentStatus.MERGED:
        raise RuleBroken(_now("保留的记录又并入了另一条，请先撤销那一次合并。"))
    if Merge.objects.filter(kept=row.kept_id, pk__gt=row.pk, undone_at=None).exists():
        raise RuleBroken(_now("这以后又有记录并入保留的这一条，请先撤销后来的那一次合并。"))
    if Transfer.objects.filter(resident=row.kept_id, way="out", state=TransferState.SENT).exists():
        raise RuleBroken(_now("保留的档案已经交出，正在等对方接收；请先撤回，再撤销合并。"))
    if row.kept.status in SINCE and row.kept.status != row.moved.get("kept", row.kept.status):
        raise RuleBroken(str(SINCE[ResidentStatus(row.kept.status)]))


@register("residents.unmerge", label=_("撤销合并"), form=Reason, roles=OFFICES, find=find_merge, region=where, check=check_merged)
def unmerge(by: Actor, row: Merge, data: dict[str, Any], now: datetime) -> Outcome:
    """发现不是同一个人的，撤销合并：两条记录各自恢复，随同转移的记录转回。"""
    kept, gone = row.kept, row.gone
    everything_back(row)
    if row.moved.get("number") and kept.id_number == gone.id_number:  # unless it was corrected since
        kept.id_kind, kept.id_number = "none", None
    kept.updated_at = gone.updated_at = now
    kept.save()
    on = row.moved.get("on", str(timezone.localdate(now)))
    gone.status, gone.status_on, gone.merged_into = row.status_before, date.fromisoformat(on) if on else None, None
    save_alone(gone)
    rejoin(by, row, now)
    row.undone_at, row.undone_by = now, by.name or by.role
    row.save(update_fields=["undone_at", "undone_by"])
    decide(gone.pk, kept.pk, "two", by.name, now)
    after, message = {"name": named(gone), "kept": kept.pk, "gone": gone.pk}, _now("已撤销合并。")
    if row.moved.get("household") and gone.household_id is None and gone.status == ResidentStatus.LIVING:
        message = _now("已撤销合并。原来的户已经迁走或者销户，请给%(name)s另外立户，或转入别的户。") % {"name": gone.name}
    return Outcome(row, after=after, reason=data["reason"], message=message, next_url=resident_url(gone.pk))


def rejoin(by: Actor, row: Merge, now: datetime) -> None:
    """Into the household of before, as if nobody had left it, when it still lives in that village and has not ended for another reason."""
    household = Household.objects.visible_to(by).filter(pk=row.moved.get("household") or 0, region=row.gone.region).first()
    if household is None:
        return
    heirs = dict(row.moved.get("heirs", []))
    for heir in Resident.objects.visible_to(by).filter(pk__in=heirs, household=household, relation=HEAD):
        set_relation(heir, heirs[heir.pk], timezone.localdate(now), now)
    take_in_again(by, row.gone, household, row.moved, timezone.localdate(row.merged_at), now)
    again = Membership.objects.filter(resident=row.gone, household=household, relation=row.moved.get("relation", ""), until_on__isnull=True)
    if (lived := row.moved.get("lived")) and again.delete()[0]:
        Membership.objects.filter(pk=lived[0]).update(until_on=None, reason=lived[1])


def find_pair(actor: Actor, pk: Any) -> Duplicate:
    return Duplicate.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=pk)


def check_undecided(row: Duplicate, actor: Actor, now: datetime) -> None:
    if row.decided:
        raise RuleBroken(_now("这一对已经核对过。"))


@register("residents.keep_two", label=_("不是同一人"), form=KeepTwo, roles=OFFICES, find=find_pair, region=where, check=check_undecided)
def keep_two(by: Actor, row: Duplicate, data: dict[str, Any], now: datetime) -> Outcome:
    """核对后不是同一个人，这一对不再提示。"""
    decide(row.first_id, row.second_id, "two", by.name, now)
    after = {"first": row.first_id, "second": row.second_id}
    return Outcome(row, after=after, reason=data["reason"], message=_now("已登记。"), next_url=reverse("residents:duplicates"))
