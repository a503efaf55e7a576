"""What of a resident travels when the record is handed to another place, and how it is received (A1; decision 0006)."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from weimin.jurisdictions.models import Jurisdiction
from weimin.residents.consequences import depart, move_touches, open_groups
from weimin.residents.entering import new_resident
from weimin.residents.life_events import happened
from weimin.residents.models import EventKind, GroupMembership, Resident, ResidentStatus, Transfer, TransferState
from weimin.residents.moving import carry_along, move_person
from weimin.residents.visiting import next_visit
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered
from weimin.walls.tenancy import here

TRAVELS = ("name", "gender", "id_kind", "id_number", "phone", "ethnicity", "marital", "education", "occupation")


def jurisdiction_of(region: int) -> Jurisdiction | None:
    """Who runs Weimin for a place in this installation: the smallest jurisdiction that covers it, or None."""
    covering = [row for row in Jurisdiction.objects.all() if row.low <= region <= row.high]
    return min(covering, key=lambda row: row.high - row.low, default=None)


def content_of(by: Actor, resident: Resident) -> str:
    """The record as JSON, sealed as soon as it is a column: who it is, and the groups with their source."""
    facts: dict[str, Any] = {name: getattr(resident, name) or "" for name in TRAVELS}
    facts["birth_on"] = resident.birth_on.isoformat()
    facts["groups"] = [
        {"kind": row.kind, "detail": row.detail, "since_on": row.since_on.isoformat(), "source": row.source} for row in open_groups(by, resident)
    ]
    return json.dumps(facts, ensure_ascii=False)


def facts_of(transfer: Transfer) -> dict[str, Any]:
    """What travelled; an empty record when the content is gone."""
    return dict(json.loads(transfer.content or "{}"))


def close(transfer: Transfer, state: str, by: str, now: datetime, answer: str = "") -> None:
    """The answer to a transfer, which the next round of the post carries to the other side. The record itself is kept no longer."""
    transfer.state, transfer.answered_by, transfer.answered_at, transfer.answer = state, by, now, answer[:200]
    transfer.posted_at, transfer.content = None, None
    transfer.save(update_fields=["state", "answered_by", "answered_at", "answer", "posted_at", "content"])


def receive(by: Actor, transfer: Transfer, place: int, address: str, now: datetime) -> tuple[Resident, bool]:
    """The resident who arrives: entered anew with groups, taken back who had moved out, or moved when both places are of one jurisdiction;
    and whether the person was in this register before, so that what other rooms know comes along to the new place."""
    if jurisdiction_of(transfer.other_region) == jurisdiction_of(transfer.region):
        return receive_neighbour(by, transfer, place, address, now), True
    facts = facts_of(transfer)
    fresh = new_resident(
        place, facts["name"], gender=facts["gender"], birth_on=date.fromisoformat(facts["birth_on"]), now=now, address=address,
        source=_("档案转入"), **{name: facts[name] for name in TRAVELS if name not in ("name", "gender")},
    )  # fmt: skip
    resident = take_back(by, fresh, transfer.moved_on, now) or fresh
    if resident is fresh:
        fresh.save(force_insert=True)
    for row in facts["groups"]:
        take_group(resident, row, transfer.moved_on)
    return resident, resident is not fresh


def take_back(by: Actor, fresh: Resident, on: date, now: datetime) -> Resident | None:
    """The record of somebody with this number who had moved out of the actor's range, living here again with what is known now."""
    if not fresh.id_number:
        return None
    fresh.id_lookup = Resident._meta.get_field("id_lookup").pre_save(fresh, True)
    known = Resident.objects.visible_to(by).filter(id_lookup=fresh.id_lookup, status=ResidentStatus.MOVED_OUT).first()
    if known is None:
        return None
    known.status, known.status_on, known.region, known.updated_at = ResidentStatus.LIVING, on, fresh.region, now
    for name in ("phone", "marital", "education", "occupation", "address"):
        setattr(known, name, getattr(fresh, name) or getattr(known, name))
    known.save()
    carry_along([known], known.region)
    return known


def take_group(resident: Resident, row: dict[str, Any], on: date) -> None:
    held = GroupMembership.objects.filter(resident=resident, kind=row["kind"], until_on__isnull=True)
    if not held.exists():
        GroupMembership.objects.create(
            region=resident.region, resident=resident, kind=row["kind"], detail=row["detail"], since_on=date.fromisoformat(row["since_on"]),
            source=row["source"], visit_by=next_visit(row["kind"], on),
        )  # fmt: skip


def receive_neighbour(by: Actor, transfer: Transfer, place: int, address: str, now: datetime) -> Resident:
    """Both places are of this jurisdiction: the one record moves. The receiving post does not see where it came from, so the system moves it."""
    home = here()
    system = system_actor(home.low, home.high, name=by.name)
    with entered(system):
        sent = Transfer.objects.select_for_update().get(number=transfer.number, way="out")
        resident = Resident.objects.select_for_update(of=("self",)).select_related("household").get(pk=sent.resident_id or 0)
        if resident.status != ResidentStatus.LIVING:
            raise RuleBroken(_("转出以后，这位居民已登记为“%(status)s”，不能接收，请退回。") % {"status": resident.get_status_display()})
        move_person(system, resident, place, address, transfer.moved_on, now)
        close(sent, TransferState.ACCEPTED, by.name, now)
        Transfer.objects.filter(pk=sent.pk).update(posted_at=now)
    return resident


def let_go(system: Actor, sent: Transfer, now: datetime) -> None:
    """The other side has accepted: only now does the resident leave this register."""
    resident = Resident.objects.select_for_update(of=("self",)).select_related("household").get(pk=sent.resident_id or 0)
    if resident.status == ResidentStatus.LIVING:
        said = move_touches(system, resident, sent.moved_on)
        undo = depart(system, resident, ResidentStatus.MOVED_OUT, sent.moved_on, now, str(EventKind.MOVE_OUT.label))
        happened(EventKind.MOVE_OUT, system, resident, sent.moved_on, now, source=sent.reason[:100], said=said, undo=undo)
