"""Looks that forms need before something is entered: who has a number already, who is probably the same person."""

from __future__ import annotations

from datetime import date

from weimin.residents.models import Household, HouseholdStatus, Resident, ResidentStatus
from weimin.residents.naming import tidy_name
from weimin.secrets.cipher import hash_for
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered
from weimin.walls.tenancy import here


def registered_elsewhere(number: str, but: int = 0) -> bool:
    """Whether anybody of the jurisdiction other than the record `but` has this number.

    One bit out of the whole range: a person is entered once, also where the asking post sees nothing. Who and where is not told.
    """
    home = here()
    with entered(system_actor(home.low, home.high)):
        rows = Resident.objects.exclude(status=ResidentStatus.MERGED).filter(id_lookup=hash_for("id_number", number))
        return rows.exclude(pk=but).exists()


def likely_twins(actor: Actor, region: int, name: str, born: date) -> list[Resident]:
    """Records of a village with this name and birth date, merged ones left out; at most five."""
    rows = Resident.objects.visible_to(actor).exclude(status=ResidentStatus.MERGED)
    return list(rows.filter(name=tidy_name(name), place=region, birth_on=born)[:5])


def standing_household(actor: Actor, region: int, number: str) -> Household | None:
    """The household of a village with this number that has not ended."""
    rows = Household.objects.visible_to(actor).filter(number=number, region=region, status=HouseholdStatus.STANDING)
    return rows.order_by("pk").first()
