"""Stored values, summed up a range of region codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Sum

from weimin.indicators.models import Value
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class Stored:
    """Sum of one day over a range."""

    on: date
    numerator: int
    denominator: int
    computed_at: datetime


def history(actor: Actor, code: str, low: int, high: int, *, part: str = "", since: date | None = None) -> list[Stored]:
    """One sum a day, oldest first."""
    rows = Value.objects.visible_to(actor).filter(code=code, part=part, region__gte=low, region__lte=high)
    if since is not None:
        rows = rows.filter(on__gte=since)
    days = rows.values("on").annotate(n=Sum("numerator"), d=Sum("denominator"), at=Max("computed_at")).order_by("on")
    return [Stored(row["on"], row["n"], row["d"], row["at"]) for row in days]


def value(actor: Actor, code: str, low: int, high: int, on: date, *, part: str = "") -> Stored | None:
    """The latest day up to `on`, or None when nothing was stored yet."""
    rows = Value.objects.visible_to(actor).filter(code=code, part=part, on__lte=on, region__gte=low, region__lte=high)
    latest = rows.order_by("-on").values_list("on", flat=True).first()
    if latest is None:
        return None
    summed = rows.filter(on=latest).aggregate(n=Sum("numerator"), d=Sum("denominator"), at=Max("computed_at"))
    return Stored(latest, summed["n"], summed["d"], summed["at"])
