"""What is measured of cases, per region where they belong. The month of a day is what counts, so that a figure does not carry years along."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from weimin.accounts.roles import Role
from weimin.calendars.clock import ZONE
from weimin.cases.flow import CASE
from weimin.cases.models import Case
from weimin.flows.models import Step
from weimin.indicators.registry import Measured, indicator


def month_to(on: date) -> tuple[datetime, datetime]:
    """From the first of the month to the end of a day, Shanghai time."""
    return datetime.combine(on.replace(day=1), time(), ZONE), datetime.combine(on + timedelta(days=1), time(), ZONE)


def in_range(low: int, high: int) -> QuerySet[Any]:
    return Case.objects.filter(region__gte=low, region__lte=high)


@indicator("cases.received", label=_("本月收件"), unit="件", direction="up", source=_("办件"), numerator=_("本月收下的办件"), denominator="")  # text: data
def received(low: int, high: int, on: date) -> Measured:
    start, end = month_to(on)
    rows = in_range(low, high).filter(received_at__gte=start, received_at__lt=end)
    return {region: (number, 1) for region, number in rows.values_list("region").annotate(n=Count("pk")).order_by()}


@indicator(
    "cases.on_time", label=_("本月按时办结率"), unit="%", direction="up", source=_("办件"), numerator=_("承诺时限内决定的"), denominator=_("本月决定的"),
)  # fmt: skip
def on_time(low: int, high: int, on: date) -> Measured:
    start, end = month_to(on)
    rows = in_range(low, high).filter(decided_at__gte=start, decided_at__lt=end, on_time__isnull=False)
    counted = rows.values_list("region").annotate(good=Count("pk", filter=Q(on_time=True)), whole=Count("pk")).order_by()
    return {region: (good, whole) for region, good, whole in counted}


@indicator(
    "cases.once", label=_("本月一次收齐率"), unit="%", direction="up", source=_("办件"), numerator=_("没有要求补正的"), denominator=_("本月收件"),
)  # fmt: skip
def once(low: int, high: int, on: date) -> Measured:
    start, end = month_to(on)
    rows = in_range(low, high).filter(received_at__gte=start, received_at__lt=end)
    counted = rows.values_list("region").annotate(good=Count("pk", filter=Q(told_at__isnull=True)), whole=Count("pk")).order_by()
    return {region: (good, whole) for region, good, whole in counted}


def role_words(parts: Iterable[str]) -> dict[str, str]:
    return {part: str(Role(part).label) for part in parts}


@indicator(
    "cases.desk_on_time", label=_("本月各岗位按时率"), unit="%", direction="up", source=_("办理环节"), numerator=_("按时办结的环节"),
    denominator=_("本月开始并已办结、有时限的环节"), part_names=role_words,
)  # fmt: skip
def desk_on_time(low: int, high: int, on: date) -> Measured:
    """(desk, region) → steps closed in time and all; steps are found by the month in which they began, which has an index."""
    start, end = month_to(on)
    rows = Step.objects.filter(flow=CASE, region__gte=low, region__lte=high, opened_at__gte=start, opened_at__lt=end, on_time__isnull=False)
    counted = rows.values_list("role", "region").annotate(good=Count("pk", filter=Q(on_time=True)), whole=Count("pk")).order_by()
    return {(role, region): (good, whole) for role, region, good, whole in counted}
