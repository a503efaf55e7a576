"""How people come into households and leave them; called by actions, inside their transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from weimin.residents.entering import HEAD, new_household
from weimin.residents.models import Household, HouseholdStatus, Membership, Resident, ResidentStatus
from weimin.residents.queries import members_of
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def lock_home(by: Actor, household: int | None, *also: int) -> None:
    """Locks a household, then whoever lives there and whoever else is named, in the order of their numbers: two who change one household come
    one after the other. What is read afterwards is what the first has left."""
    list(Household.objects.visible_to(by).select_for_update().filter(pk=household or 0).values_list("pk"))
    people = Resident.objects.visible_to(by).filter(household=household or 0).values_list("pk", flat=True)
    numbers = {*people, *also}
    list(Resident.objects.visible_to(by).select_for_update().filter(pk__in=sorted(numbers)).order_by("pk").values_list("pk"))


def has_head(household: Household, but: Resident | None = None) -> bool:
    """Whether somebody who lives in the household, other than `but`, is its head."""
    rows = Resident.objects.filter(household=household, relation=HEAD, status=ResidentStatus.LIVING)
    return rows.exclude(pk=(but.pk or 0) if but is not None else 0).exists()


def join(resident: Resident, household: Household, relation: str, on: date, now: datetime, reason: str = "") -> None:
    """The resident lives in the household from a day on and leaves the one before; the place is the household's. RuleBroken for a second head,
    and when the household has just ended."""
    held = Household.objects.select_for_update().get(pk=household.pk)
    if held.status != HouseholdStatus.STANDING:
        raise RuleBroken(_("那一户刚才已经销户，请核对以后再办。"))
    household.region = held.region
    if relation == HEAD and has_head(household, resident):
        raise RuleBroken(_("那一户已经有户主；要换户主，随后办理“变更户主”。"))
    leave(resident, on, now, reason)
    resident.household, resident.relation, resident.region, resident.updated_at = household, relation, household.region, now
    resident.save(update_fields=["household", "relation", "region", "updated_at"])
    Membership.objects.create(region=household.region, resident=resident, household=household, relation=relation, since_on=on, reason=reason)
    if relation == HEAD:
        household.head_name = resident.name
        household.save(update_fields=["head_name"])


def leave(resident: Resident, on: date, now: datetime, reason: str = "") -> list[Membership]:
    """Ends the membership of the household that the resident is in, if any; answers what ended."""
    held = list(Membership.objects.filter(resident=resident, until_on__isnull=True))
    if not held and resident.household_id is not None:  # came with the household (import): nobody knows since when, and no row was kept until now
        held = [Membership(region=resident.region, resident=resident, household_id=resident.household_id, relation=resident.relation)]
    for row in held:
        row.until_on, row.reason = max(on, row.since_on or on), reason[:60] or row.reason
        row.save()
    resident.household, resident.relation, resident.updated_at = None, "", now
    resident.save(update_fields=["household", "relation", "updated_at"])
    return held


def found_household(head: Resident, on: date, now: datetime, *, address: str = "", number: str = "", reason: str = "") -> Household:
    """A new household with its head."""
    household = new_household(head.region, address=address or head.address, number=number, settled_on=on)
    household.save()
    join(head, household, HEAD, on, now, reason)
    return household


def set_relation(resident: Resident, relation: str, on: date, now: datetime) -> None:
    """Another relation to the head of the same household: the old membership ends, a new one begins."""
    household = resident.household
    if household is None or resident.relation == relation:
        return
    join(resident, household, relation, on, now)


def choose_head(household: Household, head: Resident, others: Iterable[Resident], on: date, now: datetime, old_relation: str) -> None:
    """Makes a member the head; who was head before gets a relation to the new one."""
    for other in others:
        if other.relation == HEAD and other.pk != head.pk:
            set_relation(other, old_relation, on, now)
    set_relation(head, HEAD, on, now)
    household.head_name = head.name
    household.save(update_fields=["head_name"])


def settle(by: Actor, household: Household | None, on: date, now: datetime, reason: str) -> str:
    """After somebody left: ends a household without members, gives one without a head its eldest grown-up as head. Says which of the two."""
    if household is None or household.collective:
        return ""
    lock_home(by, household.pk)
    members = members_of(by, household.pk)
    if not members:
        end_household(household, on, reason)
        return "ended"
    if not any(row.relation == HEAD for row in members):
        choose_head(household, members[0], (), on, now, "")
        return "head"
    return ""


def end_household(household: Household, on: date, reason: str) -> None:
    household.status, household.ended_on, household.end_reason = HouseholdStatus.ENDED, on, reason[:100]
    household.save(update_fields=["status", "ended_on", "end_reason"])


def spouse_of(by: Actor, resident: Resident) -> Resident | None:
    """Husband or wife by the relations of the household: the head and the one written as 配偶."""
    pair = {HEAD: SPOUSE, SPOUSE: HEAD}.get(resident.relation)
    if resident.household_id is None or pair is None:
        return None
    rows = Resident.objects.visible_to(by).filter(household_id=resident.household_id, relation=pair, status=ResidentStatus.LIVING)
    return rows.order_by("pk").first()


SPOUSE = "配偶"  # text: data
