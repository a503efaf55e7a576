"""Which institution answers for a village: the one that was decided, else the open one in it, else the one of its township. Names of institutions and doctors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from weimin.accounts.models import Person, Post
from weimin.health.joining import ANSWERING
from weimin.health.models import HealthRecord
from weimin.regions.rules import range_of, township_of
from weimin.sites.models import Site, SiteState, Tier
from weimin.walls.actor import system_actor
from weimin.walls.session import entered


def open_institutions(low: int, high: int) -> list[Site]:
    """Those of a range. Read as the software: the centre of a township lies outside the range of a village's doctor."""
    with entered(system_actor(low, high)):
        return list(Site.objects.filter(tier=Tier.INSTITUTION, state=SiteState.OPEN, region__gte=low, region__lte=high).order_by("region", "pk"))


def catchments(regions: Iterable[int]) -> dict[int, int]:
    """Village → the institution that answers for it; villages of townships without one are left out. One query and those of rooms above."""
    wanted = sorted(set(regions))
    if not wanted:
        return {}
    by_place: dict[int, int] = {}
    anywhere: dict[int, int] = {}
    for site in open_institutions(township_of(wanted[0]), range_of(township_of(wanted[-1]))[1]):
        by_place.setdefault(site.region, site.pk)
        anywhere.setdefault(township_of(site.region), site.pk)
    ruled = decided(wanted)
    found = {region: ruled.get(region) or by_place.get(region) or by_place.get(township_of(region)) or anywhere.get(township_of(region)) for region in wanted}
    return {region: site for region, site in found.items() if site is not None}


def decided(regions: Iterable[int]) -> dict[int, int]:
    """Village → the institution that somebody decided on. The queries of the rooms above."""
    wanted = sorted(set(regions))
    return {region: site for found in ANSWERING for region, site in found(wanted).items()}


def institution_for(region: int) -> int | None:
    return catchments([region]).get(region)


def institution_names(numbers: Iterable[int]) -> dict[int, str]:
    with entered(system_actor()):
        return dict(Site.objects.filter(pk__in=set(numbers)).values_list("pk", "name"))


def doctor_names(numbers: Iterable[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=set(numbers)).values_list("pk", "name"))


def doctors_for(region: int, on: date) -> list[tuple[int, str]]:
    """(person, name) of the doctors whose post covers a village on a day. One query."""
    with entered(system_actor()):
        posts = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), role="doctor", starts_on__lte=on, region__in=[region, township_of(region)])
        return sorted(set(posts.values_list("person_id", "person__name")))


def answering(record: HealthRecord) -> dict[str, str]:
    """Names of who answers for a record: institution and doctor."""
    site = institution_names([record.institution]).get(record.institution, "") if record.institution else ""
    return {"institution": site, "doctor": doctor_names([record.doctor]).get(record.doctor, "") if record.doctor else ""}
