"""An item is out of service for a while, or back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.catalogue.actions.drafts import find_item
from weimin.catalogue.actions.importing import everywhere
from weimin.catalogue.forms import Reason
from weimin.catalogue.models import Item
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def check_offered(item: Item, actor: Actor, now: datetime) -> None:
    if not item.offered or item.current_id is None:
        raise RuleBroken(_now("这个事项现在没有开办。"))


def check_stopped(item: Item, actor: Actor, now: datetime) -> None:
    if item.offered:
        raise RuleBroken(_now("这个事项没有停办。"))


def switch(item: Item, offered: bool, reason: str) -> Outcome:
    before = {"offered": item.offered}
    item.offered, item.stopped_reason = offered, "" if offered else reason
    item.save(update_fields=["offered", "stopped_reason"])
    said = _now("已恢复办理。") if offered else _now("已停办，群众和窗口不再看到；在办的件照常办完。")
    return Outcome(item, before=before, after={"offered": offered}, message=said, reason=reason, next_url=reverse("catalogue:item", args=[item.pk]))


@register("catalogue.stop_item", label=_("停办"), form=Reason, roles=("lead_office",), find=find_item, region=everywhere, check=check_offered)
def stop_item(by: Actor, item: Item, data: dict[str, Any], now: datetime) -> Outcome:
    """这个事项暂时不办了：不再出现在办事指南和窗口里。"""
    return switch(item, False, data["reason"])


@register("catalogue.resume_item", label=_("恢复办理"), form=Reason, roles=("lead_office",), find=find_item, region=everywhere, check=check_stopped)
def resume_item(by: Actor, item: Item, data: dict[str, Any], now: datetime) -> Outcome:
    """停办的事项重新开办，按现行版本办理。"""
    return switch(item, True, data["reason"])
