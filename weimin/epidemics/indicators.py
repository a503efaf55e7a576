"""What is measured of epidemic control, per village (A-54). The month of a day is what counts."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from weimin.calendars.clock import ZONE
from weimin.calendars.queries import calendar_for
from weimin.epidemics.expected import reporting_of
from weimin.epidemics.models import Alert, CaseReport, CaseState, DailyReport, Group
from weimin.epidemics.rules_expected import expected_days
from weimin.indicators.registry import Measured, indicator


def month_to(on: date) -> tuple[datetime, datetime]:
    """From the first of the month to the end of a day, Shanghai time."""
    return datetime.combine(on.replace(day=1), time(), ZONE), datetime.combine(on + timedelta(days=1), time(), ZONE)


@indicator(
    "epidemics.card_on_time", label=_("传染病报告及时率"), unit="%", direction="up", source=_("传染病报告卡"), numerator=_("时限内网络直报的报告卡"),
    denominator=_("本月诊断、已到时限或已报告的报告卡"),
)  # fmt: skip
def card_on_time(low: int, high: int, on: date) -> Measured:
    """Cards that stand (not corrected, not deleted); one still open counts once its hours are over. One query."""
    start, end = month_to(on)
    rows = CaseReport.objects.filter(region__gte=low, region__lte=high, diagnosed_at__gte=start, diagnosed_at__lt=end)
    rows = rows.filter(Q(state=CaseState.REPORTED, reported_at__lt=end) | Q(state__in=[CaseState.DUE, CaseState.REPORTED], due_at__lt=end))
    good = Count("pk", filter=Q(reported_at__lte=F("due_at")))
    return {region: (number, whole) for region, number, whole in rows.values_list("region").annotate(good=good, whole=Count("pk")).order_by()}


@indicator(
    "epidemics.daily_complete", label=_("学校每日报告完整率"), unit="%", direction="up", source=_("每日报告"), numerator=_("报了的班级日数"),
    denominator=_("本月应报的班级日数"),
)  # fmt: skip
def daily_complete(low: int, high: int, on: date) -> Measured:
    """Class days of the month that owe a report, and those that have one. Two queries."""
    first = on.replace(day=1)
    sent: dict[int, set[date]] = {}
    for number, day in DailyReport.objects.filter(region__gte=low, region__lte=high, on__gte=first, on__lte=on).values_list("group_id", "on"):
        sent.setdefault(number, set()).add(day)
    good, whole = Counter[int](), Counter[int]()
    for group in Group.objects.filter(region__gte=low, region__lte=high, closed=False).select_related("place"):
        owed = expected_days(reporting_of(group), first, on, calendar_for(group.region))
        whole[group.region] += len(owed)
        good[group.region] += len(sent.get(group.pk, set()).intersection(owed))
    return {region: (good[region], number) for region, number in whole.items() if number}


@indicator(
    "epidemics.verified_on_time", label=_("预警及时核实率"), unit="%", direction="up", source=_("聚集性预警"), numerator=_("时限内核实或排除的预警"),
    denominator=_("本月产生、已核实或已到时限的预警"),
)  # fmt: skip
def verified_on_time(low: int, high: int, on: date) -> Measured:
    """One query."""
    start, end = month_to(on)
    rows = Alert.objects.filter(region__gte=low, region__lte=high, raised_at__gte=start, raised_at__lt=end)
    rows = rows.filter(Q(verified_at__lt=end) | Q(due_at__lt=end))
    good = Count("pk", filter=Q(verified_at__lte=F("due_at")))
    return {region: (number, whole) for region, number, whole in rows.values_list("region").annotate(good=good, whole=Count("pk")).order_by()}
