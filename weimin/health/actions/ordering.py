"""The day by which a hospital wants a patient seen is changed by the doctor alone, with a reason (decision 13)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.health.actions.base import KEEPERS, check_active, named, record_url, where
from weimin.health.actions.visits import find_with_care
from weimin.health.calling import open_due, plan
from weimin.health.forms_care import ChangeOrdered
from weimin.health.judging import order, wanted_by_hospital
from weimin.health.models import Care, HealthRecord, NextFrom
from weimin.health.rules_chain import Order
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def check_ordered(record: HealthRecord, actor: Actor, now: datetime) -> None:
    check_active(record, actor, now)
    if not wanted_by_hospital(record.open_cares):  # type: ignore[attr-defined]
        raise RuleBroken(_now("现在没有医院要求的随访日期。"))


@register("health.change_ordered", label=_("改医院要求的日期"), form=ChangeOrdered, roles=KEEPERS, find=find_with_care, region=where, check=check_ordered)
def change_ordered(by: Actor, record: HealthRecord, data: dict[str, Any], now: datetime) -> Outcome:
    """医院要求的随访日期，和医院商定后写明理由改；规范排的日期更早的，仍按规范。"""
    cares: list[Care] = record.open_cares  # type: ignore[attr-defined]
    asked = wanted_by_hospital(cares)
    before = {"ordered_on": str(min(care.ordered_on for care in asked if care.ordered_on))}
    for care in asked:
        assert care.ordered_since is not None
        order([care], Order(data["on"], care.ordered_since, NextFrom.DOCTOR), instead=True)
    due = plan(record, cares, open_due(record), timezone.localdate(now))
    after = {"name": named(record.resident), "ordered_on": str(data["on"])}
    message = _now("已改。下次随访最晚 %(day)s。") % {"day": due.due_on if due else data["on"]}
    return Outcome(record, before=before, after=after, reason=data["reason"], message=message, next_url=record_url(record.pk))
