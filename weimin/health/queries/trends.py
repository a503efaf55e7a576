"""What the page of a record draws and says from the visits it has read: trends and advice. No query of its own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from weimin.health.models import Care, HealthRecord, Programme
from weimin.health.rules_advice import advice
from weimin.health.rules_outcome import target_of
from weimin.health.standards import standard
from weimin.health.wording import ADVICE
from weimin.residents.rules_groups import age_on
from weimin.ui.components.charts import Series

POINTS = 12


def counted(visits: list[Any]) -> list[Any]:
    """Visits that stand: not corrected since; the oldest first."""
    return [visit for visit in reversed(visits) if not visit.corrected]


def charts(record: HealthRecord, visits: list[Any], cares: list[Care]) -> list[dict[str, Any]]:
    """Pressure and glucose over the latest visits with the target of the person; nothing is drawn of a single value."""
    own = {care.programme: care.target for care in cares if care.state == "managed"}
    drawn = []
    pressure = [visit for visit in counted(visits) if visit.systolic and visit.diastolic][-POINTS:]
    if len(pressure) > 1:
        last = pressure[-1].on
        goal = own.get(Programme.HYPERTENSION, {}).get("systolic") or target_of(age_on(record.resident.birth_on, last), standard("hypertension", last)).systolic
        series = [Series(_("高压"), [one.systolic for one in pressure]), Series(_("低压"), [one.diastolic for one in pressure])]
        drawn.append({"title": _("血压变化"), "unit": "mmHg", "labels": days(pressure), "series": series, "goal": int(goal)})
    glucose = [visit for visit in counted(visits) if visit.fasting is not None][-POINTS:]
    if len(glucose) > 1:
        goal = own.get(Programme.DIABETES, {}).get("fasting") or standard("diabetes", glucose[-1].on).figure("target_fasting")
        series = [Series(_("空腹血糖"), [float(one.fasting) for one in glucose])]
        drawn.append({"title": _("血糖变化"), "unit": "mmol/L", "labels": days(glucose), "series": series, "goal": float(goal)})
    return drawn


def days(visits: list[Any]) -> list[str]:
    return [f"{visit.on:%y-%m-%d}" for visit in visits]


def advised(visits: list[Any]) -> list[str]:
    """Sentences for the person from the latest visit that stands."""
    last = next((visit for visit in visits if not visit.corrected), None)
    if last is None:
        return []
    reasons = [reason for one in last.said for reason in one.reasons]
    return [str(ADVICE[key]) for key in advice(last.findings, reasons, emergency=any(one.emergency for one in last.said))]
