"""A caring visit is written down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.residents.actions.base import check_living, find_resident, named, resident_url, where
from weimin.residents.forms.groups import RecordVisit
from weimin.residents.models import Resident, Visit
from weimin.residents.visiting import visited
from weimin.walls.actor import Actor

VISITORS = ("village", "township")


@register(
    "residents.record_visit", label=_("登记走访"), form=RecordVisit, roles=VISITORS, find=find_resident, region=where, check=check_living,
)  # fmt: skip
def record_visit(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一次走访关爱：看到什么、有什么困难、下次何时再去。"""
    row = Visit.objects.create(region=resident.region, resident=resident, visited_by=by.name, recorded_at=now, **data)
    visited(resident, data["on"], data["next_on"], by, now)
    after = {"name": named(resident), "on": str(row.on)}
    return Outcome(row, after=after, message=_now("走访已登记。"), next_url=resident_url(resident.pk))
