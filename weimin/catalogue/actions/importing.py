"""A whole catalogue at once, from files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.catalogue.forms import ImportItems
from weimin.catalogue.saying import short
from weimin.catalogue.writing import plan_import, publish, put_drafts
from weimin.walls.actor import Actor
from weimin.walls.tenancy import here

MOST_NAMED = 50


def everywhere(target: Any, data: dict[str, Any]) -> int:
    """The catalogue belongs to the whole jurisdiction."""
    return here().code


@register("catalogue.import_items", label=_("导入事项目录"), form=ImportItems, roles=("lead_office",), region=everywhere, keeps_draft=False)
def import_items(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """用文件一次导入多个事项：没有变化的跳过，有变化的存为新版草稿，或者立即发布。"""
    plans = [row for row in plan_import(data["contents"]) if row.kind != "same"]
    drafts = put_drafts([row.content for row in plans], by, data["note"], now)
    if data["publish"]:
        publish(drafts, by, now)
    new = sum(row.kind == "new" for row in plans)
    said = {"new": new, "changed": len(plans) - new, "same": len(data["contents"]) - len(plans)}
    after = said | {"published": data["publish"], "items": [f"{row.content.code} {short(row.changes)}".strip() for row in plans[:MOST_NAMED]]}
    message = _now("新增 %(new)d 项，修改 %(changed)d 项，%(same)d 项没有变化。") % said
    return Outcome(None, after=after, message=message, next_url=reverse("catalogue:items"), reason=data["note"])
