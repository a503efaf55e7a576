"""Reading what the government serves. Public: no post is asked for, and drafts are read only by their number."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from weimin.catalogue.finding import rank, rank_near
from weimin.catalogue.models import Item, ItemVersion
from weimin.catalogue.parsed import is_parsed
from weimin.walls.prepared import columns, made_of, prepared

OF_VERSION, OF_ITEM = columns(ItemVersion, but="data"), columns(Item)
CHOSEN = ", ".join([*(f"version.{name}" for name in OF_VERSION), *(f"item.{name}" for name in OF_ITEM)])
IN_FORCE = f"""SELECT {CHOSEN} FROM {ItemVersion._meta.db_table} version JOIN {Item._meta.db_table} item ON item.id = version.item_id
WHERE item.code = %s AND version.state = 'published'"""  # noqa: S608  names of our own columns


def in_force() -> QuerySet[ItemVersion]:
    """Current versions of what is offered now, each with its item."""
    return ItemVersion.objects.filter(item__current__isnull=False, item__offered=True, state="published").select_related("item").order_by("item__code")


def offered(window: str = "") -> list[ItemVersion]:
    """What is served now, by code; of one window when it is named. One query, and one more for the lists that this process has not read yet."""
    rows = in_force().defer("data")
    found = list(rows.filter(item__window=window) if window else rows)
    unread = [row.pk for row in found if not is_parsed(row.fingerprint)]
    data = dict(ItemVersion.objects.filter(pk__in=unread).values_list("pk", "data")) if unread else {}
    for row in found:
        if row.pk in data:
            row.data = data[row.pk]
    return found


def get_version(pk: int) -> ItemVersion:
    """Any version with its item; ItemVersion.DoesNotExist."""
    return ItemVersion.objects.select_related("item").get(pk=pk)


def current(code: str) -> ItemVersion:
    """What is in force of an item, also when it is out of service for now (`.item.offered`); ItemVersion.DoesNotExist.

    The list itself is read from the database only where this process does not know it yet.
    """
    with prepared() as cursor:
        cursor.execute(IN_FORCE, [code])
        row = cursor.fetchone()
    if row is None:
        raise ItemVersion.DoesNotExist
    version = made_of(ItemVersion, OF_VERSION, row[: len(OF_VERSION)])
    version.item = made_of(Item, OF_ITEM, row[len(OF_VERSION) :])
    return version


def by_code(codes: Iterable[str]) -> dict[str, ItemVersion]:
    """What is served now of the items with these codes; one query."""
    return {row.item.code: row for row in in_force().filter(item__code__in=list(codes))}


def find_items(text: str, limit: int = 20, window: str = "", *, near: bool = False) -> list[ItemVersion]:
    """What is served now, best match first: by name, code, the words people use, life event, group; Chinese, pinyin or initials.

    `near`: when nothing matches, what comes nearest, for people who say it in their own way.
    """
    return (rank_near if near else rank)(offered(window), text)[:limit]


def get_item(pk: int) -> Item:
    """An item, offered or not, with its current version; Item.DoesNotExist."""
    return Item.objects.select_related("current").get(pk=pk)
