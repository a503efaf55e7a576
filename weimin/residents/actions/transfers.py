"""Records handed over to another place and received there; moving away to where nobody receives."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.flows.steps import close_step, current_step
from weimin.residents.actions.base import KEEPERS, OFFICES, PAGE, check_living, find_at_home, find_resident, named, resident_url, where
from weimin.residents.consequences import depart, move_touches
from weimin.residents.finding import registered_elsewhere
from weimin.residents.flow import TRANSFER, transfer_url
from weimin.residents.forms.transfers import AcceptTransfer, Answer, MoveOut, SendTransfer, Withdraw
from weimin.residents.households import found_household, join, settle
from weimin.residents.life_events import followed, happened
from weimin.residents.models import EventKind, Resident, ResidentStatus, Transfer, TransferState
from weimin.residents.transferring import close, content_of, facts_of, jurisdiction_of, receive
from weimin.secrets.cipher import hash_for
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def find_transfer(actor: Actor, pk: Any) -> Transfer:
    return Transfer.objects.visible_to(actor).select_for_update().get(pk=pk)


def outcome(row: Transfer, message: Any, reason: str = "") -> Outcome:
    return Outcome(row, after={"name": named(row.name), "state": row.state}, reason=reason, message=message, next_url=transfer_url(row.pk))


def check_not_sent(resident: Resident, actor: Actor, now: datetime) -> None:
    check_living(resident, actor, now)
    if Transfer.objects.filter(resident=resident, way="out", state=TransferState.SENT).exists():
        raise RuleBroken(_now("档案已经交出，正在等对方接收；要改的，先撤回。"))


@register(
    "residents.send_transfer", label=_("交出档案"), form=SendTransfer, roles=KEEPERS, find=find_resident, region=where, check=check_not_sent, template=PAGE,
)  # fmt: skip
def send_transfer(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """居民迁往别的辖区或本辖区别的乡镇：档案交给对方，对方接收后才算迁出。"""
    row = Transfer.objects.create(
        number=uuid.uuid4(), way="out", region=resident.region, resident=resident, other_region=data["to"], name=resident.name,
        content=content_of(by, resident), moved_on=data["on"], reason=data["proof"], sent_by=by.name or by.role, sent_at=now,
    )  # fmt: skip
    return outcome(row, _now("档案已交出，等对方接收；对方接收前，居民仍在册。"))


@register(
    "residents.record_move_out", label=_("登记迁出"), form=MoveOut, roles=KEEPERS, find=find_at_home, region=where, check=check_not_sent, template=PAGE,
)  # fmt: skip
def record_move_out(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """居民迁往没有使用本系统的地方；人群、户和走访一起更新。"""
    said = [data["to"], *move_touches(by, resident, data["on"])]
    undo = depart(by, resident, ResidentStatus.MOVED_OUT, data["on"], now, str(EventKind.MOVE_OUT.label))
    happened(EventKind.MOVE_OUT, by, resident, data["on"], now, source=data["proof"], said=said, undo=undo)
    after = {"name": named(resident), "on": str(data["on"]), "to": data["to"]}
    return Outcome(resident, after=after, message=_now("已登记迁出。"), next_url=resident_url(resident.pk))


def check_sent(row: Transfer, actor: Actor, now: datetime, way: str) -> None:
    if row.way != way:
        raise RuleBroken(_now("这一步由另一方办理。"))
    if row.state != TransferState.SENT:
        raise RuleBroken(_now("这份档案现在是“%(state)s”，不能办理这一步。") % {"state": row.get_state_display()})


def check_mine_to_answer(row: Transfer, actor: Actor, now: datetime) -> None:
    check_sent(row, actor, now, "in")


def check_mine_to_withdraw(row: Transfer, actor: Actor, now: datetime) -> None:
    check_sent(row, actor, now, "out")


@register(
    "residents.withdraw_transfer", label=_("撤回档案"), form=Withdraw, roles=KEEPERS, find=find_transfer, region=where, check=check_mine_to_withdraw,
)  # fmt: skip
def withdraw_transfer(by: Actor, row: Transfer, data: dict[str, Any], now: datetime) -> Outcome:
    """对方还没有接收的，撤回交出的档案。"""
    close(row, TransferState.WITHDRAWN, by.name or by.role, now, data["reason"])
    return outcome(row, _now("已撤回。"), data["reason"])


@register(
    "residents.accept_transfer", label=_("接收档案"), form=AcceptTransfer, roles=KEEPERS, find=find_transfer, region=where, check=check_mine_to_answer,
)  # fmt: skip
def accept_transfer(by: Actor, row: Transfer, data: dict[str, Any], now: datetime) -> Outcome:
    """接收别处交来的居民档案：登记居住地和户，对方随即迁出。"""
    number = facts_of(row).get("id_number", "")
    if jurisdiction_of(row.other_region) != jurisdiction_of(row.region) and number and registered_elsewhere(number, held_by(by, number)):
        raise RuleBroken(_now("这个证件号码在本辖区已经登记在册，请先核对，再接收或退回。"))
    resident, known_here = receive(by, row, data["place"], data["address"], now)
    if data["household"] is not None:
        fresh = resident.household
        join(resident, data["household"], data["relation"], row.moved_on, now, str(EventKind.MOVE_IN.label))
        settle(by, fresh, row.moved_on, now, str(EventKind.MOVE_IN.label))
    elif resident.household is None:
        found_household(resident, row.moved_on, now)
    row.resident = resident
    row.save(update_fields=["resident"])
    said = followed(EventKind.MOVE_HOME, by, resident, row.moved_on, now) if known_here else []
    happened(EventKind.MOVE_IN, by, resident, row.moved_on, now, source=row.reason[:100], said=said)
    finish(by, row, TransferState.ACCEPTED, now, "")
    return outcome(row, _now("已接收%(name)s的档案。") % {"name": resident.name})


def held_by(by: Actor, number: str) -> int:
    """The record of somebody with this number who had moved out of the range and now comes back; 0 when there is none."""
    rows = Resident.objects.visible_to(by).filter(status=ResidentStatus.MOVED_OUT, id_lookup=hash_for("id_number", number))
    found = rows.only("pk").first()
    return found.pk if found else 0


def finish(by: Actor, row: Transfer, state: str, now: datetime, answer: str) -> None:
    close(row, state, by.name or by.role, now, answer)
    step = current_step(row, TRANSFER)
    if step is not None:
        close_step(step, by, now, f"residents.{'accept' if state == TransferState.ACCEPTED else 'return'}_transfer")


@register("residents.return_transfer", label=_("退回档案"), form=Answer, roles=OFFICES, find=find_transfer, region=where, check=check_mine_to_answer)
def return_transfer(by: Actor, row: Transfer, data: dict[str, Any], now: datetime) -> Outcome:
    """不是迁到本地的，写明原因退回；居民仍在对方在册。"""
    finish(by, row, TransferState.RETURNED, now, data["reason"])
    return outcome(row, _now("已退回。"), data["reason"])
