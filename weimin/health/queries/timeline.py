"""The time line of a record: everything that happened to the person here, newest first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from weimin.health.joining import happenings_of, once
from weimin.health.models import Care, Due, DueState, HealthRecord, RecordState, SelfCare, Visit, VisitOutcome
from weimin.ui.components.status import Event
from weimin.walls.actor import Actor
from weimin.walls.questions import Question

SHOWN = 40
BAD = {"unsatisfied", "adverse", "complication", "unstable"}

CARES = Question(Care, lambda rows, record: rows.filter(record=record))
DUES = Question(Due, lambda rows, record: rows.filter(record=record, state=DueState.OPEN).order_by("due_on"))
VISITS = Question(Visit, lambda rows, record: rows.filter(record=record).order_by("-on", "-pk")[:SHOWN])
OUTCOMES = Question(VisitOutcome, lambda rows, record, since: rows.filter(visit__record=record, visit__on__gte=since).order_by("pk"), int, date)
SELF_CARES = Question(SelfCare, lambda rows, record: rows.filter(record=record).order_by("-on")[:SHOWN])


def cares_of(actor: Actor, record: HealthRecord) -> list[Care]:
    """Open ones first."""
    return sorted(once(record, "cares", lambda: CARES(actor, record.pk)), key=lambda care: (care.state == "ended", care.pk))


def dues_of(actor: Actor, record: HealthRecord) -> list[Due]:
    return DUES(actor, record.pk)


def visits_of(actor: Actor, record: HealthRecord) -> list[Visit]:
    """The latest visits with `said`: their outcomes; corrected ones carry `corrected`."""
    rows = VISITS(actor, record.pk)
    outcomes: dict[int, list[VisitOutcome]] = {}
    for outcome in OUTCOMES(actor, record.pk, rows[-1].on) if rows else ():
        outcomes.setdefault(outcome.visit_id, []).append(outcome)
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    for row in rows:
        row.said, row.corrected = outcomes.get(row.pk, []), row.pk in corrected  # type: ignore[attr-defined]
    return rows


def timeline(actor: Actor, record: HealthRecord, visits: list[Visit] | None = None, cares: list[Care] | None = None) -> list[Event]:
    """Record, care and visits as events, newest first; what the page has read already is taken from it."""
    events = [Event(record.opened_on, _("建立健康档案"), record.opened_by, record.number, kind="ok")]
    if record.personal_on:
        events.append(Event(record.personal_on, _("更新个人基本信息表")))
    if record.state == RecordState.INACTIVE and record.inactive_on:
        events.append(Event(record.inactive_on, _("转为非活动"), "", f"{record.get_inactive_reason_display()} {record.inactive_note}".strip(), kind="bad"))
    for care in cares if cares is not None else cares_of(actor, record):
        events += care_events(care)
    for visit in visits if visits is not None else visits_of(actor, record):
        events.append(visit_event(visit))
    events += [assessed(row) for row in SELF_CARES(actor, record.pk)]
    events += happenings_of(actor, record)
    return sorted(events, key=lambda event: event.at, reverse=True)  # type: ignore[arg-type,return-value]  # all are days


def assessed(row: SelfCare) -> Event:
    return Event(row.on, _("自理能力评估"), row.assessed_by, _("%(total)d 分，%(grade)s") % {"total": row.total, "grade": row.get_grade_display()}, kind="ok")


def care_events(care: Care) -> list[Event]:
    name = str(care.get_programme_display())
    days = [(care.found_on, _("筛查发现：%(name)s"), ""), (care.since_on, _("纳入管理：%(name)s"), "ok"), (care.ended_on, _("结案：%(name)s"), "bad")]
    events = [
        Event(on, words % {"name": name}, "", str(care.get_end_reason_display()) if on is care.ended_on else "", kind=kind) for on, words, kind in days if on
    ]
    if care.lost_on:
        events.append(Event(care.lost_on, _("失访：%(name)s") % {"name": name}, "", str(care.get_lost_reason_display()), kind="bad"))
    return events


def visit_event(visit: Any) -> Event:
    classes = "；".join(f"{one.get_programme_display()}：{one.get_outcome_display()}" for one in visit.said)  # text: data
    if not visit.programmes and not visit.corrects_id:
        return Event(visit.on, _("测血压"), visit.doctor_name, measured(visit))
    words = _("随访（已更正）") if visit.corrected else _("更正随访") if visit.corrects_id else _("随访")
    detail = " · ".join(part for part in (measured(visit), classes) if part)
    return Event(
        visit.on, f"{words} · {visit.get_way_display()}", visit.doctor_name, detail, kind="bad" if any(one.outcome in BAD for one in visit.said) else "ok"
    )


def measured(visit: Visit) -> str:
    """What was measured, as people say it."""
    parts = []
    if visit.systolic and visit.diastolic:
        parts.append(f"{visit.systolic}/{visit.diastolic} mmHg")
    if visit.fasting is not None:
        parts.append(_("空腹血糖 %(value)s") % {"value": visit.fasting})
    if visit.risk is not None:
        parts.append(_("危险性 %(value)s 级") % {"value": visit.risk})
    return " · ".join(parts)
