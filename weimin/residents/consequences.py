"""What a death or a move means inside this room: household, groups, visits, the spouse."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from weimin.residents.entering import HEAD
from weimin.residents.households import join, leave, settle, spouse_of
from weimin.residents.models import GroupMembership, Household, HouseholdStatus, Marital, Resident, ResidentStatus
from weimin.residents.queries import DELICATE, members_of
from weimin.residents.visiting import drop_call, next_visit
from weimin.walls.actor import Actor


def open_groups(by: Actor, resident: Resident) -> list[GroupMembership]:
    return list(GroupMembership.objects.visible_to(by).filter(resident=resident, until_on__isnull=True).order_by("pk"))


def worded(row: GroupMembership) -> str:
    """A group as life lines name it, which every post with the purpose reads: no illness (A-45)."""
    return _("重点人群") if row.kind in DELICATE else str(row)


def departure_touches(by: Actor, resident: Resident) -> list[str]:
    """What it touches when somebody dies or moves away; sentences."""
    lines = [_("退出人群：%(group)s") % {"group": worded(row)} for row in open_groups(by, resident)]
    if resident.household is None:
        return lines
    rest = [row for row in members_of(by, resident.household.pk) if row.pk != resident.pk]
    lines.append(_("离开户 %(household)s，户内还有 %(count)d 人") % {"household": resident.household, "count": len(rest)})
    if not rest and not resident.household.collective:
        lines.append(_("户内没有其他人，这一户销户"))
    elif resident.relation == HEAD:
        lines.append(_("户主不在了，由%(name)s任户主；要换别人的，随后办理“变更户主”") % {"name": rest[0].name})
    return lines


def death_touches(by: Actor, resident: Resident, on: date) -> list[str]:
    lines = departure_touches(by, resident)
    if spouse := spouse_of(by, resident):
        lines.append(_("%(name)s的婚姻状况改为丧偶") % {"name": spouse.name})
    return lines


def move_touches(by: Actor, resident: Resident, on: date) -> list[str]:
    return departure_touches(by, resident)


def marriage_touches(by: Actor, resident: Resident, on: date) -> list[str]:
    lines = [_("婚姻状况由“%(now)s”改为“已婚”") % {"now": resident.get_marital_display() or "—"}]
    if resident.household is not None:
        lines.append(_("迁入配偶的户的，离开户 %(household)s") % {"household": resident.household})
    return lines


def divorce_touches(by: Actor, resident: Resident, on: date) -> list[str]:
    spouse = spouse_of(by, resident)
    names = [resident.name, spouse.name] if spouse else [resident.name]
    lines = [_("%(name)s的婚姻状况改为离婚") % {"name": name} for name in names]
    if resident.household is not None:
        lines.append(_("另立一户的，离开户 %(household)s") % {"household": resident.household})
    return lines


def home_touches(by: Actor, resident: Resident, on: date) -> list[str]:
    if resident.household is None:
        return []
    names = [row.name for row in members_of(by, resident.household.pk)]
    said = {"household": resident.household, "count": len(names), "names": "、".join(names)}  # text: data
    return [_("全户一起迁的，户 %(household)s 的 %(count)d 人都迁：%(names)s；只迁本人的，另立一户") % said]


def split_touches(by: Actor, resident: Resident, on: date) -> list[str]:
    """Asked of every member of the household; what is the same for all is said once."""
    lines = [_("分出的人离开户 %(household)s，另立一户") % {"household": resident.household}]
    if resident.relation == HEAD:
        lines.append(_("%(name)s分出的，由留下的人里年长的任户主；要换别人的，随后办理“变更户主”") % {"name": resident.name})
    return lines


def join_touches(by: Actor, resident: Resident, on: date) -> list[str]:
    return [_("户 %(household)s 销户") % {"household": resident.household}, _("%(name)s转入另一户") % {"name": resident.name}]


def group_touches(by: Actor, resident: Resident, on: date) -> list[str]:
    held = "、".join(dict.fromkeys(worded(row) for row in open_groups(by, resident)))  # text: data
    return [_("走访按人群规定的间隔重新安排"), *([_("现在的人群：%(groups)s") % {"groups": held}] if held else [])]


def depart(by: Actor, resident: Resident, status: str, on: date, now: datetime, reason: str) -> dict[str, Any]:
    """Ends groups and visits, takes the resident out of the household and sets the status. Answers what undoing needs."""
    groups = open_groups(by, resident)
    for row in groups:
        row.until_on, row.visit_by = max(on, row.since_on), None
        row.save(update_fields=["until_on", "visit_by"])
    household, relation = resident.household, resident.relation
    drop_call(resident, by, now, f"residents.{status}")
    leave(resident, on, now, reason)
    resident.status, resident.status_on = status, on
    resident.save(update_fields=["status", "status_on"])
    left = settle(by, household, on, now, reason)
    return {"groups": [row.pk for row in groups], "household": household.pk if household else None, "relation": relation, "ended": left == "ended"}


def widow(by: Actor, resident: Resident, now: datetime) -> int | None:
    """Sets the spouse widowed; answers whom."""
    spouse = spouse_of(by, resident)
    if spouse is None:
        return None
    spouse.marital, spouse.updated_at = Marital.WIDOWED, now
    spouse.save(update_fields=["marital", "updated_at"])
    return spouse.pk


def come_back(by: Actor, resident: Resident, undo: dict[str, Any], on: date, now: datetime) -> list[str]:
    """Takes a departure back: groups that ended with it go on, the household takes the resident in again. Answers what was done."""
    resident.status, resident.status_on, resident.updated_at = ResidentStatus.LIVING, on, now
    resident.save(update_fields=["status", "status_on", "updated_at"])
    lines = []
    for row in GroupMembership.objects.visible_to(by).filter(pk__in=undo.get("groups", []), resident=resident):
        if not GroupMembership.objects.filter(resident=resident, kind=row.kind, until_on__isnull=True).exists():
            row.until_on, row.visit_by = None, next_visit(row.kind, on)
            row.save(update_fields=["until_on", "visit_by"])
            lines.append(_("恢复人群：%(group)s") % {"group": worded(row)})
    household = Household.objects.visible_to(by).filter(pk=undo.get("household") or 0).first()
    if household is not None:
        lines += take_in_again(by, resident, household, undo, on, now)
    spouse = Resident.objects.visible_to(by).filter(pk=undo.get("spouse") or 0, marital=Marital.WIDOWED).first()
    if spouse is not None:
        spouse.marital = Marital.MARRIED
        spouse.save(update_fields=["marital"])
        lines.append(_("配偶的婚姻状况恢复为已婚"))
    return lines


def take_in_again(by: Actor, resident: Resident, household: Household, undo: dict[str, Any], on: date, now: datetime) -> list[str]:
    """Into the household of before, which stands again when it ended with the departure. A new head stays head."""
    lines = []
    if undo.get("ended") and household.status == HouseholdStatus.ENDED:
        household.status, household.ended_on, household.end_reason = HouseholdStatus.STANDING, None, ""
        household.save(update_fields=["status", "ended_on", "end_reason"])
        lines.append(_("恢复户 %(household)s") % {"household": household})
    if household.status != HouseholdStatus.STANDING:
        return lines
    headed = any(row.relation == HEAD for row in members_of(by, household.pk))
    relation = "" if undo.get("relation") == HEAD and headed else str(undo.get("relation", ""))
    join(resident, household, relation, on, now)
    return [*lines, _("回到户 %(household)s") % {"household": household}]
