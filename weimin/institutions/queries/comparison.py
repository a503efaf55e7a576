"""Every institution beside the others and the whole district, fairly: denominators, intervals, who is too small to say anything of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Sum
from django.urls import reverse

from weimin.indicators.models import Value
from weimin.indicators.registry import INDICATORS
from weimin.institutions.models import Catchment, Institution, PostKind
from weimin.institutions.queries.figures import RESIDENTS, Pair, by_institution, district_sums, known_codes, last_day
from weimin.institutions.queries.institutions import PostLine, posts_of
from weimin.institutions.rules_fair import Reason, Share, compare, per_ten_thousand, reasons
from weimin.institutions.tables import Fair, fair
from weimin.institutions.wording import STANDING, place_words, reason_words
from weimin.walls.actor import Actor
from weimin.walls.tenancy import here

NOTHING: Pair = (0, 0)


@dataclass(frozen=True)
class Row:
    """One institution: whom it serves with how many doctors, its share in every indicator, why it is behind."""

    institution: Institution
    residents: int
    doctors: int
    per_doctor: int | None
    per_10k: float | None
    shares: dict[str, Share]
    reasons: list[Reason]

    @property
    def url(self) -> str:
        return reverse("institutions:institution", args=[self.institution.pk])

    @property
    def burden(self) -> float:
        return sum(reason.burden for reason in self.reasons)


@dataclass(frozen=True)
class Comparison:
    """codes: what is compared, in order; shown: the performance, quality: how far to trust it; whole: the district's figures.

    ranked: who asks sees every institution, so places mean something. unassigned: residents of villages that no institution serves.
    """

    day: date | None
    shown: list[str]
    quality: list[str]
    whole: dict[str, Pair]
    rows: list[Row]
    ranked: bool
    unassigned: int

    @property
    def codes(self) -> list[str]:
        return [*self.shown, *self.quality]

    @property
    def behind_first(self) -> list[Row]:
        """Those who serve somebody, the furthest behind first."""
        return sorted((row for row in self.rows if row.residents), key=lambda row: (-row.burden, row.institution.region, row.institution.pk))

    @property
    def idle(self) -> list[Row]:
        """Those of whom nobody said whom they serve."""
        return [row for row in self.rows if not row.residents]

    def sorted_by(self, code: str) -> list[Row]:
        """Best first; who cannot be judged at the end."""
        up = INDICATORS[code].direction == "up"

        def place(row: Row) -> tuple[bool, float, str]:
            one = row.shares[code]
            return one.is_small, (-1 if up else 1) * (one.percent or 0.0), str(row.institution)

        return sorted((row for row in self.rows if row.residents), key=place)


def comparison(actor: Actor, on: date) -> Comparison:
    """Nine queries whatever the number of institutions."""
    table = fair(on)
    shown, quality = (known_codes(code for code, _weight in part) for part in (table.shown, table.quality))
    codes = [*shown, *quality]
    day = last_day(actor, codes, on)
    sees_all = actor.covers(here().low) and actor.covers(here().high)
    if day is None:
        return Comparison(None, shown, quality, {}, [], sees_all, 0)
    found = list(Institution.objects.visible_to(actor).select_related("site").exclude(site__state="closed").order_by("region", "pk"))
    sums, whole, posts = by_institution(actor, {*codes, RESIDENTS}, day), district_sums(codes, day), posts_of(actor, found, on)
    shares = {code: shares_of(code, found, sums[code], whole.get(code, NOTHING), table.small) for code in codes}
    rows = [row_of(one, sums[RESIDENTS].get(one.pk, NOTHING)[1], posts[one.pk], {code: shares[code][one.pk] for code in codes}, whole, table) for one in found]
    return Comparison(day, shown, quality, whole, rows, sees_all, unassigned(actor, day) if sees_all else 0)


def shares_of(code: str, rows: list[Institution], sums: Mapping[int, Pair], whole: Pair, small: int) -> dict[int, Share]:
    pairs = {row.pk: sums.get(row.pk, NOTHING) for row in rows}
    return {one.key: one for one in compare(pairs, whole, up=INDICATORS[code].direction == "up", small=small)}


def row_of(institution: Institution, residents: int, posts: list[PostLine], shares: dict[str, Share], whole: Mapping[str, Pair], table: Fair) -> Row:
    doctors = sum(post.filled for post in posts if post.kind == PostKind.DOCTOR)
    why = reasons(shares, whole, (*table.shown, *table.quality))
    per_doctor = residents // doctors if doctors else None
    return Row(institution, residents, doctors, per_doctor, per_ten_thousand(doctors, residents), shares, why)


def unassigned(actor: Actor, day: date) -> int:
    """Residents of villages that no institution answers for. One query."""
    served = Catchment.objects.visible_to(actor).filter(region=OuterRef("region"))
    rows = Value.objects.visible_to(actor).filter(~Exists(served), code=RESIDENTS, part="", on=day)
    return rows.aggregate(people=Sum("denominator"))["people"] or 0


def said(row: Row) -> list[str]:
    """Why an institution is behind, in words; the heaviest reason first."""
    return [reason_words(reason, INDICATORS[reason.code].label, INDICATORS[reason.code].direction == "down") for reason in row.reasons]


def cell(one: Share, ranked: bool) -> dict[str, Any]:
    words, kind = STANDING[one.standing]
    return {
        "n": one.numerator, "d": one.denominator, "percent": one.percent, "low": one.low, "high": one.high, "words": str(words), "kind": kind,
        "place": place_words(one) if ranked else "", "small": one.is_small,
    }  # fmt: skip


def kept(found: Comparison) -> dict[str, Any]:
    """The comparison as plain JSON, as an issued bulletin keeps it."""
    return {
        "day": found.day.isoformat() if found.day else "", "unassigned": found.unassigned,
        "codes": [{"code": code, "label": str(INDICATORS[code].label), "n": n, "d": d} for code in found.codes for n, d in [found.whole.get(code, NOTHING)]],
        "rows": [
            {
                "name": str(row.institution), "residents": row.residents, "doctors": row.doctors, "why": said(row),
                "cells": {code: cell(row.shares[code], found.ranked) for code in found.codes},
            }
            for row in found.rows
        ],
    }  # fmt: skip
