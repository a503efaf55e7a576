"""Figures that cannot be added up over regions: how long the desks hold what they have."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField

from weimin.cases.flow import CASE
from weimin.flows.models import Step
from weimin.walls.actor import Actor


class Median(Aggregate):
    """The middle of a duration (PERCENTILE_DISC, so that it is a real case's)."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field: Any = DurationField()


def median_held(actor: Actor, since: datetime, until: datetime) -> dict[str, tuple[timedelta, int]]:
    """Role → median working time that its desks held a step which began in the period and is closed, and how many; one grouped query."""
    rows = Step.objects.visible_to(actor).filter(flow=CASE, opened_at__gte=since, opened_at__lt=until, held_for__isnull=False)
    return {role: (median, number) for role, median, number in rows.values_list("role").annotate(m=Median("held_for"), n=Count("pk")).order_by("role")}
