"""What is served, as the pages of this room offer it."""

from __future__ import annotations

from weimin.catalogue.models import Item, ItemVersion
from weimin.catalogue.queries import find_items, offered

MOST = 60


def item_names() -> list[tuple[str, str]]:
    """(code, name) of every item, for a filter; one query without the lists."""
    return list(Item.objects.order_by("code").values_list("code", "name"))


def to_choose(text: str, window: str) -> list[ItemVersion]:
    """Items by the words people use, or all of a window."""
    return find_items(text, MOST, window, near=True) if text else offered(window)
