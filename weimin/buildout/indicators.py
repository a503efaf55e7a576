"""What is measured of the build-out, per village or township, for each plan and tier (part = "plan code:tier" or "plan code:tier:batch").

Sources: plan 1 二（一）（二）, plan 5 推进步骤; definitions G-05 and N10 of the requirements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from weimin.buildout.models import BUILT, Plan, Project
from weimin.indicators.registry import Measured, indicator
from weimin.regions.queries import geography


def part_words(parts: Iterable[str]) -> dict[str, str]:
    """ "plan code:tier:batch" as people read it: the plan's title, the tier's and the batch's name. One query."""
    split = {part: (*part.split(":"), "", "")[:3] for part in parts}
    plans = {plan.code: plan for plan in Plan.objects.filter(code__in={code for code, _tier, _batch in split.values()})}
    return {part: words_of(plans[code], tier, batch) if code in plans else part for part, (code, tier, batch) in split.items()}


def words_of(plan: Plan, tier: str, batch: str) -> str:
    words = [row.label for row in plan.content.tiers if row.key == tier] + [row.label for row in plan.content.batches if row.key == batch]
    return " · ".join([plan.title, *words])


def standing(low: int, high: int, on: date) -> QuerySet[Project]:
    return Project.objects.filter(region__gte=low, region__lte=high, opened_on__lte=on, state__in=BUILT)


def open_sites(low: int, high: int, on: date, levels: Collection[str] = ()) -> Measured:
    """Numerator and denominator of "open of all wanted": per project's region 1 or 0 of 1; for the tier and for the batch the project is in.

    levels: only tiers of these levels; none: all."""
    found: Measured = {}
    plans = Plan.objects.filter(region__gte=low, region__lte=high) if levels else ()
    wanted = {(plan.code, tier.key) for plan in plans for tier in plan.content.tiers if tier.level in levels}
    rows = Project.objects.filter(region__gte=low, region__lte=high).exclude(state="closed")
    for code, tier, batch, region, state, opened in rows.values_list("plan__code", "tier", "batch", "region", "state", "opened_on"):
        if not levels or (code, tier) in wanted:
            built = int(state in BUILT and opened is not None and opened <= on)
            found[f"{code}:{tier}", region] = (built, 1)
            if batch:
                found[f"{code}:{tier}:{batch}", region] = (built, 1)
    return found


for name, words, levels in (
    ("buildout.sites_open", _("已建成站点"), ()),
    ("buildout.centres_open", _("已建成乡镇中心"), ("township",)),
    ("buildout.stations_open", _("已建成村级站点"), ("village",)),
):
    indicator(
        name, label=words, unit="个", direction="up", source=_("建设任务状态"), numerator=_("已开业的站点"), denominator=_("应建站点"), part_names=part_words,  # text: data
    )(partial(open_sites, levels=levels))  # fmt: skip


def covered(low: int, high: int, on: date, only: str = "") -> Measured:
    """Villages with an open site of the plan, of all administrative villages (or of the poverty villages)."""
    found: Measured = {}
    built = {(row[0], row[1], row[2]) for row in standing(low, high, on).values_list("plan__code", "tier", "region")}
    for plan in Plan.objects.filter(region__gte=low, region__lte=high):
        places = geography(plan.region, on)
        wanted = places.poverty_villages if only == "poverty" else places.villages
        for tier in plan.content.tiers:
            if tier.build and tier.level == "village":
                for village in wanted:
                    found[f"{plan.code}:{tier.key}", village] = (int((plan.code, tier.key, village) in built), 1)
    return found


@indicator(
    "buildout.village_coverage", label=_("行政村覆盖率"), unit="%", direction="up", source=_("建设任务状态、官方区划"),
    numerator=_("有已开业站点的行政村"), denominator=_("全部行政村"), part_names=part_words,
)  # fmt: skip
def village_coverage(low: int, high: int, on: date) -> Measured:
    return covered(low, high, on)


@indicator(
    "buildout.poverty_coverage", label=_("贫困村覆盖率"), unit="%", direction="up", source=_("建设任务状态、区划标记"),
    numerator=_("有已开业站点的贫困村"), denominator=_("全部贫困村"), part_names=part_words,
)  # fmt: skip
def poverty_coverage(low: int, high: int, on: date) -> Measured:
    return covered(low, high, on, "poverty")


@indicator(
    "buildout.parcel_coverage", label=_("行政村物流配送覆盖率"), unit="%", direction="up", source=_("站点登记、官方区划"),
    numerator=_("已通物流配送的行政村"), denominator=_("全部行政村"), part_names=part_words,
)  # fmt: skip
def parcel_coverage(low: int, high: int, on: date) -> Measured:
    """Villages whose open site gets parcels; one figure a plan, whatever the tier."""
    found: Measured = {}
    served = set(standing(low, high, on).filter(site__parcel_delivery=True).values_list("plan__code", "region"))
    for plan in Plan.objects.filter(region__gte=low, region__lte=high):
        for village in geography(plan.region, on).villages:
            found[plan.code, village] = (int((plan.code, village) in served), 1)
    return found
