"""The unified standard is inspected: planned, held, mended, looked at again, or called off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.calendars.clock import Limit
from weimin.flows.steps import move, open_step
from weimin.institutions.actions.base import BUREAU, check_open, find_inspection, find_institution, where
from weimin.institutions.flow import INSPECTION, inspection_url
from weimin.institutions.forms.inspections import Inspect, PlanInspection, ReportRectified, Why
from weimin.institutions.models import Inspection, InspectionRound, Institution
from weimin.institutions.queries.inspections import open_inspection
from weimin.institutions.rules_unified import STATE_AFTER, check_lines, judge, rectify_day
from weimin.institutions.tables import standard_on
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

SAID = {"passed": _("达到统一标准。"), "rectify": _("已要求限期整改。"), "failed": _("不合格，列为重点督导。")}
ROUND = InspectionRound._meta.label_lower


@in_chinese
def title_of(inspection: Inspection) -> str:
    return _now("%(institution)s统一标准检查") % {"institution": inspection.institution.site.name}


def check_not_planned(institution: Institution, actor: Actor, now: datetime) -> None:
    check_open(institution, actor, now)
    if open_inspection(institution) is not None:
        raise RuleBroken(_now("这个机构有一次检查还没有结束。"))


@register("institutions.plan_inspection", label=_("安排检查"), form=PlanInspection, roles=BUREAU, find=find_institution, region=where, check=check_not_planned)
def plan_inspection(by: Actor, institution: Institution, data: dict[str, Any], now: datetime) -> Outcome:
    """安排一次统一标准检查，写明哪天去。"""
    facts = {"planned_on": data["planned_on"], "note": data["note"], "planned_by": by.name or by.role}
    row = Inspection.objects.create(institution=institution, region=institution.region, **facts)
    open_step(INSPECTION, "planned", row, title=title_of(row), region=row.region, now=now, due_on=row.planned_on)
    return Outcome(row, after={"planned_on": str(row.planned_on)}, message=_now("已安排。"), next_url=inspection_url(row.pk))


def at(*states: str) -> Any:
    """A check: the inspection is in one of the states."""

    def check(inspection: Inspection, actor: Actor, now: datetime) -> None:
        if inspection.state not in states:
            raise RuleBroken(_now("这次检查现在是“%(state)s”，不能办理这一步。") % {"state": inspection.get_state_display()})

    return check


def hold(by: Actor, inspection: Inspection, data: dict[str, Any], now: datetime, action: str) -> Outcome:
    """Keeps a round with its scores and photos, and moves the inspection to what came of it."""
    today = timezone.localdate(now)
    standard, before = standard_on(today), inspection.state
    scores = {item.key: data[f"score_{item.key}"] for item in standard.items}
    verdict = judge(standard, scores)
    facts = {
        "number": inspection.rounds.count() + 1, "held_on": today, "held_by": by.name or by.role, "standard_from": standard.effective_from,
        "items": check_lines(standard, scores, {item.key: data[f"remark_{item.key}"] for item in standard.items}), "score": verdict.score,
        "result": verdict.result, "text": verdict.text, "opinion": data["opinion"], "signed_by": data["signed_by"],
        "rectify_by": rectify_day(verdict, data["rectify_by"], today),
    }  # fmt: skip
    row = InspectionRound.objects.create(inspection=inspection, institution=inspection.institution, region=inspection.region, **facts)
    keep_photos(by, row, data, now)
    advance(inspection, STATE_AFTER[verdict.result], by, now, action, row)
    after = {"round": row.number, "score": str(row.score), "result": row.result, "rectify_by": str(row.rectify_by or "")}
    return Outcome(inspection, before={"state": before}, after=after, message=SAID[verdict.result], next_url=inspection_url(inspection.pk))


def keep_photos(by: Actor, row: InspectionRound, data: dict[str, Any], now: datetime) -> None:
    for line in row.items:
        if upload := data.get(f"photo_{line['key']}"):
            line["photos"] = [attach(by, upload, subject_type=ROUND, subject_id=row.pk, region=row.region, kind="photo", now=now).pk]
    row.save(update_fields=["items"])


def advance(inspection: Inspection, state: str, by: Actor, now: datetime, action: str, row: InspectionRound | None = None) -> None:
    """The state and the step; mending is due on its day, the second look within the standard's working days."""
    due_on = row.rectify_by if row is not None and state == "rectifying" else None
    limit = Limit(standard_on(timezone.localdate(now)).recheck_days, "workday") if state == "reported" else None
    move(inspection, INSPECTION, action, inspection.state, state, by, now, title=title_of(inspection), region=inspection.region, due_on=due_on, limit=limit)
    inspection.state = state
    inspection.save(update_fields=["state"])


@register(
    "institutions.inspect", label=_("现场检查"), form=Inspect, roles=BUREAU, find=find_inspection, region=where, check=at("planned"),
    template="institutions/inspect.html",
)  # fmt: skip
def inspect(by: Actor, inspection: Inspection, data: dict[str, Any], now: datetime) -> Outcome:
    """按统一标准逐项打分、拍照，得出达到标准、限期整改或不合格的结论。"""
    return hold(by, inspection, data, now, "institutions.inspect")


@register(
    "institutions.reinspect", label=_("复查"), form=Inspect, roles=BUREAU, find=find_inspection, region=where, check=at("reported"),
    template="institutions/inspect.html",
)  # fmt: skip
def reinspect(by: Actor, inspection: Inspection, data: dict[str, Any], now: datetime) -> Outcome:
    """整改上报后再看一次，上次的得分已经填好，改有变化的。"""
    return hold(by, inspection, data, now, "institutions.reinspect")


@register(
    "institutions.report_rectified", label=_("上报整改情况"), form=ReportRectified, roles=("institution",), find=find_inspection, region=where,
    check=at("rectifying"),
)  # fmt: skip
def report_rectified(by: Actor, inspection: Inspection, data: dict[str, Any], now: datetime) -> Outcome:
    """写明整改了什么并附照片，等待复查。"""
    row = inspection.rounds.order_by("-number").first()
    assert row is not None  # a rectifying inspection was held
    row.rectified_note, row.rectified_by, row.rectified_at = data["note"], by.name or by.role, now
    row.save(update_fields=["rectified_note", "rectified_by", "rectified_at"])
    for name in ("photo_1", "photo_2", "photo_3"):
        if upload := data.get(name):
            attach(by, upload, subject_type=ROUND, subject_id=row.pk, region=row.region, kind="photo", now=now)
    advance(inspection, "reported", by, now, "institutions.report_rectified")
    after = {"state": "reported", "round": row.number}
    return Outcome(inspection, before={"state": "rectifying"}, after=after, message=_now("已上报，等待复查。"), next_url=inspection_url(inspection.pk))


@register("institutions.cancel_inspection", label=_("取消检查"), form=Why, roles=BUREAU, find=find_inspection, region=where, check=at("planned"))
def cancel_inspection(by: Actor, inspection: Inspection, data: dict[str, Any], now: datetime) -> Outcome:
    """取消还没有进行的检查，写明理由。"""
    advance(inspection, "cancelled", by, now, "institutions.cancel_inspection")
    after = {"state": "cancelled"}
    return Outcome(
        inspection, before={"state": "planned"}, after=after, reason=data["reason"], message=_now("已取消。"), next_url=inspection_url(inspection.pk)
    )
