"""Reads of coverage: shares from the stored indicators, gap lists from the registers (N10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.buildout.models import BUILT, Plan, Project
from weimin.buildout.plan.schema import Tier
from weimin.buildout.queries.plans import part_of
from weimin.buildout.rules_coverage import Group, Missing, grouped, least_area, missing, share_words, too_small
from weimin.indicators.queries import Reading, by_township, value
from weimin.regions.queries import Geography, geography, names
from weimin.regions.rules import township_of
from weimin.sites.models import Site
from weimin.walls.actor import Actor

VILLAGES, PARCELS = "buildout.village_coverage", "buildout.parcel_coverage"
MOST_SITES = 200


def own(actor: Actor, places: Mapping[int, str]) -> dict[int, str]:
    return {code: name for code, name in places.items() if actor.covers(code)}


@dataclass(frozen=True)
class Share:
    """An indicator over the actor's range: the whole and each township (code → numerator, denominator) as stored."""

    label: str
    total: Reading | None
    townships: dict[int, tuple[int, int]]

    @property
    def words(self) -> str:
        return share_words(self.total.numerator, self.total.denominator) if self.total else "—"


def share_of(actor: Actor, label: str, code: str, part: str, on: date) -> Share:
    """Three queries whatever the number of villages."""
    total = value(actor, code, actor.low, actor.high, on, part=part)
    rows = by_township(actor, code, on, part=part) if total else []
    return Share(label, total, {row.region: (row.numerator, row.denominator) for row in rows})


def shares(actor: Actor, plan: Plan, now: datetime) -> list[Share]:
    """Coverage by each tier of village sites, then by parcels."""
    on = timezone.localtime(now).date()
    tiers = [tier for tier in plan.content.tiers if tier.build and tier.level == "village"]
    found = [share_of(actor, _("%(tier)s覆盖率") % {"tier": tier.label}, VILLAGES, part_of(plan, tier.key), on) for tier in tiers]
    return [*found, share_of(actor, _("物流配送覆盖率"), PARCELS, plan.code, on)] if tiers else []


@dataclass(frozen=True)
class Gap:
    """What one tier still lacks in the actor's range."""

    tier: Tier
    rows: list[Missing]
    wanted: int

    @property
    def groups(self) -> list[Group]:
        return grouped(self.rows)

    @property
    def poverty(self) -> int:
        return sum(row.poverty for row in self.rows)


def gaps(actor: Actor, plan: Plan, places: Geography) -> list[Gap]:
    """Townships without a centre, villages without a station; one query for all tiers."""
    projects: dict[str, dict[int, str]] = {}
    rows = Project.objects.visible_to(actor).filter(plan=plan).exclude(state="closed")
    for key, region, state in rows.values_list("tier", "region", "state"):
        projects.setdefault(key, {})[region] = state
    townships = own(actor, places.townships) or {township_of(actor.low): names([township_of(actor.low)])[township_of(actor.low)]}
    found = []
    for tier in plan.content.tiers:
        if tier.build and tier.level in ("township", "village"):
            wanted = wanted_of(actor, tier, places)
            states = projects.get(tier.key, {})
            built = {region for region, state in states.items() if state in BUILT}
            found.append(Gap(tier, missing(wanted, built, places.poverty_villages, states, townships), len(wanted)))
    return found


def wanted_of(actor: Actor, tier: Tier, places: Geography) -> dict[int, str]:
    """Every township or administrative village of the range; only the named ones when the plan names them."""
    every = own(actor, places.townships if tier.level == "township" else places.villages)
    return {code: name for code, name in every.items() if tier.where.rule != "named" or code in tier.where.regions}


def communities_without(actor: Actor, places: Geography) -> list[Missing]:
    """Communities (社区) in which no open site of the register stands."""
    here = own(actor, places.communities)
    served = set(Site.objects.visible_to(actor).filter(state="open", region__in=list(here)).values_list("region", flat=True)) if here else set()
    return missing(here, served, places.poverty_villages, {}, places.townships)


@dataclass(frozen=True)
class Small:
    """A site under the floor area: its own standard's, or the one asked for."""

    project: Project
    place: str
    area: Decimal
    least: int


def small_sites(actor: Actor, plan: Plan, asked: int | None) -> tuple[list[Small], int]:
    """Sites under the standard's floor area (or `asked` m²), smallest first, and how many have no area in the register."""
    content = plan.content
    limits = {tier.key: least for tier in content.tiers if tier.build and (least := asked or least_area(content, tier))}
    if not limits:
        return [], 0
    rows = Project.objects.visible_to(actor).filter(plan=plan, tier__in=list(limits), state__in=BUILT).select_related("site")
    unknown = rows.filter(site__area__isnull=True).count()
    smallest = rows.filter(site__area__lt=max(limits.values())).order_by("site__area", "pk")[:MOST_SITES]
    known = names({row.region for row in smallest}) if smallest else {}
    found = [
        Small(row, known[row.region], row.site.area, limits[row.tier])
        for row in smallest if row.site is not None and row.site.area is not None and too_small(row.site.area, limits[row.tier])
    ]  # fmt: skip
    return found, unknown


@dataclass(frozen=True)
class Township:
    """One line of the table: a township with its figures, in the order of `shares`."""

    code: int
    name: str
    figures: list[tuple[int, int]]


def township_lines(found: list[Share], townships: Mapping[int, str]) -> list[Township]:
    return [Township(code, name, [share.townships.get(code, (0, 0)) for share in found]) for code, name in sorted(townships.items())]


def coverage_rows(lines: Iterable[Township]) -> list[dict[str, Any]]:
    """Plain rows for Excel: numerator, denominator and share of each figure."""
    rows = []
    for line in lines:
        row: dict[str, Any] = {"township": line.name}
        for number, (numerator, denominator) in enumerate(line.figures):
            row |= {f"n{number}": numerator, f"d{number}": denominator, f"s{number}": share_words(numerator, denominator)}
        rows.append(row)
    return rows


def gap_rows(found: list[Gap], communities: list[Missing], small: list[Small], states: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every gap as a plain row for Excel."""
    rows = [
        {"kind": _("没有%(tier)s") % {"tier": gap.tier.label}, "township": row.township, "place": row.name, "poverty": row.poverty, "state": str(states.get(row.state, ""))}
        for gap in found for row in gap.rows
    ]  # fmt: skip
    rows += [{"kind": _("社区没有服务场所"), "township": row.township, "place": row.name, "poverty": row.poverty, "state": ""} for row in communities]
    return rows + [
        {"kind": _("面积不足 %(least)d ㎡") % {"least": row.least}, "township": "", "place": row.project.name, "poverty": False, "state": f"{row.area} ㎡"}
        for row in small
    ]  # fmt: skip


def geography_of(plan: Plan) -> Geography:
    return geography(plan.region, plan.issued_on)
