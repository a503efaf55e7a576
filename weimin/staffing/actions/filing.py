"""A township hands its list of chosen people to the county by the plan's day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.regions.rules import range_of
from weimin.staffing.actions.people import where
from weimin.staffing.filing import TownshipList, find_list
from weimin.staffing.forms import FileList
from weimin.staffing.models import Filing, Nomination
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible, RuleBroken


def find_township(actor: Actor, pk: Any) -> TownshipList:
    found = find_list(actor, str(pk))
    if found is None:
        raise NotVisible()
    return found


def check_something_to_file(found: TownshipList, actor: Actor, now: datetime) -> None:
    if not found.chosen:
        raise RuleBroken(_now("还没有确定人选，没有可以报送的名单。"))
    if not found.unfiled:
        raise RuleBroken(_now("已确定的 %(number)d 人都已报送备案。") % {"number": found.filed})


@register(
    "staffing.file_list", label=_("报送备案名单"), form=FileList, roles=("township",), find=find_township, region=where, check=check_something_to_file,
)  # fmt: skip
def file_list(by: Actor, found: TownshipList, data: dict[str, Any], now: datetime) -> Outcome:
    """把本乡镇已确定、还没有备案的人选名单报县里备案。"""
    low, high = range_of(found.region)
    rows = Nomination.objects.visible_to(by).select_for_update(of=("self",)).select_related("worker", "site")
    chosen = list(rows.filter(plan=found.plan, state="chosen", filing=None, region__gte=low, region__lte=high).order_by("region"))
    filing = Filing.objects.create(
        plan=found.plan, region=found.region, people=len(chosen), due_on=found.asks.file_by, note=data["note"], filed_by=by.name, filed_at=now
    )
    for row in chosen:
        row.filing = filing
    Nomination.objects.bulk_update(chosen, ["filing"])
    if data["list_file"]:
        attach(by, data["list_file"], subject_type="staffing.filing", subject_id=filing.pk, region=filing.region, kind="document", now=now)
    after = {"names": [f"{row.site.name} {row.worker.name}" for row in chosen]}
    message = _now("已报送 %(number)d 人备案。") % {"number": len(chosen)}
    return Outcome(filing, after=after, message=message, next_url=reverse("staffing:filing", args=[filing.pk]))
