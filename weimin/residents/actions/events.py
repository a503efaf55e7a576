"""Life events, each entered once; what they touch is shown before and done with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.residents.actions.base import (
    KEEPERS,
    OFFICES,
    PAGE,
    check_living,
    check_standing,
    find_at_home,
    find_household,
    find_resident,
    named,
    resident_url,
    where,
)
from weimin.residents.actions.people import enter_person
from weimin.residents.consequences import come_back, death_touches, depart, widow
from weimin.residents.forms.events import Birth, Death, Divorce, Marriage, MoveBack, MoveHome, Restore
from weimin.residents.households import found_household, join, lock_home, settle, spouse_of
from weimin.residents.life_events import followed, happened
from weimin.residents.models import EventKind, Household, LifeEvent, Marital, Resident, ResidentStatus
from weimin.residents.moving import carry_along, move_household, move_person
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def done(event: LifeEvent, resident: Resident, message: Any, reason: str = "", **after: Any) -> Outcome:
    known = {"name": named(resident), "on": str(event.on), "source": event.source, **after}
    return Outcome(resident, after=known, reason=reason, message=message, next_url=resident_url(resident.pk))


@register(
    "residents.record_birth", label=_("登记出生"), form=Birth, roles=KEEPERS, find=find_household, region=where, check=check_standing,
    template=PAGE, keeps_draft=False,
)  # fmt: skip
def record_birth(by: Actor, household: Household, data: dict[str, Any], now: datetime) -> Outcome:
    """在父母的户里登记新生儿；证件以后再补。"""
    child = enter_person(household.region, data | {"phone": ""}, now, registered_region=household.region)
    join(child, household, data["relation"], child.birth_on, now, str(EventKind.BIRTH.label))
    event = happened(EventKind.BIRTH, by, child, child.birth_on, now, source=data["source"])
    return done(event, child, _now("已登记%(name)s出生。") % {"name": child.name})


@register(
    "residents.record_death", label=_("登记死亡"), form=Death, roles=KEEPERS, find=find_at_home, region=where, template=PAGE,
    check=lambda target, actor, now: check_present(target),
)  # fmt: skip
def record_death(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """登记死亡：人群、走访、户和配偶的状况一起更新，其他业务按登记办理。"""
    said, spouse = death_touches(by, resident, data["on"]), widow(by, resident, now)
    undo = depart(by, resident, ResidentStatus.DEAD, data["on"], now, str(EventKind.DEATH.label))
    event = happened(EventKind.DEATH, by, resident, data["on"], now, source=data["proof"], said=said, undo=undo | {"spouse": spouse})
    return done(event, resident, _now("已登记死亡。"))


def check_present(resident: Resident) -> None:
    """Living, or moved out and heard of since."""
    if resident.status not in (ResidentStatus.LIVING, ResidentStatus.MOVED_OUT):
        raise RuleBroken(_now("这位居民现在是“%(status)s”，不能办理这一步。") % {"status": resident.get_status_display()})


def check_dead(resident: Resident, actor: Actor, now: datetime) -> None:
    if resident.status != ResidentStatus.DEAD:
        raise RuleBroken(_now("这位居民没有登记死亡。"))


@register("residents.restore", label=_("撤销死亡登记"), form=Restore, roles=OFFICES, find=find_resident, region=where, check=check_dead)
def restore(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """死亡登记有误的，写明理由后恢复；随登记结束的人群、户内关系一起恢复。"""
    today = timezone.localdate(now)
    last = LifeEvent.objects.visible_to(by).filter(resident=resident, kind=EventKind.DEATH).order_by("-pk").first()
    said = come_back(by, resident, last.facts.get("undo", {}) if last else {}, today, now)
    event = happened(EventKind.RESTORED, by, resident, today, now, source=data["reason"][:100], said=said)
    return done(event, resident, _now("已恢复为在册。"), data["reason"])


def check_unmarried(resident: Resident, actor: Actor, now: datetime) -> None:
    check_living(resident, actor, now)
    if resident.marital == Marital.MARRIED:
        raise RuleBroken(_now("登记的婚姻状况已经是已婚。再婚的，先登记离婚；资料有误的，先办理“更正居民资料”。"))


@register(
    "residents.record_marriage", label=_("登记结婚"), form=Marriage, roles=KEEPERS, find=find_at_home, region=where, check=check_unmarried, template=PAGE,
    keeps_draft=False,
)  # fmt: skip
def record_marriage(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """登记结婚：两人的婚姻状况一起改，可以同时迁入配偶的户。"""
    spouse = locked_spouse(by, data["spouse"])
    for person in (one for one in (resident, spouse) if one is not None):
        person.marital, person.updated_at = Marital.MARRIED, now
        person.save(update_fields=["marital", "updated_at"])
    said = move_in(by, resident, spouse.household, data, now) if spouse is not None and spouse.household is not None and data["moves_in"] else []
    event = happened(EventKind.MARRIAGE, by, resident, data["on"], now, source=data["proof"], said=said)
    if spouse is not None:
        happened(EventKind.MARRIAGE, by, spouse, data["on"], now, source=data["proof"])
    return done(event, resident, _now("已登记结婚。"), spouse=named(data["spouse_name"]))


def locked_spouse(by: Actor, spouse: Resident | None) -> Resident | None:
    """The other one with their household, as they are now that nobody else can change them."""
    if spouse is None:
        return None
    lock_home(by, spouse.household_id, spouse.pk)
    spouse = Resident.objects.visible_to(by).select_related("household").get(pk=spouse.pk)
    if spouse.status == ResidentStatus.DEAD or spouse.marital == Marital.MARRIED:
        raise RuleBroken(_now("配偶的登记刚才有人改过，请核对以后再办。"))
    return spouse


def move_in(by: Actor, resident: Resident, household: Household, data: dict[str, Any], now: datetime) -> list[str]:
    """Into the household of the other one, with all that is written about the person when that is in another village."""
    old, place, reason = resident.household, resident.region, str(EventKind.MARRIAGE.label)
    join(resident, household, data["relation"], data["on"], now, reason)
    settle(by, old, data["on"], now, reason)
    if resident.region == place:
        return []
    carry_along([resident], resident.region)
    return followed(EventKind.MOVE_HOME, by, resident, data["on"], now)


def check_married(resident: Resident, actor: Actor, now: datetime) -> None:
    check_living(resident, actor, now)
    if resident.marital != Marital.MARRIED:
        raise RuleBroken(_now("登记的婚姻状况不是已婚。资料有误的，先办理“更正居民资料”。"))


@register(
    "residents.record_divorce", label=_("登记离婚"), form=Divorce, roles=KEEPERS, find=find_at_home, region=where, check=check_married, template=PAGE,
)  # fmt: skip
def record_divorce(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """登记离婚：同户配偶的婚姻状况一起改，可以同时另立一户。"""
    spouse = spouse_of(by, resident)
    for person in (one for one in (resident, spouse) if one is not None):
        person.marital, person.updated_at = Marital.DIVORCED, now
        person.save(update_fields=["marital", "updated_at"])
    if data["leaves"] and resident.household is not None:
        old, reason = resident.household, str(EventKind.DIVORCE.label)
        found_household(resident, data["on"], now, address=old.address, reason=reason)
        settle(by, old, data["on"], now, reason)
    event = happened(EventKind.DIVORCE, by, resident, data["on"], now, source=data["proof"])
    if spouse is not None:
        happened(EventKind.DIVORCE, by, spouse, data["on"], now, source=data["proof"])
    return done(event, resident, _now("已登记离婚。"))


@register("residents.move_home", label=_("本地迁居"), form=MoveHome, roles=KEEPERS, find=find_at_home, region=where, check=check_living, template=PAGE)
def move_home(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """在自己负责的范围内迁到另一个村或地址，一人迁或全户迁。"""
    if not by.covers(data["place"]):
        raise RuleBroken(_now("迁到的地方不在您负责的范围内，请办理“交出档案”。"))
    old, household = resident.region, resident.household
    if data["whole"] and household is not None:
        moved = move_household(by, household, data["place"], data["address"], now)
    else:
        move_person(by, resident, data["place"], data["address"], data["on"], now)
        moved = [resident]
    for person in moved:
        event = happened(EventKind.MOVE_HOME, by, person, data["on"], now, source=data["proof"])
    return done(event, resident, _now("已迁居，共 %(count)d 人。") % {"count": len(moved)}, region=data["place"], left=old)


def check_moved_out(resident: Resident, actor: Actor, now: datetime) -> None:
    if resident.status != ResidentStatus.MOVED_OUT:
        raise RuleBroken(_now("这位居民没有迁出。"))


@register("residents.move_back", label=_("登记迁回"), form=MoveBack, roles=KEEPERS, find=find_resident, region=where, check=check_moved_out, template=PAGE)
def move_back(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """迁出的人又回来居住，恢复在册。"""
    resident.status, resident.status_on, resident.updated_at = ResidentStatus.LIVING, data["on"], now
    resident.address = data["address"] or resident.address
    resident.save(update_fields=["status", "status_on", "updated_at", "address"])
    event = happened(EventKind.MOVE_IN, by, resident, data["on"], now, source=data["proof"])
    return done(event, resident, _now("已登记迁回。"))
