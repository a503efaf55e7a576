"""Residents are entered once, corrected, and shown with the full identifier for a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.residents.actions.base import (
    KEEPERS,
    check_not_merged,
    check_standing,
    find_household,
    find_resident,
    named,
    resident_url,
    save_alone,
    told,
    where,
)
from weimin.residents.entering import HEAD, name_resident, new_resident
from weimin.residents.forms.fields import Reason
from weimin.residents.forms.people import PLAIN, CorrectResident, EnterMember, EnterResident
from weimin.residents.households import found_household, join, set_relation
from weimin.residents.models import Household, IdKind, Resident
from weimin.secrets.masking import mask
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

FACTS = ("gender", "birth_on", *PLAIN)


def enter_person(region: int, data: dict[str, Any], now: datetime, **further: Any) -> Resident:
    """A saved resident out of the data of a `NewPerson` form."""
    facts = {name: data.get(name, "") for name in PLAIN}
    resident = new_resident(
        region, data["name"], gender=data["gender"], birth_on=data["birth_on"], now=now, id_kind=data["id_kind"], id_number=data["id_number"],
        phone=data["phone"], source=data.get("source", ""), **facts, **further,
    )  # fmt: skip
    save_alone(resident, force_insert=True)
    return resident


def entered_outcome(resident: Resident, data: dict[str, Any], **after: Any) -> Outcome:
    known = {"name": named(resident), "id_number": mask("id_number", resident.id_number or "", "auditor"), "source": resident.source, **after}
    return Outcome(resident, after=known, message=_now("已登记%(name)s。") % {"name": resident.name}, next_url=resident_url(resident.pk))


@register(
    "residents.enter", label=_("登记居民"), form=EnterResident, roles=KEEPERS, region=lambda target, data: data["place"],
    keeps_draft=False,
)  # fmt: skip
def enter(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一位居民；同时可以立户，或加入已有的户。"""
    place, on = data["place"], timezone.localdate(now)
    registered = place if data["registered_here"] and not data["registered_place"] else data["registered_place"]
    resident = enter_person(place, data, now, registered_region=registered)
    if data["new_household"]:
        found_household(resident, on, now)
    elif data["household"] is not None:
        join(resident, data["household"], data["relation"], on, now)
    return entered_outcome(resident, data, household=str(resident.household or ""))


@register(
    "residents.enter_member", label=_("登记家庭成员"), form=EnterMember, roles=KEEPERS, find=find_household, region=where, check=check_standing,
    keeps_draft=False,
)  # fmt: skip
def enter_member(by: Actor, household: Household, data: dict[str, Any], now: datetime) -> Outcome:
    """在一户里登记一位新成员。"""
    resident = enter_person(household.region, data, now, registered_region=household.region)
    join(resident, household, data["relation"], timezone.localdate(now), now)
    return entered_outcome(resident, data, household=str(household), relation=data["relation"])


@register(
    "residents.correct", label=_("更正居民资料"), form=CorrectResident, roles=KEEPERS, find=find_resident, region=where, check=check_not_merged,
    keeps_draft=False,
)  # fmt: skip
def correct(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """更正姓名、证件、联系方式和其他基本资料。"""
    before, after = dict[str, Any](), dict[str, Any]()
    for name in (name for name in FACTS if getattr(resident, name) != data[name]):
        before[name], after[name] = told(getattr(resident, name)), told(data[name])
        setattr(resident, name, data[name])
    if data["name"] != resident.name:
        before["name"], after["name"] = named(resident), named(data["name"])
        name_resident(resident, data["name"])
    correct_identifiers(resident, data, before, after)
    resident.updated_at = now
    save_alone(resident)
    if resident.household is not None and data["relation"] and data["relation"] != resident.relation:
        if resident.relation == HEAD:
            raise RuleBroken(_now("户主的关系不能直接改，请先办理“变更户主”。"))
        before["relation"], after["relation"] = resident.relation, data["relation"]
        set_relation(resident, data["relation"], timezone.localdate(now), now)
    message = _now("已更正。") if after else _now("没有变化。")
    return Outcome(resident, before=before, after=after, reason=data["reason"], message=message, next_url=resident_url(resident.pk))


def correct_identifiers(resident: Resident, data: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> None:
    """New numbers replace old ones; what the trail keeps of them is masked."""
    resident.id_kind = data["id_kind"]
    wanted = {"id_number": data["id_number"], "phone": data["phone"]}
    if resident.id_kind == IdKind.NONE and resident.id_number:
        before["id_number"], after["id_number"], resident.id_number = mask("id_number", resident.id_number, "auditor"), "", None
    for name, value in wanted.items():
        held = getattr(resident, name) or ""
        if value and value != held:
            before[name], after[name] = mask(name, held, "auditor"), mask(name, value, "auditor")
            setattr(resident, name, value)


def check_has_number(resident: Resident, actor: Actor, now: datetime) -> None:
    if not resident.id_number:
        raise RuleBroken(_now("没有登记证件号码。"))


def check_has_phone(resident: Resident, actor: Actor, now: datetime) -> None:
    if not resident.phone:
        raise RuleBroken(_now("没有登记联系电话。"))


@register(
    "residents.show_id_number", label=_("查看完整证件号码"), form=Reason, roles=KEEPERS, find=find_resident, region=where, check=check_has_number,
    keeps_draft=False,
)  # fmt: skip
def show_id_number(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """因工作需要查看完整证件号码；谁、何时、为什么看，都留痕。"""
    return Outcome(resident, message=resident.name, reason=data["reason"], once=[resident.id_number or ""], next_url=resident_url(resident.pk))


@register(
    "residents.show_phone", label=_("查看完整电话"), form=Reason, roles=KEEPERS, find=find_resident, region=where, check=check_has_phone,
    keeps_draft=False,
)  # fmt: skip
def show_phone(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """因工作需要查看完整电话；谁、何时、为什么看，都留痕。"""
    return Outcome(resident, message=resident.name, reason=data["reason"], once=[resident.phone or ""], next_url=resident_url(resident.pk))
