"""How versions come and go: drafts, publication, what an import would do. Called inside actions only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max

from weimin.catalogue.content import ItemContent
from weimin.catalogue.models import Item, ItemVersion
from weimin.catalogue.saying import Change, compare
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class Planned:
    """What an import does to one item. kind: new, changed or same."""

    content: ItemContent
    kind: str
    changes: list[Change] = field(default_factory=list)


def plan_import(contents: Iterable[ItemContent]) -> list[Planned]:
    """Each list against the draft of its item, else the version in force; one query."""
    contents = list(contents)
    rows = ItemVersion.objects.select_related("item").filter(item__code__in=[content.code for content in contents], state__in=("published", "draft"))
    known = {row.item.code: row for row in rows.order_by("-state")}  # a draft comes after what is published
    return [planned(content, known.get(content.code)) for content in contents]


def planned(content: ItemContent, against: ItemVersion | None) -> Planned:
    if against is None:
        return Planned(content, "new")
    if against.content == content:
        return Planned(content, "same")
    return Planned(content, "changed", compare(against.content, content))


def put_drafts(contents: Sequence[ItemContent], by: Actor, note: str, now: datetime) -> list[ItemVersion]:
    """A draft of each list: the item's open draft is written over, else a new version begins; items that are new are made."""
    codes = [content.code for content in contents]
    Item.objects.bulk_create([Item(code=content.code, name=content.name, window=content.window) for content in contents], ignore_conflicts=True)
    items = {row.code: row for row in Item.objects.select_for_update().filter(code__in=codes).order_by("pk")}
    open_drafts = {row.item_id: row for row in ItemVersion.objects.select_for_update(of=("self",)).filter(item__code__in=codes, state="draft").order_by("pk")}
    last = dict(ItemVersion.objects.filter(item__code__in=codes).values_list("item_id").annotate(Max("number")).order_by())
    fresh, kept = [], []
    for content in contents:
        item, data = items[content.code], content.model_dump(mode="json")
        row = open_drafts.get(item.pk)
        if row is None:
            fresh.append(ItemVersion(item=item, number=last.get(item.pk, 0) + 1, data=data, note=note, created_by=by.name, created_at=now))
        else:
            row.data, row.note, row.created_by, row.created_at = data, note, by.name, now
            kept.append(row)
    ItemVersion.objects.bulk_update(kept, ["data", "note", "created_by", "created_at"])
    return [*ItemVersion.objects.bulk_create(fresh), *kept]


def publish(drafts: Sequence[ItemVersion], by: Actor, now: datetime) -> None:
    """Drafts come into force at once; what was in force is replaced. The lists were checked before."""
    ItemVersion.objects.filter(item__in=[row.item_id for row in drafts], state="published").update(state="replaced")
    ItemVersion.objects.filter(pk__in=[row.pk for row in drafts]).update(state="published", published_by=by.name, published_at=now)
    items = {row.pk: row for row in Item.objects.filter(pk__in=[row.item_id for row in drafts])}
    for row in drafts:
        item, content = items[row.item_id], ItemContent.model_validate(row.data)
        item.current, item.name, item.window = row, content.name, content.window
    Item.objects.bulk_update(items.values(), ["current", "name", "window"])
