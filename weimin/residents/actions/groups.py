"""Somebody comes into a population group and leaves it again (A2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.residents.actions.base import KEEPERS, PAGE, check_living, find_resident, named, resident_url, where
from weimin.residents.consequences import worded
from weimin.residents.forms.groups import AddGroup, EndGroup
from weimin.residents.life_events import happened
from weimin.residents.models import EventKind, GroupMembership, Resident
from weimin.residents.visiting import drop_call, next_visit
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def find_membership(actor: Actor, pk: Any) -> GroupMembership:
    return GroupMembership.objects.visible_to(actor).select_for_update(of=("self",)).select_related("resident").get(pk=pk)


@register(
    "residents.add_group", label=_("纳入人群"), form=AddGroup, roles=KEEPERS, find=find_resident, region=where, check=check_living, template=PAGE,
)  # fmt: skip
def add_group(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """把一位居民纳入重点人群，写明起始日期和依据；60、65、80 岁以上由系统计算，不用登记。"""
    if GroupMembership.objects.filter(resident=resident, kind=data["kind"], until_on__isnull=True).exists():
        raise RuleBroken(_now("这位居民已经在这个人群里，不用重复登记。"))
    row = GroupMembership.objects.create(
        region=resident.region, resident=resident, kind=data["kind"], detail=data["detail"], since_on=data["since_on"], source=data["proof"],
        visit_by=next_visit(data["kind"], data["since_on"]),
    )  # fmt: skip
    happened(EventKind.GROUP, by, resident, row.since_on, now, source=row.source, said=[_now("纳入人群：%(group)s") % {"group": worded(row)}])
    after = {"name": named(resident), "since_on": str(row.since_on), "source": row.source}
    return Outcome(row, after=after, message=_now("已纳入：%(group)s。") % {"group": row}, next_url=resident_url(resident.pk))


def check_open(row: GroupMembership, actor: Actor, now: datetime) -> None:
    if row.until_on is not None:
        raise RuleBroken(_now("已经退出这个人群。"))


@register("residents.end_group", label=_("退出人群"), form=EndGroup, roles=KEEPERS, find=find_membership, region=where, check=check_open, template=PAGE)
def end_group(by: Actor, row: GroupMembership, data: dict[str, Any], now: datetime) -> Outcome:
    """一位居民不再属于这个人群，写明截止日期和依据。"""
    row.until_on, row.visit_by = data["until_on"], None
    row.save(update_fields=["until_on", "visit_by"])
    if not GroupMembership.objects.filter(resident=row.resident, until_on__isnull=True, visit_by__isnull=False).exists():
        drop_call(row.resident, by, now, "residents.end_group")
    happened(EventKind.GROUP, by, row.resident, row.until_on, now, source=data["proof"], said=[_now("退出人群：%(group)s") % {"group": worded(row)}])
    after = {"name": named(row.resident), "until_on": str(row.until_on)}
    return Outcome(row, after=after, reason=data["proof"], message=_now("已登记。"), next_url=resident_url(row.resident_id))
