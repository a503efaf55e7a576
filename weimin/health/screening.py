"""When the blood pressure of somebody who is under no care for it is taken again: after a high one soon, of who is at risk every half year (A-11, A-12)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from weimin.calendars.clock import add_months
from weimin.health.calling import open_due, visited_on
from weimin.health.joining import door
from weimin.health.models import Care, CareState, Due, DueKind, DueState, HealthRecord, Programme, Visit
from weimin.health.rules_outcome import Pressure, screened_high
from weimin.health.rules_risk import at_risk
from weimin.health.rules_visit import VISITED
from weimin.health.standards import standard
from weimin.residents.rules_groups import age_on
from weimin.ui.language import in_chinese


def taken(record: HealthRecord, on: date) -> None:
    """What was owed is done."""
    visited_on(open_due(record, DueKind.MEASURE), on)


def is_newest(record: HealthRecord, on: date) -> bool:
    """What is typed in after a later measurement settles nothing and owes nothing."""
    return not Visit.objects.filter(record=record, on__gt=on, systolic__isnull=False, corrections__isnull=True).exists()


@in_chinese
def take_again(record: HealthRecord, on: date, pressure: Pressure) -> date | None:
    """By when it is taken again, and that is owed; None for who is at no risk, and for who is visited every quarter anyway."""
    rule, early = standard("screening", on), standard("calendar", on).days("early_days")
    if screened_high(pressure, standard("hypertension", on)):
        last, first, reason = on + timedelta(days=rule.days("recheck_days")), on + timedelta(days=1), _("血压偏高，另一天复查")
    elif at_risk(age_on(record.resident.birth_on, on), pressure, record.personal, rule) and not visited(record):
        last, reason = add_months(on, rule.days("risk_months")), _("高血压高危，每半年测一次")
        first = last - timedelta(days=early)
    else:
        return None
    Due.objects.create(region=record.region, record=record, kind=DueKind.MEASURE, from_on=first, due_on=last, reason=reason, doctor=record.doctor)
    return last


def visited(record: HealthRecord) -> bool:
    return Care.objects.filter(record=record, state=CareState.MANAGED, programme__in=VISITED).exists()


def settle_measured(most: int = 5000) -> int:
    """At night: whose pressure was taken on a visit since owes it no more, nor does who came under care for it. Answers how many."""
    waiting = Due.objects.filter(kind=DueKind.MEASURE, state=DueState.OPEN)
    cared = Care.objects.filter(record=OuterRef("record"), programme=Programme.HYPERTENSION).exclude(state=CareState.ENDED)
    gone = waiting.filter(Exists(cared)).update(state=DueState.CANCELLED)
    since = Visit.objects.filter(record=OuterRef("record"), on__gte=OuterRef("from_on"), systolic__isnull=False, corrections__isnull=True)
    found = list(waiting.annotate(day=Subquery(since.order_by("on").values("on")[:1])).filter(day__isnull=False).order_by("pk")[:most])
    for due in found:
        due.state, due.done_on, due.on_time = DueState.DONE, due.day, due.day <= due.due_on  # type: ignore[attr-defined]
    Due.objects.bulk_update(found, ["state", "done_on", "on_time"], batch_size=500)
    return gone + len(found)


door(DueKind.MEASURE, "health.measure")
