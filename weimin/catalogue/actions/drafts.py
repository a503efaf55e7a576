"""One item: a draft is written, published or dropped. What was published never changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import NoInput
from weimin.actions.registry import Outcome, register
from weimin.catalogue.actions.importing import everywhere
from weimin.catalogue.forms import Note
from weimin.catalogue.forms_item import ItemForm
from weimin.catalogue.models import Item, ItemVersion, VersionState
from weimin.catalogue.rules import faults
from weimin.catalogue.saying import compare, keep_order, short
from weimin.catalogue.writing import publish, put_drafts
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def find_item(actor: Actor, pk: Any) -> Item:
    return Item.objects.select_for_update(of=("self",)).select_related("current").get(pk=pk)


def find_draft(actor: Actor, pk: Any) -> ItemVersion:
    """Locked after its item, which is locked first by everybody who writes a draft."""
    Item.objects.select_for_update(of=("self",)).get(versions__pk=pk)
    return ItemVersion.objects.select_for_update(of=("self",)).select_related("item").get(pk=pk)


def version_url(version: ItemVersion) -> str:
    return reverse("catalogue:version", args=[version.pk])


@register("catalogue.add_item", label=_("新增事项"), form=ItemForm, roles=("lead_office",), region=everywhere, template="catalogue/edit.html")
def add_item(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一个新事项，存为草稿；核对后再发布。"""
    if Item.objects.filter(code=data["code"]).exists():
        raise RuleBroken(_now("编码 %(code)s 已经有事项，请换一个，或者去编辑原来的事项。") % {"code": data["code"]})
    (draft,) = put_drafts([data["content"]], by, data["note"], now)
    return Outcome(draft.item, after={"code": data["code"], "name": data["name"]}, message=_now("已存为草稿。"), next_url=version_url(draft), pressing=True)


@register("catalogue.edit_item", label=_("编辑事项"), form=ItemForm, roles=("lead_office",), find=find_item, region=everywhere, template="catalogue/edit.html")
def edit_item(by: Actor, item: Item, data: dict[str, Any], now: datetime) -> Outcome:
    """修改事项的各项要素，存为草稿；现行版本在发布新版前不变。"""
    before = item.versions.filter(state__in=("draft", "published")).order_by("-number").first()
    content = data["content"] if before is None else keep_order(before.content, data["content"])
    changes = compare(before.content, content) if before is not None else []
    if before is not None and not changes and before.content == content:
        raise RuleBroken(_now("没有任何改动，不用存新的草稿。"))
    (draft,) = put_drafts([content], by, data["note"], now)
    after = {"number": draft.number, "changes": short(changes)}
    return Outcome(item, after=after, message=_now("已存为草稿，核对后发布才生效。"), next_url=version_url(draft), reason=data["note"], pressing=True)


def check_draft(version: ItemVersion, actor: Actor, now: datetime) -> None:
    if version.state != VersionState.DRAFT:
        raise RuleBroken(_now("只有草稿可以这样办，这一版现在是“%(state)s”。") % {"state": version.get_state_display()})


@register("catalogue.publish", label=_("发布"), form=Note, roles=("lead_office",), find=find_draft, region=everywhere, check=check_draft,
          confirm=_("发布后立即生效，并且不能再改；以后只能再出新版。确定发布吗？"))  # fmt: skip
def publish_draft(by: Actor, version: ItemVersion, data: dict[str, Any], now: datetime) -> Outcome:
    """把草稿发布为现行版本，立即生效；旧版留存，在办的件按原来的版本办完。"""
    wrong = faults(version.content)
    if wrong:
        raise RuleBroken(wrong[0][1])
    before = version.item.versions.filter(state="published").values_list("number", flat=True).first()
    publish([version], by, now)
    said = {"number": version.number} | ({"note": data["note"]} if data["note"] else {})
    return Outcome(
        version.item, before={"number": before} if before else {}, after=said, message=_now("已发布，现在起按新版办理。"), next_url=version_url(version)
    )


@register("catalogue.drop_draft", label=_("作废草稿"), form=NoInput, roles=("lead_office",), find=find_draft, region=everywhere, check=check_draft,
          confirm=_("作废后这份草稿不能再用，确定吗？"))  # fmt: skip
def drop_draft(by: Actor, version: ItemVersion, data: dict[str, Any], now: datetime) -> Outcome:
    """这份草稿不用了；现行版本不受影响。"""
    version.state = VersionState.DROPPED
    version.save(update_fields=["state"])
    return Outcome(version.item, after={"state": "dropped"}, message=_now("草稿已作废。"), next_url=reverse("catalogue:item", args=[version.item_id]))
