"""What is measured of the institutions: the unified standard, stars, insurance, the information system, first visits, the quality of entries.

Sources: plan 3 二（三）, 三（二）, 三（六）; A-19, A-20, A-30. Figures of institutions stand at the institution's own place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.indicators.registry import Measured, indicator
from weimin.institutions import measuring
from weimin.institutions.models import InspectionRound, Institution, NamedStar
from weimin.institutions.rules_unified import met_of, unified_everywhere
from weimin.institutions.tables import standard_on

ALL, REGISTER = _("开放的卫生机构"), _("机构资料")
VISITS = _("当年的随访记录")


def standing(low: int, high: int, on: date) -> Q:
    """Institutions that were open on a day."""
    opened = Q(site__opened_on__lte=on) & (Q(site__closed_on__isnull=True) | Q(site__closed_on__gt=on))
    return opened & Q(region__gte=low, region__lte=high)


def counted(rows: Iterable[tuple[int, bool]]) -> Measured:
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for region, good in rows:
        found[region][0] += good
        found[region][1] += 1
    return {region: (good, whole) for region, (good, whole) in found.items()}


def latest_met(on: date) -> dict[int, set[str]]:
    """Institution → the items that its last inspection up to a day found met. One query."""
    rounds = InspectionRound.objects.filter(held_on__lte=on).order_by("institution", "-held_on", "-pk").distinct("institution")
    return {institution: met_of(items) for institution, items in rounds.values_list("institution", "items")}


@indicator(
    "institutions.unified",
    label=_("达到统一标准的机构"),
    unit="%",
    direction="up",
    source=_("统一标准检查"),
    numerator=_("最近一次检查全部项目统一的机构"),
    denominator=ALL,
)
def unified(low: int, high: int, on: date) -> Measured:
    wanted, met = {item.key for item in standard_on(on).items}, latest_met(on)
    rows = Institution.objects.filter(standing(low, high, on)).values_list("pk", "region")
    return counted((region, wanted <= met.get(pk, set())) for pk, region in rows)


@indicator(
    "institutions.unified_items", label=_("全区统一的项目"), unit="项", direction="up", source=_("统一标准检查"),  # text: data
    numerator=_("所有机构最近一次检查都达到的项目；没有检查过的机构算未达到"), denominator=_("统一标准的项目"),
)  # fmt: skip
def unified_items(low: int, high: int, on: date) -> Measured:
    """One figure for the whole range, at its first code: it cannot be added up from places."""
    items, met = standard_on(on).items, latest_met(on)
    rounds = [met.get(pk, set()) for pk in Institution.objects.filter(standing(low, high, on)).values_list("pk", flat=True)]
    return {low: (unified_everywhere([item.key for item in items], rounds), len(items))} if rounds else {}


@indicator(
    "institutions.stars", label=_("获授星级的机构"), unit="个", direction="up", source=_("授予的称号"), numerator=_("称号在有效期内的机构"), denominator=ALL,  # text: data
)  # fmt: skip
def stars(low: int, high: int, on: date) -> Measured:
    held = NamedStar.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), granted_on__lte=on)
    named = set(held.values_list("institution", flat=True))
    return counted((region, pk in named) for pk, region in Institution.objects.filter(standing(low, high, on)).values_list("pk", "region"))


@indicator("institutions.insured", label=_("医保定点的机构"), unit="%", direction="up", source=REGISTER, numerator=_("在定点有效期内的机构"), denominator=ALL)
def insured(low: int, high: int, on: date) -> Measured:
    return counted((row.region, row.is_insured(on)) for row in Institution.objects.filter(standing(low, high, on)))


@indicator("institutions.informed", label=_("接入省级协同系统的机构"), unit="%", direction="up", source=REGISTER, numerator=_("已接入的机构"), denominator=ALL)
def informed(low: int, high: int, on: date) -> Measured:
    return counted((row.region, row.is_informed(on)) for row in Institution.objects.filter(standing(low, high, on)))


def from_reports(low: int, high: int, on: date, code: str) -> Measured:
    return {region: pair for region, found in measuring.reported(low, high, on, "region").items() if (pair := found[code])[1]}


def define(code: str, label: object, numerator: object, denominator: object, measure: Callable[[int, int, date], Measured], direction: str = "up") -> None:
    source = _("机构月报") if isinstance(measure, partial) else VISITS
    indicator(code, label=label, unit="%", direction=direction, source=source, numerator=numerator, denominator=denominator)(measure)


define(
    "institutions.first_visit",
    _("基层首诊率"),
    _("辖区居民首诊在本机构的人次"),
    _("辖区居民首诊总人次（医保提供）"),
    partial(from_reports, code="institutions.first_visit"),
)
define("institutions.satisfaction", _("居民满意率"), _("调查中满意的人数"), _("调查人数"), partial(from_reports, code="institutions.satisfaction"))
define("institutions.visits_on_time", _("随访按时率"), _("期限内完成的随访"), _("期限在当年且已经到期的随访"), measuring.visits_on_time)
define("institutions.late_entry", _("随访补录率"), _("超过规定天数才录入的随访"), _("全部随访"), measuring.late_entry, "down")
define("institutions.repeated_values", _("数值雷同的患者"), _("连续三次测量值完全相同的患者"), _("当年随访三次以上的患者"), measuring.repeated_values, "down")
define("institutions.blank_fields", _("随访记录空项率"), _("没有填写的项目"), _("规范要求填写的项目"), measuring.blank_fields, "down")
