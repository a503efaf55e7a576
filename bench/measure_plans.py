"""Applying plan 1 to the county, and to the smallest county there is: time for the one, statements for both."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.country import COUNTY, PLAN, inside, seated
from bench.sizes import Sizes
from bench.table import Line
from weimin.actions.act import act
from weimin.regions.models import Region
from weimin.regions.rules import Kind, Level


def measure(sizes: Sizes) -> Iterator[Line]:
    took, statements = apply(COUNTY, "measured")
    small = smallest_county()
    _took, few = apply(small, "measured")
    yield Line("plans", "apply plan 1: 39 townships, 270 administrative villages", took, "s", ceiling=3.0)
    yield Line("plans", "its statements against the smallest county's", statements, "statements", few, f"for {small}", most=1.1)


def apply(code: int, key: str) -> tuple[float, int]:
    """Seconds and statements of the action on a county that has no plan yet."""
    with inside(code):
        _post, office = seated("lead_office", code)
        text = PLAN.read_text(encoding="utf-8").replace(f"region: {COUNTY // 10**6}", f"region: {code // 10**6}")
        with CaptureQueriesContext(connection) as caught:
            began = time.perf_counter()
            act(office, "buildout.apply_plan", {"text": text}, key, now=timezone.now())
            took = time.perf_counter() - began
    return took, len(caught)


def smallest_county() -> int:
    """The county with the fewest administrative villages, three at least, other than the measured one."""
    villages = Region.objects.filter(kind=Kind.VILLAGE).annotate(county=F("code") / 10**6).values("county")
    counted = villages.annotate(number=Count("pk")).filter(number__gte=3).order_by("number", "county")
    counties = set(Region.objects.filter(level=Level.COUNTY).exclude(pk=COUNTY).values_list("pk", flat=True))
    return next(code for row in counted if (code := row["county"] * 10**6) in counties)
