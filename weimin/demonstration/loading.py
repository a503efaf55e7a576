"""Fills the demonstration: makes the jurisdictions, tells their stories, computes the figures, writes the cards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from weimin.demonstration import decheng, tupo, youyang
from weimin.demonstration.stage import Stage
from weimin.indicators.models import Value
from weimin.indicators.storing import store_day
from weimin.jurisdictions.creation import create_jurisdiction
from weimin.jurisdictions.models import Jurisdiction
from weimin.regions.loading import load_regions
from weimin.regions.models import Region, RegionFlag
from weimin.trail.sealing import seal
from weimin.walls.session import entered
from weimin.walls.tenancy import tenancy

STORIES: dict[int, Callable[[Stage], None]] = {youyang.CODE: youyang.tell, tupo.CODE: tupo.tell, decheng.CODE: decheng.tell}
CONCLUSIONS: dict[int, Callable[[Stage], None]] = {decheng.CODE: decheng.conclude}  # told when the figures of the days are stored
POINTS = 8  # of the curves that goals show; figures of past days follow from the days on which sites opened
EVERY_DAYS = {youyang.CODE: 5, tupo.CODE: 25, decheng.CODE: 25}


def load(today: date) -> list[Jurisdiction]:
    """Regions when they are missing, then each jurisdiction with its story; returns what was made."""
    tenancy.set_schema_to_public()
    if not Region.objects.exists():
        load_regions()
    return [fill(code, story, today) for code, story in STORIES.items() if not Jurisdiction.objects.filter(code=code).exists()]


def fill(code: int, story: Callable[[Stage], None], today: date) -> Jurisdiction:
    jurisdiction = create_jurisdiction(code, demonstration=True)
    with tenant_context(jurisdiction):
        stage = Stage(jurisdiction, today)
        with transaction.atomic():  # all of it or nothing, and one commit instead of a thousand
            story(stage)
        now = timezone.now()
        for on in days_of_curves(stage, EVERY_DAYS[code]):
            store_day(on, now)
        if code in CONCLUSIONS:
            with transaction.atomic():
                CONCLUSIONS[code](stage)
        seal(now)
    Jurisdiction.objects.filter(pk=jurisdiction.pk).update(cards=stage.cards)
    return jurisdiction


def days_of_curves(stage: Stage, every: int) -> list[date]:
    """Some past days and today; also the days for which applying the plan has stored figures already, and the last of last month, of which public pages tell."""
    with entered(stage.whole):
        stored = set(Value.objects.values_list("on", flat=True))
    month_end = stage.today.replace(day=1) - timedelta(days=1)
    return sorted(stored | {month_end} | {stage.today - timedelta(days=days_ago) for days_ago in range(0, POINTS * every + 1, every)})


def unload() -> list[str]:
    """Removes the jurisdictions that are marked as demonstration, schema and all; real ones are never touched."""
    tenancy.set_schema_to_public()
    gone = []
    for jurisdiction in Jurisdiction.objects.filter(demonstration=True):
        gone.append(jurisdiction.name)
        RegionFlag.objects.filter(code__gte=jurisdiction.low, code__lte=jurisdiction.high, source=youyang.FLAG_SOURCE).delete()
        jurisdiction.delete(force_drop=True)
    return gone
