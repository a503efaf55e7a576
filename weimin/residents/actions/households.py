"""Households: founded, corrected, given another head, split and joined; members go from one into another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.residents.actions.base import (
    KEEPERS,
    PAGE,
    check_living,
    check_standing,
    find_at_home,
    find_family,
    find_household,
    find_resident,
    household_url,
    named,
    resident_url,
    where,
)
from weimin.residents.entering import HEAD
from weimin.residents.forms.households import ChooseHead, CorrectHousehold, FoundHousehold, JoinHouseholds, MoveMember, SplitHousehold
from weimin.residents.households import choose_head, end_household, found_household, join, settle
from weimin.residents.life_events import happened
from weimin.residents.models import EventKind, Household, Resident
from weimin.residents.queries import members_of
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

SPLIT, JOINED = "分户", "并户"  # text: data


def check_without_household(resident: Resident, actor: Actor, now: datetime) -> None:
    check_living(resident, actor, now)
    if resident.household_id is not None:
        raise RuleBroken(_now("这位居民已经在户里；要另立一户，请办理“分户”。"))


@register(
    "residents.found_household", label=_("立户"), form=FoundHousehold, roles=KEEPERS, find=find_resident, region=where, check=check_without_household,
)  # fmt: skip
def found(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """为还没有户的居民立一户，本人为户主。"""
    household = found_household(resident, timezone.localdate(now), now, address=data["address"], number=data["number"])
    after = {"head_name": named(resident), "number": household.number}
    return Outcome(household, after=after, message=_now("已立户。"), next_url=household_url(household.pk))


@register(
    "residents.correct_household", label=_("更正户资料"), form=CorrectHousehold, roles=KEEPERS, find=find_household, region=where, check=check_standing,
)  # fmt: skip
def correct_household(by: Actor, household: Household, data: dict[str, Any], now: datetime) -> Outcome:
    """更正户号、住址和户的类型。"""
    changed = [name for name in data if getattr(household, name) != data[name]]
    before = {name: getattr(household, name) for name in changed if name != "address"}
    for name in changed:
        setattr(household, name, data[name])
    if changed:
        household.save(update_fields=changed)
    after = {name: data[name] for name in changed if name != "address"}
    message = _now("已更正。") if changed else _now("没有变化。")
    return Outcome(household, before=before, after=after, message=message, next_url=household_url(household.pk))


def check_two(household: Household, actor: Actor, now: datetime) -> None:
    check_standing(household, actor, now)
    if len(members_of(actor, household.pk)) < 2:
        raise RuleBroken(_now("户里不到两个人，不能办理这一步。"))


@register("residents.choose_head", label=_("变更户主"), form=ChooseHead, roles=KEEPERS, find=find_family, region=where, check=check_two)
def change_head(by: Actor, household: Household, data: dict[str, Any], now: datetime) -> Outcome:
    """户里另一个人任户主，原户主写明与新户主的关系。"""
    members = members_of(by, household.pk)
    head = next(row for row in members if row.pk == data["head"])
    before = {"head_name": named(household.head_name) if household.head_name else ""}
    if head.relation == HEAD:
        raise RuleBroken(_now("%(name)s现在就是户主。") % {"name": head.name})
    choose_head(household, head, members, timezone.localdate(now), now, data["old_relation"])
    return Outcome(household, before=before, after={"head_name": named(head)}, message=_now("已变更户主。"), next_url=household_url(household.pk))


@register("residents.split_household", label=_("分户"), form=SplitHousehold, roles=KEEPERS, find=find_family, region=where, check=check_two, template=PAGE)
def split(by: Actor, household: Household, data: dict[str, Any], now: datetime) -> Outcome:
    """一部分家庭成员分出去另立一户。"""
    on, members = timezone.localdate(now), {row.pk: row for row in members_of(by, household.pk)}
    head = members[data["head"]]
    fresh = found_household(head, on, now, address=data["address"] or household.address, number=data["number"], reason=SPLIT)
    for number in data["leaving"]:
        if number != head.pk:
            join(members[number], fresh, members[number].relation if members[number].relation != HEAD else "", on, now, SPLIT)
    settle(by, household, on, now, SPLIT)
    for number in data["leaving"]:
        happened(EventKind.SPLIT, by, members[number], on, now, source=data["reason"][:100])
    after = {"number": fresh.number, "people": len(data["leaving"])}
    message = _now("已分户，%(count)d 人进入新户。") % {"count": len(data["leaving"])}
    return Outcome(fresh, after=after, reason=data["reason"], message=message, next_url=household_url(fresh.pk))


@register("residents.join_households", label=_("并户"), form=JoinHouseholds, roles=KEEPERS, find=find_family, region=where, check=check_standing, template=PAGE)
def join_households(by: Actor, household: Household, data: dict[str, Any], now: datetime) -> Outcome:
    """全户并入同村另一户，本户销户。"""
    on, members = timezone.localdate(now), members_of(by, household.pk)
    for row in members:
        join(row, data["household"], data["relation"], on, now, JOINED)
    end_household(household, on, JOINED)
    for row in members:
        happened(EventKind.JOINED, by, row, on, now, source=data["reason"][:100])
    after = {"into": data["household"].number, "people": len(members)}
    return Outcome(household, after=after, reason=data["reason"], message=_now("已并户。"), next_url=household_url(data["household"].pk))


@register("residents.move_member", label=_("转入另一户"), form=MoveMember, roles=KEEPERS, find=find_at_home, region=where, check=check_living)
def move_member(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """一位居民转入同村另一户。"""
    on, old = timezone.localdate(now), resident.household
    join(resident, data["household"], data["relation"], on, now, data["reason"])
    settle(by, old, on, now, data["reason"])
    before, after = {"household": str(old.number if old else "")}, {"household": data["household"].number, "relation": data["relation"]}
    return Outcome(resident, before=before, after=after, reason=data["reason"], message=_now("已转入。"), next_url=resident_url(resident.pk))
