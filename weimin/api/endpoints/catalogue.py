"""What the government serves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from weimin.api.scopes import CATALOGUE_READ
from weimin.api.service import Bearer, check_query, problems
from weimin.api.shapes_catalogue import Item, ItemList
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.queries import current, find_items, offered
from weimin.walls.errors import NotVisible

router = Router(tags=["catalogue"])
MOST = 500
CODE = Path(description="Code of the item.", pattern="^[A-Z]{2}[0-9]{4}$", examples=["MZ0101"])

WORDS = Query(
    "", max_length=60, description="Words people use, a life event, a group, pinyin or a code; best match first.",
    examples=["低保"],  # text: data
)  # fmt: skip
WINDOW = Query("", max_length=12, description="Only those of one window: party, livelihood, family, agency, civil.")


def item_of(version: ItemVersion) -> dict[str, Any]:
    return {"version": version.number, "published_at": version.published_at, "offered": version.item.offered, "content": version.content.model_dump()}


def line_of(version: ItemVersion) -> dict[str, Any]:
    facts = version.content
    return {"code": facts.code, "name": facts.name, "window": facts.window, "handling": facts.handling, "version": version.number}


@router.get("/catalogue", response={200: ItemList, **problems(422)}, auth=Bearer(CATALOGUE_READ), summary="List the items", operation_id="list_items")
def list_items(
    request: HttpRequest,
    q: str = WORDS,
    window: str = WINDOW,
) -> Any:
    """What is served now; by code, or best match first. The whole catalogue is one answer."""
    check_query(request, "q", "window")
    found = find_items(q, MOST, window) if q else offered(window)
    return {"items": [line_of(version) for version in found]}


@router.get("/catalogue/{code}", response={200: Item, **problems(404, 422)}, auth=Bearer(CATALOGUE_READ), summary="Read an item", operation_id="read_item")
def read_item(request: HttpRequest, code: str = CODE) -> Any:
    """The implementation list that is in force, with materials, steps, limits and conditions."""
    try:
        return item_of(current(code))
    except ItemVersion.DoesNotExist:
        raise NotVisible() from None
