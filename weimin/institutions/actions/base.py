"""What the actions of this room share: who may, how a record is found and locked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now

from weimin.institutions.flow import institution_url
from weimin.institutions.models import Inspection, Institution, Rating
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

__all__ = ["BUREAU", "KEEPERS", "check_open", "find_inspection", "find_institution", "find_rating", "institution_url", "where"]
BUREAU = ("health_bureau",)
KEEPERS = ("health_bureau", "institution")


def find_institution(actor: Actor, pk: Any) -> Institution:
    return Institution.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site").get(pk=pk)


def find_inspection(actor: Actor, pk: Any) -> Inspection:
    return Inspection.objects.visible_to(actor).select_for_update(of=("self",)).select_related("institution__site").get(pk=pk)


def find_rating(actor: Actor, pk: Any) -> Rating:
    return Rating.objects.visible_to(actor).select_for_update(of=("self",)).select_related("institution__site").get(pk=pk)


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def check_open(institution: Institution, actor: Actor, now: datetime) -> None:
    if institution.site.state == "closed":
        raise RuleBroken(_now("这个机构已经关闭，不再办理。"))
