"""The day's reports: a class, the rest of a school with nobody ill, a family."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from weimin.actions.registry import Outcome, register
from weimin.epidemics.actions.base import DAILY, signed, where
from weimin.epidemics.actions.places import find_place, place_url
from weimin.epidemics.expected import expected_groups
from weimin.epidemics.finding import groups
from weimin.epidemics.forms.reports import ReportDay, ReportFamily
from weimin.epidemics.models import Alert, DailyReport, FamilyReport, Group, Place, Symptom
from weimin.epidemics.watching import watch_families, watch_place
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

FAMILY_TAKERS = ("village", "doctor", "institution")


def find_group(actor: Actor, pk: Any) -> Group:
    found: Group = groups(actor).select_for_update(of=("self",)).select_related("place").get(pk=pk)
    return found


def check_group(group: Group, actor: Actor, now: datetime) -> None:
    if group.closed or group.place.closed_on:
        raise RuleBroken(_now("这个班级已经撤销，不用报告。"))


def alarm(alerts: list[Alert]) -> str:
    """A sentence when the report made or enlarged an alert."""
    return _now(" 报告的情况达到预警界限，已通知卫生机构核实。") if alerts else ""


@register(
    "epidemics.report_day", label=_("每日报告"), form=ReportDay, roles=DAILY, find=find_group, region=where, check=check_group, template="epidemics/report.html"
)
def report_day(by: Actor, group: Group, data: dict[str, Any], now: datetime) -> Outcome:
    """报一个班一天的到校、缺勤和新发症状；没有人生病也要报。同一天再报就是更正。"""
    symptoms = {key: data[key] for key in Symptom.values if data[key]}
    facts = {"expected": data["expected"], "absent": data["absent"], "ill": data["ill"], "symptoms": symptoms, "note": data["note"]}
    old = DailyReport.objects.select_for_update().filter(group=group, on=data["on"]).first()
    before = {name: getattr(old, name) for name in facts} if old else {}
    signature = {"reported_at": old.reported_at if old else now, "reported_by": signed(by)}
    report, _fresh = DailyReport.objects.update_or_create(
        group=group, on=data["on"], defaults={"region": group.region, "place": group.place, **facts, **signature}
    )  # fmt: skip
    alerts = watch_place(group.place, data["on"], now)
    message = (_now("已更正 %(group)s 的报告。") if old else _now("%(group)s 已报告。")) % {"group": group.name} + alarm(alerts)
    return Outcome(report, before=before, after={"on": str(data["on"]), **facts}, message=message, next_url=place_url(group.place))


def check_missing(place: Place, actor: Actor, now: datetime) -> None:
    if not expected_groups(place, timezone.localdate(now), unreported=True):
        raise RuleBroken(_now("今天该报的班级都已经报了。"))


@register(
    "epidemics.report_rest", label=_("其余班级零报告"), roles=DAILY, find=find_place, region=where, check=check_missing,
    confirm=_("其余班级今天都到齐、没有人生病？"),
)  # fmt: skip
def report_rest(by: Actor, place: Place, data: dict[str, Any], now: datetime) -> Outcome:
    """今天还没报的班级都按全勤、无症状报告；零报告也是报告。"""
    today = timezone.localdate(now)
    missing = expected_groups(place, today, unreported=True)
    rows = [
        DailyReport(region=group.region, place=place, group=group, on=today, expected=group.heads, reported_at=now, reported_by=signed(by)) for group in missing
    ]
    DailyReport.objects.bulk_create(rows, ignore_conflicts=True)  # a class that reports in this very moment has said it itself
    message = ngettext("%(n)d 个班已零报告。", "%(n)d 个班已零报告。", len(rows)) % {"n": len(rows)}
    return Outcome(place, after={"on": str(today), "classes": len(rows)}, message=message, next_url=place_url(place))


@register(
    "epidemics.report_family", label=_("登记家庭报告"), form=ReportFamily, roles=FAMILY_TAKERS, region=lambda target, data: data["village"],
)  # fmt: skip
def report_family(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """登记家庭打电话或当面说的患病情况，只记人数和症状，不记姓名。"""
    facts = {"on": data["on"], "sick": data["sick"], "symptoms": data["symptoms"], "note": data["note"], "group_id": data["group"]}
    report = FamilyReport.objects.create(region=data["village"], taken_at=now, taken_by=signed(by), **facts)
    alerts = watch_families(data["village"], data["on"], now)
    after = {"on": str(data["on"]), "sick": data["sick"], "symptoms": data["symptoms"]}
    return Outcome(report, after=after, message=_now("家庭报告已登记。") + alarm(alerts), next_url=reverse("epidemics:board"))
