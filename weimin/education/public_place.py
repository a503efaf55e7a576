"""Lectures and consultations that are coming to a place, on its public page (P4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from weimin.education.models import Activity, ActivityKind, ActivityState, PlaceKind
from weimin.regions.public_parts import PublicPlace, public_part
from weimin.walls.actor import Actor

NEXT = 5
OPEN_TO_ALL = (ActivityKind.LECTURE, ActivityKind.CONSULTATION, ActivityKind.CLASS, ActivityKind.FORUM)
ANYBODY = ("", PlaceKind.COMMUNITY, PlaceKind.SHOP)  # a school, an enterprise or an office is for its own people


@public_part("education/_public_place.html", order=40)
def coming(who: Actor, place: PublicPlace, now: datetime) -> dict[str, Any] | None:
    """One question, and only what everybody may come to. To a village also comes what its township holds for all of its villages."""
    rows = Activity.objects.visible_to(who).filter(state=ActivityState.PLANNED, starts_at__gte=now, kind__in=OPEN_TO_ALL, place_kind__in=ANYBODY)
    there = rows.filter(region__in=(place.code, place.township)) if place.is_village else rows.filter(region__gte=place.low, region__lte=place.high)
    found = list(there.order_by("starts_at", "pk")[:NEXT])
    return {"activities": found} if found else None
