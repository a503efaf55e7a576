"""Cases whose day has come, each found by its own small index: (pk, region)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from weimin.cases.models import OPEN_STATES, Case

MOST = 5000  # an hour's work; the next hour takes the rest
OPEN = [str(state.value) for state in OPEN_STATES]


def forgotten(now: datetime) -> QuerySet[Any]:
    """Taken in, and nobody told the applicant anything within five working days (C-15)."""
    rows = Case.objects.filter(state="received", told_at__isnull=True, tell_by_at__lte=now)
    return rows.order_by("tell_by_at").values_list("pk", "region")[:MOST]


def lapsed(today: date) -> QuerySet[Any]:
    """A promised paper or a supplement that did not come (C-18); decided ones are left alone."""
    late = Q(state__in=OPEN, lenient_due_on__lt=today) | Q(state="supplement", supplement_by__lt=today)
    return Case.objects.filter(late, outcome="").order_by("pk").values_list("pk", "region")[:MOST]


def settled(today: date) -> QuerySet[Any]:
    """Delivered, and nobody objected until the last day."""
    return Case.objects.filter(state="delivered", settles_on__lt=today).order_by("settles_on").values_list("pk", "region")[:MOST]
