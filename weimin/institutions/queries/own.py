"""An institution's own figures: today's share against the district, and the way it took there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum

from weimin.indicators.models import Value
from weimin.indicators.registry import INDICATORS
from weimin.indicators.rules import figure
from weimin.institutions.models import Catchment, Institution
from weimin.institutions.queries.figures import by_institution, district_sums, known_codes, last_day
from weimin.institutions.rules_fair import Share, compare
from weimin.institutions.tables import fair
from weimin.institutions.wording import STANDING
from weimin.walls.actor import Actor

SPARK_DAYS = 90


@dataclass(frozen=True)
class Own:
    """One indicator of one institution. mean: the district's share; spark: the shares of the last days, the oldest first."""

    code: str
    label: Any
    share: Share
    mean: float | None
    spark: list[float | None]
    down: bool

    @property
    def is_known(self) -> bool:
        return self.share.percent is not None

    @property
    def words(self) -> Any:
        return STANDING[self.share.standing][0]

    @property
    def kind(self) -> str:
        return STANDING[self.share.standing][1]


def own_figures(actor: Actor, institution: Institution, on: date) -> list[Own]:
    """Nothing where nobody measured yet. Five queries."""
    codes = known_codes(fair(on).codes)
    day = last_day(actor, codes, on)
    if day is None:
        return []
    found, whole = by_institution(actor, codes, day), district_sums(codes, day)
    days = days_of(actor, institution, codes, day)
    return [own_of(code, found[code].get(institution.pk, (0, 0)), whole.get(code, (0, 0)), days[code], fair(on).small) for code in codes]


def own_of(code: str, pair: tuple[int, int], whole: tuple[int, int], spark: list[float | None], small: int) -> Own:
    known = INDICATORS[code]
    share = compare({code: pair}, whole, up=known.direction == "up", small=small)[0]
    return Own(code, known.label, share, figure(known.unit, *whole), spark, known.direction == "down")


def days_of(actor: Actor, institution: Institution, codes: Collection[str], day: date) -> dict[str, list[float | None]]:
    """Indicator → the institution's share on each stored day. One query."""
    villages = Catchment.objects.visible_to(actor).filter(institution=institution).values("region")
    rows = Value.objects.visible_to(actor).filter(code__in=list(codes), part="", on__gt=day - timedelta(days=SPARK_DAYS), on__lte=day, region__in=villages)
    found: dict[str, list[float | None]] = defaultdict(list)
    for row in rows.values("code", "on").annotate(n=Sum("numerator"), d=Sum("denominator")).order_by("on"):
        found[row["code"]].append(figure("%", row["n"], row["d"]))
    return found
