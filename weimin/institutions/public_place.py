"""The health institution that answers for a place, on its public page (P4): where it is, its stars, whether the insurance pays there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from weimin.institutions.models import Catchment, Institution, NamedStar, Rating
from weimin.institutions.queries.institutions import named_stars, published_stars
from weimin.regions.public_parts import PublicPlace, public_part
from weimin.walls.actor import Actor

SHOWN = 12


@dataclass(frozen=True)
class Clinic:
    """An institution as residents look for one. `answers`: it is the one that keeps the records of this village."""

    institution: Institution
    answers: bool
    star: NamedStar | None
    rated: Rating | None
    insured: bool


@public_part("institutions/_public_place.html", order=20)
def clinics(who: Actor, place: PublicPlace, now: datetime) -> dict[str, Any] | None:
    """Three questions. A village has those that stand in it and the one that answers for it; a township those that stand in it."""
    rows = Institution.objects.visible_to(who).filter(site__state="open").select_related("site")
    answering = Catchment.objects.visible_to(who).filter(region=place.code).values("institution")
    here = rows.filter(Q(region__gte=place.low, region__lte=place.high) | Q(pk__in=answering))
    found = list(here.order_by("kind", "region", "pk")[:SHOWN])
    return {"clinics": lines(who, place, found, timezone.localdate(now))} if found else None


def lines(who: Actor, place: PublicPlace, found: list[Institution], on: date) -> list[Clinic]:
    stars, rated = named_stars(who, found, on), published_stars(who, found)
    return [Clinic(row, place.is_village and not is_inside(row, place), stars.get(row.pk), rated.get(row.pk), row.is_insured(on)) for row in found]


def is_inside(row: Institution, place: PublicPlace) -> bool:
    return place.low <= row.region <= place.high
