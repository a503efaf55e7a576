"""What the actions of this room share: who may, how a record is found and locked, and what of a person the trail may say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _now

from weimin.residents.households import lock_home
from weimin.residents.models import Household, HouseholdStatus, Resident, ResidentStatus
from weimin.secrets.masking import mask
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

KEEPERS = ("county_office", "township", "window", "village")
OFFICES = ("county_office", "township")


def find_resident(actor: Actor, pk: Any) -> Resident:
    return Resident.objects.visible_to(actor).select_for_update(of=("self",)).select_related("household").get(pk=pk)


def find_at_home(actor: Actor, pk: Any) -> Resident:
    """A resident whose household changes too, which is locked with everybody in it."""
    home = Resident.objects.visible_to(actor).values_list("household", flat=True).get(pk=pk)
    lock_home(actor, home, int(pk))
    return find_resident(actor, pk)


def find_family(actor: Actor, pk: Any) -> Household:
    """A household whose members change, locked with everybody in it."""
    lock_home(actor, int(pk))
    return find_household(actor, pk)


def find_household(actor: Actor, pk: Any) -> Household:
    return Household.objects.visible_to(actor).select_for_update().get(pk=pk)


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def resident_url(number: int) -> str:
    return reverse("residents:resident", args=[number])


def household_url(number: int) -> str:
    return reverse("residents:household", args=[number])


def named(resident: Resident | str) -> str:
    """A name as the trail keeps it, which posts without the purpose may read."""
    return mask("name", resident if isinstance(resident, str) else resident.name, "public")


PAGE = "residents/life_event.html"  # the form of a life event under what it touches


def check_living(resident: Resident, actor: Actor, now: datetime) -> None:
    if resident.status != ResidentStatus.LIVING:
        raise RuleBroken(_now("这位居民现在是“%(status)s”，不能办理这一步。") % {"status": resident.get_status_display()})


def check_not_merged(resident: Resident, actor: Actor, now: datetime) -> None:
    if resident.status == ResidentStatus.MERGED:
        raise RuleBroken(_now("这条记录已经并入另一条，请到保留的那一条办理。"))


def check_standing(household: Household, actor: Actor, now: datetime) -> None:
    if household.status != HouseholdStatus.STANDING:
        raise RuleBroken(_now("这一户已经销户。"))


def save_alone(resident: Resident, **named_arguments: Any) -> None:
    """Saves a row with an identifier; the database has the last word when two posts enter one number at the same moment."""
    try:
        with transaction.atomic():
            resident.save(**named_arguments)
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", "") != "23505":
            raise
        raise RuleBroken(_now("这个证件号码在本辖区已经登记。请核对号码。")) from error


def told(value: Any) -> Any:
    """A value as the trail keeps it."""
    return value if isinstance(value, (bool, int, str, list)) or value is None else str(value)
