"""Who applies: taken from the register where the person is known, typed where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from weimin.cases.models import Case, Mandate
from weimin.regions.fields import range_top
from weimin.regions.queries import names
from weimin.residents.models import IdKind, Resident
from weimin.secrets.masking import mask
from weimin.walls.actor import Actor
from weimin.walls.prepared import columns, one_visible

LIVING = ("living", "moved_out")
STILL_APPLIES = f"id = %s AND status IN {LIVING}"  # the tuple is written as SQL writes a list
COPIED = ("name", "id_kind", "id_number", "phone", "address", "region")  # what a case takes from the register
FOUND = (*COPIED, "status")  # and whether it may


@dataclass(frozen=True)
class Applicant:
    """What a case copies. `resident` is None for somebody whom the register does not know."""

    resident: Resident | None
    name: str
    id_kind: str
    id_number: str
    phone: str
    address: str
    region: int


def known(actor: Actor, number: int | None, fields: Sequence[str] = (), *, held: bool = False) -> Resident | None:
    """A resident of one's range by primary key, who can still apply. `fields`: all that is read at once; none = all. held: as in `one_visible`."""
    if not number or number >= 2**63:
        return None
    return one_visible(actor, Resident, fields or columns(Resident), STILL_APPLIES, number, held=held)


def of_form(actor: Actor, data: dict[str, Any], resident: Resident | None) -> Applicant:
    """Typed values win (a new phone), the register fills what was left empty; the place is the resident's own, else the post's."""
    return Applicant(
        resident, data.get("name") or (resident.name if resident else ""), data.get("id_kind") or (resident.id_kind if resident else "id_card"),
        data.get("id_number") or (resident.id_number or "" if resident else ""), data.get("phone") or (resident.phone or "" if resident else ""),
        data.get("address") or (resident.address if resident else ""),
        resident.region if resident else data.get("region") or range_top(actor),
    )  # fmt: skip


def card_of_mandate(actor: Actor, mandate: Mandate) -> dict[str, Any]:
    """What a mandate knows of its principal, in the shape of a card of the register; masked."""
    return {
        "name": mandate.principal_name, "gender": "", "id_kind": IdKind.ID_CARD.label, "address": "", "village": names({mandate.region})[mandate.region],
        "id_number": mask("id_number", mandate.principal_id_number or "", actor.role), "phone": mask("phone", mandate.principal_phone or "", actor.role),
    }  # fmt: skip


def copy_to(case: Case, who: Applicant) -> None:
    case.applicant, case.applicant_name, case.region = who.resident, who.name, who.region
    case.applicant_id_kind, case.applicant_id_number = who.id_kind, who.id_number or None
    case.applicant_phone, case.address = who.phone or None, who.address
