"""Writing what came in: the record, its rows with where they are from, what follows for the calendar. Inside one action's transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.exchange.elsewhere import keep
from weimin.exchange.incoming import Compared
from weimin.exchange.kinds import KINDS, Work
from weimin.exchange.models import Exchange, FormerNumber, Origin
from weimin.exchange.rules_bundle import Content, in_order
from weimin.exchange.rules_lines import Item
from weimin.exchange.rules_plan import NEW, REFUSED, Plan, Row, keys, taken
from weimin.health.calling import open_due, plan
from weimin.health.judging import carry_on, chains_of
from weimin.health.models import Care, CareState, HealthRecord, InactiveReason, RecordState, Visit
from weimin.health.numbering import next_number
from weimin.health.turning import tell
from weimin.referrals.models import Referral
from weimin.residents.models import Resident
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

BROUGHT = gettext_lazy("导入了别处的随访。")
STAYS_BEHIND = (InactiveReason.MOVED, InactiveReason.DEAD)


def apply(by: Actor, exchange: Exchange, resident: Resident, compared: Compared, content: Content, chosen: dict[str, str], now: datetime) -> HealthRecord:
    """The record with everything of theirs that was wanted."""
    if content.foreign and compared.record is None:
        raise RuleBroken(_("这位居民还没有健康档案。请先建档，再导入外系统的内容。"))
    record = compared.record or open_from(by, resident, content, now)
    if compared.record is not None:
        merge_record(record, content, compared.plan, chosen)
    work = Work(by, record, exchange, now, content.source.get("institution", ""))
    write_rows(work, compared, chosen)
    name_referrals(work, compared.plan)
    keep(work, content.elsewhere)
    keep_numbers(work, compared.plan)
    follow_up(work, compared)
    return record


def open_from(by: Actor, resident: Resident, content: Content, now: datetime) -> HealthRecord:
    """A record that goes on from another place: its first day stays, its number is one of here (A-03)."""
    theirs, today = content.record, timezone.localdate(now)
    days = [row["on"] for row in content.rows.get("visit", [])]
    facts: Item = {
        "opened_on": theirs.get("opened_on") or min([*days, today]),
        "opened_by": theirs.get("opened_by") or content.source.get("institution", "")[:60],
    }
    if theirs.get("state") == RecordState.INACTIVE and theirs.get("inactive_reason") not in STAYS_BEHIND:
        facts |= {name: theirs[name] for name in ("state", "inactive_reason", "inactive_on", "inactive_note")}
    return HealthRecord.objects.create(
        region=resident.region, resident=resident, number=next_number(resident.region), doctor=by.person if by.role == "doctor" else None,
        personal=theirs.get("personal") or {}, personal_on=theirs.get("personal_on"), touched_on=theirs.get("touched_on"), **facts,
    )  # fmt: skip


def merge_record(record: HealthRecord, content: Content, plan: Plan, chosen: dict[str, str]) -> None:
    """Answers that only they have are filled in; where both have one, what was chosen."""
    values = plan.fills | taken(plan.personal, chosen)
    record.personal = record.personal | values
    if values:
        record.personal_on = latest(record.personal_on, content.record.get("personal_on"))
    record.touched_on = latest(record.touched_on, content.record.get("touched_on"))
    record.save(update_fields=["personal", "personal_on", "touched_on"])


def latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def write_rows(work: Work, compared: Compared, chosen: dict[str, str]) -> None:
    """Kind by kind in their order, so that what is referred to is there; rows that claim to be ours and are not stay out."""
    for part in in_order():
        for row in in_chain_order([one for one in compared.plan.rows if one.part == part.name and one.status != REFUSED]):
            written = add(work, row) if row.ours is None else settle(work, row, compared, chosen)
            work.found |= dict.fromkeys(keys(row.theirs), written)


def in_chain_order(rows: list[Row]) -> list[Row]:
    """What corrects comes after what it corrects (the upload was refused when it ran in a circle)."""
    depth, by_key = dict[str, int](), {row.theirs["key"]: row.theirs for row in rows}

    def level(item: Item) -> int:
        above = by_key.get(item.get("corrects") or "")
        return 0 if above is None else 1 + level(above)

    for row in rows:
        depth[row.theirs["key"]] = level(row.theirs)
    return sorted(rows, key=lambda row: depth[row.theirs["key"]])


def add(work: Work, row: Row) -> Any:
    written = KINDS[row.part].add(work, row.theirs)
    remember(work, row, written, is_alias=False)
    return written


def settle(work: Work, row: Row, compared: Compared, chosen: dict[str, str]) -> Any:
    """A row that is here: changed where theirs was chosen; its other number is remembered."""
    assert compared.ours is not None and row.ours is not None
    mine = compared.ours.rows[row.part, row.ours["pk"]]
    values = taken(row.conflicts, chosen)
    written = KINDS[row.part].change(work, mine, values, row.theirs) if values else mine
    remember(work, row, written, is_alias=written is mine)
    return written


def remember(work: Work, row: Row, written: Any, *, is_alias: bool) -> None:
    """Where it is from, once for each number that it has not here yet."""
    known = set(keys(row.ours)) if row.ours is not None and is_alias else set[str]()
    names = {name: row.theirs[name][:80] for name in ("doctor", "institution") if row.theirs.get(name)}
    facts = {"subject_type": written._meta.label_lower, "subject_id": written.pk, "names": names, "exchange": work.exchange, "region": work.record.region}
    for number, key in enumerate(key for key in keys(row.theirs) if key not in known):
        Origin.objects.get_or_create(record=work.record, key=key, defaults=facts | {"is_alias": is_alias or number > 0})


def keep_numbers(work: Work, plan: Plan) -> None:
    for row in plan.former:
        facts = {name: (row.get(name) or "")[:most] for name, most in (("place", 200), ("state", 8), ("why", 8))} | {"until_on": row.get("until_on")}
        FormerNumber.objects.create(region=work.record.region, record=work.record, exchange=work.exchange, number=row["number"], **facts)


def name_referrals(work: Work, plan: Plan) -> None:
    """The referral whose hospital wants the next visit is a row of here now."""
    for row in plan.rows:
        theirs, referral = row.theirs, work.row(row.theirs.get("ordered_by") or "")
        if row.part == "care" and row.status != REFUSED and isinstance(referral, Referral):
            same = Care.objects.filter(pk=work.row(theirs["key"]).pk, ordered_on=theirs["ordered_on"], ordered_referral=None)
            same.update(ordered_referral=referral.pk)


def follow_up(work: Work, compared: Compared) -> None:
    """The latest visit of each care as it stands now, and what is due: a calendar that came with the record stays, one that was here is made anew."""
    record = work.record
    changed = any(row.status == NEW or row.conflicts for row in compared.plan.rows if row.part in ("care", "visit"))
    if not changed or record.state != RecordState.ACTIVE:
        return
    cares = list(Care.objects.visible_to(work.by).filter(record=record))
    mine = {pk for kind, pk in compared.ours.rows if kind == "visit"} if compared.ours is not None else set()
    if compared.record is not None:
        catch_up(work, cares, sorted({row.on for row in work.found.values() if isinstance(row, Visit) and row.pk not in mine}))
    due = open_due(record)
    if compared.record is not None or due is None:
        plan(record, cares, due, timezone.localdate(work.now))


def catch_up(work: Work, cares: list[Care], days: list[date]) -> None:
    """A care of here remembers a later visit that came with theirs, and one that took the place of ours; visits of here after one of theirs are
    judged with it before them."""
    managed = [care for care in cares if care.state == CareState.MANAGED]
    chains = chains_of(managed)
    known = [care for care in managed if care.last_on is None or not chains[care.pk] or chains[care.pk][-1].on >= care.last_on]
    tell(work.by, work.record, carry_on(known, [], chains, days), BROUGHT, timezone.localdate(work.now), work.now)


def check_living(resident: Resident, content: Content) -> None:
    """Somebody who is dead on one side is not taken in before that is cleared up."""
    if content.record.get("inactive_reason") == InactiveReason.DEAD:
        raise RuleBroken(_("来件里这位居民已经死亡，居民登记里不是。请先核对，再导入。"))


def counts_of(plan: Plan) -> dict[str, dict[str, int]]:
    return {part: dict(found) for part, found in plan.counts.items()}


def choices_of(data: dict[str, Any], plan: Plan) -> dict[str, str]:
    """What was chosen for each conflict; its default when nothing was."""
    return {one.name: data.get(one.name) or one.default for one in plan.conflicts}
