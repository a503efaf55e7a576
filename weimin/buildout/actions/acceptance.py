"""Acceptance between two desks: the applicant applies and mends, the acceptor inspects by the plan's checklist (N7)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.buildout.actions.lifecycle import (
    MAKERS,
    ROLE_NAMES,
    advance,
    check_state,
    desk,
    find_project,
    keep_evidence,
    outcome,
    where,
)
from weimin.buildout.flow import SITE
from weimin.buildout.forms_acceptance import (
    ApplyAcceptance,
    Inspect,
    ReportRectified,
    record_evidence,
    scores_of,
    way_of,
)
from weimin.buildout.models import Acceptance, Project
from weimin.buildout.plan.schema import Acceptance as Way
from weimin.buildout.rules import check_desk
from weimin.buildout.rules_acceptance import STATE_AFTER, check_lines, judge, rectify_day
from weimin.calendars.queries import calendar_for
from weimin.flows.rules import fixed_end, rule_of, turns_yellow
from weimin.flows.steps import current_step
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

INSPECTED = {"passed": _("验收合格。"), "rectify": _("已要求限期整改。"), "failed": _("验收不合格。")}


def way(project: Project) -> Way:
    found = way_of(project)
    if found is None:
        raise RuleBroken(_now("方案没有规定这一层级的验收办法。"))
    return found


def check_applicable(project: Project, actor: Actor, now: datetime) -> None:
    check_state(project, "open", "failed")
    if project.site is not None and project.site.existing:
        raise RuleBroken(_now("原有站点在方案之前已经建成，不再验收和补助。"))
    way(project)
    check_desk(desk(project), actor.role, ROLE_NAMES)


def open_round(project: Project, by: Actor, now: datetime) -> Acceptance:
    """The next round, with the papers of the dossier as they are uploaded now."""
    number = Acceptance.objects.filter(project=project).count() + 1
    dossier = {item.key: project.evidence.get(item.key, []) for item in way(project).dossier}
    return Acceptance.objects.create(project=project, region=project.region, round=number, dossier=dossier, applied_by=by.name, applied_at=now)


@register(
    "buildout.apply_acceptance", label=_("申请验收"), form=ApplyAcceptance, roles=MAKERS, find=find_project, region=where, check=check_applicable,
)  # fmt: skip
def apply_acceptance(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """备齐建设方案、采购发票、效果图片等资料，申请验收。"""
    before = project.state
    kept = keep_evidence(by, project, data, desk(project), now)
    row = open_round(project, by, now)
    advance(project, "buildout.apply_acceptance", "applied", by, now)
    return outcome(project, before, _now("已申请验收。"), round=row.round, evidence=kept, remark=data["remark"])


def check_inspectable(project: Project, actor: Actor, now: datetime) -> None:
    check_state(project, "applied")
    check_desk(desk(project), actor.role, ROLE_NAMES)


def pending_round(project: Project) -> Acceptance:
    return Acceptance.objects.select_for_update().get(project=project, outcome="")


def keep_photos(by: Actor, row: Acceptance, data: dict[str, Any], keys: list[str], now: datetime) -> dict[str, list[int]]:
    """Stores the photo of each item at the round; key → ids."""
    photos: dict[str, list[int]] = {}
    for key in keys:
        if upload := data.get(f"photo_{key}"):
            file = attach(by, upload, subject_type="buildout.acceptance", subject_id=row.pk, region=row.region, kind="photo", now=now)
            photos[key] = [file.pk]
    return photos


@register(
    "buildout.inspect", label=_("现场验收"), form=Inspect, roles=("lead_office", "leader", "township"), find=find_project, region=where,
    check=check_inspectable, template="buildout/inspect.html",
)  # fmt: skip
def inspect(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """按检查表逐项打分、拍照，得出合格、限期整改或不合格的结论。"""
    plan_way, row = way(project), pending_round(project)
    scores = scores_of(plan_way, data)
    verdict = judge(plan_way, scores)
    photos = keep_photos(by, row, data, [item.key for item in plan_way.checklist], now)
    remarks = {item.key: data[f"remark_{item.key}"] for item in plan_way.checklist}
    row.items = check_lines(plan_way, scores, remarks, photos)
    row.score, row.outcome, row.opinion, row.signed_by = verdict.score, verdict.result, data["opinion"], data["signed_by"]
    row.rectify_by = rectify_day(verdict, data["rectify_by"], timezone.localdate(now))
    row.inspected_by, row.inspected_at = by.name, now
    row.save()
    keep_scan(by, project, data, now)
    return conclude(project, row, by, now)


def keep_scan(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> None:
    """The signed record on paper, when it was scanned."""
    for item in record_evidence(project):
        if upload := data.get(f"evidence_{item.key}"):
            file = attach(by, upload, subject_type="buildout.project", subject_id=project.pk, region=project.region, kind="scan", now=now)
            project.evidence[item.key] = [*project.evidence.get(item.key, []), file.pk]


def conclude(project: Project, row: Acceptance, by: Actor, now: datetime) -> Outcome:
    """Moves the project by the round's outcome; what is to be rectified is due on the day that was set."""
    if row.outcome == "passed":
        project.accepted_on = timezone.localdate(now)
    advance(project, "buildout.inspect", STATE_AFTER[row.outcome], by, now)
    if row.rectify_by is not None:
        set_due(project, row.rectify_by, now)
    after = {"round": row.round, "score": str(row.score), "outcome": row.outcome, "rectify_by": str(row.rectify_by or "")}
    return outcome(project, "applied", INSPECTED[row.outcome], **after)


def set_due(project: Project, on: date, now: datetime) -> None:
    """The open step of a project ends on another day than the plan's."""
    step = current_step(project, SITE)
    if step is None:
        return
    calendar = calendar_for(step.region)
    end = fixed_end(on, now, rule_of(now, calendar))
    step.due_on, step.due_at, step.warn_at = end.on, end.at, turns_yellow(end, now, calendar)
    step.save(update_fields=["due_on", "due_at", "warn_at"])


def check_rectifiable(project: Project, actor: Actor, now: datetime) -> None:
    check_state(project, "rectifying")
    check_desk(desk(project), actor.role, ROLE_NAMES)


@register(
    "buildout.report_rectified", label=_("上报整改完成"), form=ReportRectified, roles=MAKERS, find=find_project, region=where, check=check_rectifiable,
)  # fmt: skip
def report_rectified(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """写明整改情况并附照片，申请复验。"""
    row = Acceptance.objects.select_for_update().filter(project=project, outcome="rectify").order_by("-round").first()
    if row is None:
        raise RuleBroken(_now("没有需要整改的验收记录。"))
    row.rectified_at, row.rectified_note = now, data["note"]
    row.save(update_fields=["rectified_at", "rectified_note"])
    fresh = open_round(project, by, now)
    photos = [data[name] for name in ("photo_1", "photo_2", "photo_3") if data.get(name)]
    for upload in photos:
        attach(by, upload, subject_type="buildout.acceptance", subject_id=row.pk, region=row.region, kind="photo", now=now)
    advance(project, "buildout.report_rectified", "applied", by, now)
    return outcome(project, "rectifying", _now("已上报整改，等待复验。"), round=fresh.round, note=data["note"], photos=len(photos))
