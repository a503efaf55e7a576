"""Every read of the register; each starts at what the actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.residents.entering import HEAD
from weimin.residents.models import GroupKind, GroupMembership, Household, Resident, ResidentStatus
from weimin.residents.rules import tidy_number
from weimin.residents.searching import search
from weimin.secrets.cipher import hash_for
from weimin.secrets.masking import mask
from weimin.walls.actor import Actor
from weimin.walls.models import ScopedQuerySet
from weimin.walls.prepared import columns, one_visible

__all__ = ["NOT_MERGED", "card_of", "cards_of", "find_by_id_number", "get_household", "get_resident", "groups_of", "household_of", "search"]

DELICATE = (GroupKind.MENTAL_ILLNESS,)  # never beside a name in a list (H-64)
COUNTERS = ("window",)
NOT_MERGED = ~Q(status=ResidentStatus.MERGED)
WITH_NUMBER = "id_lookup = %s AND NOT (status = 'merged')"


def get_resident(actor: Actor, pk: int) -> Resident:
    """Resident.DoesNotExist when hidden or missing."""
    return Resident.objects.visible_to(actor).select_related("household").get(pk=pk)


def get_household(actor: Actor, pk: int) -> Household:
    return Household.objects.visible_to(actor).get(pk=pk)


def find_by_id_number(actor: Actor, id_number: str, fields: Sequence[str] = (), *, held: bool = False) -> Resident | None:
    """The one resident of the range with this number, whatever its status but merged. `fields`: all that is read at once; none = all.
    held: until the transaction ends nobody dies or is merged."""
    number = tidy_number(id_number)
    if not number:
        return None
    return one_visible(actor, Resident, fields or columns(Resident), WITH_NUMBER, hash_for("id_number", number), held=held)


def household_of(actor: Actor, resident: Resident) -> list[Resident]:
    """Everybody of the resident's household who is in it now, the head first, the resident included; nobody without a household."""
    if resident.household_id is None:
        return []
    return members_of(actor, resident.household_id)


def groups_of(actor: Actor) -> ScopedQuerySet[GroupMembership]:
    """Memberships of groups that the actor may know of: mental illness is for those who care, not for the counter (A-45)."""
    rows = GroupMembership.objects.visible_to(actor)
    return rows.exclude(kind__in=DELICATE) if actor.role in COUNTERS else rows


def members_of(actor: Actor, household: int) -> list[Resident]:
    rows = Resident.objects.visible_to(actor).filter(household_id=household, status=ResidentStatus.LIVING)
    return sorted(rows, key=lambda row: (row.relation != HEAD, row.birth_on, row.pk))


def card_of(actor: Actor, resident: Resident) -> dict[str, Any]:
    """Facts of a resident as pages of other rooms show them, identifiers masked for the actor's role."""
    return cards_of(actor, [resident])[0]


def cards_of(actor: Actor, residents: list[Resident]) -> list[dict[str, Any]]:
    """The cards of several, with one query for the names of all places."""
    places = {place for resident in residents for place in (resident.region, township_of(resident.region), resident.registered_region) if place}
    known = names(places)
    return [card(actor, resident, known) for resident in residents]


def card(actor: Actor, resident: Resident, known: dict[int, str]) -> dict[str, Any]:
    return {
        "pk": resident.pk, "name": resident.name, "gender": resident.get_gender_display(), "birth_on": resident.birth_on,
        "id_kind": resident.get_id_kind_display(), "id_number": mask("id_number", resident.id_number or "", actor.role),
        "phone": mask("phone", resident.phone or "", actor.role), "address": mask("address", resident.address, actor.role),
        "village": known[resident.region], "township": known[township_of(resident.region)], "region": resident.region,
        "registered": known.get(resident.registered_region or 0, ""), "status": resident.status, "status_label": resident.get_status_display(),
        "relation": resident.relation, "household": resident.household_id,
    }  # fmt: skip
