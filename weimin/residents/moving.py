"""People and what is written about them go to another village of the same jurisdiction; called by actions, inside their transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from weimin.flows.models import OPEN, Step
from weimin.residents.flow import VISIT
from weimin.residents.households import found_household, settle
from weimin.residents.models import GroupMembership, Household, LifeEvent, Membership, Resident, Visit
from weimin.residents.queries import members_of
from weimin.walls.actor import Actor

FOLLOWERS = (GroupMembership, Visit, LifeEvent)


def carry_along(residents: Iterable[Resident], region: int) -> None:
    """What is written about people is read where they live, and a visit that is due stands on the desk of the village where they live."""
    numbers = [row.pk for row in residents]
    for model in FOLLOWERS:
        model.objects.filter(resident__in=numbers).update(region=region)
    Membership.objects.filter(resident__in=numbers).update(region=region)
    Step.objects.filter(OPEN, flow=VISIT, subject_type=Resident._meta.label_lower, subject_id__in=numbers).update(region=region)


def move_household(by: Actor, household: Household, region: int, address: str, now: datetime) -> list[Resident]:
    """The whole household to another village or address; answers who moved."""
    household.region, household.address = region, address or household.address
    household.save(update_fields=["region", "address"])
    members = members_of(by, household.pk)
    for row in members:
        row.region, row.address, row.updated_at = region, address or row.address, now
        row.save(update_fields=["region", "address", "updated_at"])
    carry_along(members, region)
    return members


def move_person(by: Actor, resident: Resident, region: int, address: str, on: date, now: datetime) -> None:
    """One person, who founds a household of their own there; the household left behind is put in order."""
    old = resident.household
    resident.region, resident.address, resident.updated_at = region, address or resident.address, now
    resident.save(update_fields=["region", "address", "updated_at"])
    found_household(resident, on, now)
    carry_along([resident], region)
    settle(by, old, on, now, "")
