"""What is measured of health education (A-62; plan 3 二（二）, 二（四）): each figure of the calendar year up to the day, but for kits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.education.models import Activity, ActivityKind, ActivityState, Phase, QuizCount, YearPlan
from weimin.education.parameters import minimums
from weimin.education.rules import level_for, owed_on, spans, years_in_a_row
from weimin.indicators.registry import Measured, indicator
from weimin.sites.models import Site, SiteState, Tier
from weimin.walls.tenancy import here

RECORDS = _("健康教育活动记录")
KITS = """SELECT h.region, count(k.id), count(*) FROM residents_household h LEFT JOIN education_kithandout k
  ON k.household_id = h.id AND k.withdrawn_at IS NULL AND k.oil_pot AND k.salt_spoon AND coalesce(k.completed_on, k."on") <= %(on)s
  WHERE h.region BETWEEN %(low)s AND %(high)s AND NOT h.collective AND (h.settled_on IS NULL OR h.settled_on <= %(on)s)
  AND (h.ended_on IS NULL OR h.ended_on > %(on)s) GROUP BY h.region"""


def first_moment(on: date) -> datetime:
    return datetime.combine(on, time(), timezone.get_current_timezone())


def held(low: int, high: int, first: date, on: date) -> Any:
    """Activities that were held from a day to another."""
    span = {"starts_at__gte": first_moment(first), "starts_at__lt": first_moment(on + timedelta(days=1))}
    return Activity.objects.filter(state=ActivityState.HELD, region__gte=low, region__lte=high, **span).order_by()


@indicator(
    "education.kits", label=_("控油壶和限盐勺到户率"), unit="%", direction="up", source=_("入户发放登记、居民户册"),
    numerator=_("两样都领到的户"), denominator=_("在册户（不含集体户）"),
)  # fmt: skip
def kits(low: int, high: int, on: date) -> Measured:
    with connection.cursor() as cursor:
        cursor.execute(KITS, {"low": low, "high": high, "on": on})
        return {region: (served, whole) for region, served, whole in cursor.fetchall()}


@indicator(
    "education.five_places", label=_("健康知识“五进”"), unit="类", direction="up", source=RECORDS, numerator=_("当年已经进的场所类别"), denominator=_("五类"),  # text: data
)  # fmt: skip
def five_places(low: int, high: int, on: date) -> Measured:
    """Kinds of places reached, for the jurisdiction as a whole: kinds cannot be summed over its townships."""
    found = held(low, high, date(on.year, 1, 1), on).exclude(place_kind="").values_list("place_kind").distinct()
    return {here().code: (len(found), 5)}


@indicator(
    "education.forum_years", label=_("“社区健康讲坛”连续开展年数"), unit="年", direction="up", source=RECORDS, numerator=_("到当年为止连续开展的年数"),  # text: data
)  # fmt: skip
def forum_years(low: int, high: int, on: date) -> Measured:
    rows = held(low, high, date(1990, 1, 1), on).filter(kind=ActivityKind.FORUM)
    years = rows.annotate(year=ExtractYear("starts_at", tzinfo=timezone.get_current_timezone())).values_list("year", flat=True).distinct()
    return {here().code: (years_in_a_row(years, on.year), 1)}


def open_sites(low: int, high: int, on: date) -> list[Site]:
    return list(Site.objects.filter(tier=Tier.INSTITUTION, state=SiteState.OPEN, opened_on__lte=on, region__gte=low, region__lte=high).order_by())


def counts(low: int, high: int, on: date, sites: Iterable[int]) -> dict[int, dict[str, int]]:
    """Institution → kind → activities held in the year up to the day. They may be held in any community of the range."""
    rows = held(low, high, date(on.year, 1, 1), on).filter(institution__in=list(sites)).values_list("institution", "kind").annotate(number=Count("pk"))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for institution, kind, number in rows:
        found[institution][kind] = number
    return found


def of_owed(low: int, high: int, on: date, what: str) -> Measured:
    """Held of owed by the day, for the places of the institutions; more than owed of one does not make up for another. Three queries."""
    sites = open_sites(low, high, on)
    planned = dict(YearPlan.objects.filter(year=on.year, region__gte=low, region__lte=high).values_list("institution", "level"))
    done = counts(low, high, on, [site.pk for site in sites])
    found: dict[int, tuple[int, int]] = {}
    for site in sites:
        rule = minimums(planned.get(site.pk) or level_for(site.region), date(on.year, 1, 1))
        owed = owed_on(spans(getattr(rule, what), on.year, site.opened_on), on)
        number = sum(done[site.pk].get(kind, 0) for kind in getattr(rule, f"counts_{what}"))
        before = found.get(site.region, (0, 0))
        found[site.region] = (before[0] + min(number, owed), before[1] + owed)
    return {region: pair for region, pair in found.items() if pair[1]}


OWED = _("按规定到当日应开展的次数")
for key, words, numerator in (
    ("lectures", _("健康知识讲座完成率"), _("已开展的讲座，每个机构最多计到应开展数")),
    ("consultations", _("公众健康咨询完成率"), _("已开展的咨询，每个机构最多计到应开展数")),
):
    indicator(f"education.{key}", label=words, unit="%", direction="up", source=RECORDS, numerator=numerator, denominator=OWED)(partial(of_owed, what=key))


@indicator(
    "education.awareness", label=_("健康知识知晓率"), unit="%", direction="up", source=_("知识竞猜统计"), numerator=_("活动后答对的题次"),
    denominator=_("活动后作答的题次"),
)  # fmt: skip
def awareness(low: int, high: int, on: date) -> Measured:
    rows = QuizCount.objects.filter(phase=Phase.AFTER, region__gte=low, region__lte=high, on__gte=date(on.year, 1, 1), on__lte=on).order_by()
    sums = rows.values_list("region").annotate(right=Sum("correct"), whole=Sum("answered"))
    return {region: (right, whole) for region, right, whole in sums if whole}
