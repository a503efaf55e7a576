"""The register of residents, read only: a full number is shown by an action with a reason, never here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Path, Router

from weimin.api.scopes import RESIDENTS_READ
from weimin.api.service import Bearer, problems
from weimin.api.shapes_residents import ResidentFull, ResidentList, ResidentSearch
from weimin.residents.models import Resident
from weimin.residents.queries import card_of, cards_of, get_resident, household_of, search
from weimin.walls.errors import NotVisible

router = Router(tags=["residents"])
NUMBER = Path(description="Number of the resident.", ge=1, le=2**63 - 1, examples=[12])


@router.post(
    "/residents/search", response={200: ResidentList, **problems(400, 422)}, auth=Bearer(RESIDENTS_READ),
    summary="Search residents", operation_id="search_residents",
)  # fmt: skip
def search_residents(request: HttpRequest, wanted: ResidentSearch) -> Any:
    """Residents of the post's range, best match first. Changes nothing, so that it needs no key."""
    actor = request.actor  # type: ignore[attr-defined]
    return {"items": [shown(card) for card in cards_of(actor, search(actor, wanted.q, wanted.limit))]}


@router.get(
    "/residents/{int:number}", response={200: ResidentFull, **problems(404, 422)}, auth=Bearer(RESIDENTS_READ),
    summary="Read a resident", operation_id="read_resident",
)  # fmt: skip
def read_resident(request: HttpRequest, number: int = NUMBER) -> Any:
    """One resident with the household."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        resident = get_resident(actor, number)
    except Resident.DoesNotExist:
        raise NotVisible() from None
    return shown(card_of(actor, resident)) | {"members": [shown(card) for card in cards_of(actor, household_of(actor, resident))]}


def shown(card: dict[str, Any]) -> dict[str, Any]:
    return {**card, "id": card["pk"]}
