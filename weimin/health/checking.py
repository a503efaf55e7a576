"""Visits that look odd become a question to the institution, once; the answer explains them or corrects them (H3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _

from weimin.flows.steps import move, open_step
from weimin.health.flow import CHECK
from weimin.health.joining import stays_of
from weimin.health.models import CheckState, HealthRecord, InactiveReason, RecordState, ValueCheck, Visit
from weimin.health.rules_plausible import Life, Measured, hints_of
from weimin.health.standards import standard
from weimin.secrets.masking import mask
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor

BACK, RECENT = timedelta(days=500), timedelta(days=31)
STANDING = Q(corrections__isnull=True)


def values_of(visit: Visit) -> Measured:
    return Measured(visit.on, visit.systolic, visit.diastolic, visit.fasting, visit.weight)


def life_of(actor: Actor, record: HealthRecord) -> Life:
    dead_on = record.inactive_on if record.inactive_reason == InactiveReason.DEAD else None
    return Life(dead_on, record.inactive_on, stays_of(actor, record))


@in_chinese
def title_of(record: HealthRecord) -> str:
    """The name masked and no illness, for steps are read by posts without the purpose too."""
    return _("核对%(name)s的随访数值") % {"name": mask("name", record.resident.name, "public")}


def look_at(actor: Actor, visit: Visit, now: datetime, before: Sequence[Visit] | None = None) -> ValueCheck | None:
    """Asks about a visit that looks odd, unless that was asked already; the question goes to the township's institution."""
    rule = standard("plausible", visit.on)
    if before is None:
        rows = Visit.objects.visible_to(actor).filter(STANDING, record=visit.record_id, on__lt=visit.on)
        before = list(reversed(rows.order_by("-on", "-pk")[: rule.days("repeated") - 1]))
    hints = hints_of(values_of(visit), [values_of(one) for one in before], life_of(actor, visit.record), rule)
    return ask(visit, hints, now) if hints else None


def ask(visit: Visit, hints: list[str], now: datetime) -> ValueCheck | None:
    asked = {hint for check in ValueCheck.objects.filter(visit=visit) for hint in check.hints}
    if set(hints) <= asked or ValueCheck.objects.filter(visit=visit, state=CheckState.TO_CHECK).exists():
        return None
    check = ValueCheck.objects.create(region=visit.region, record=visit.record, visit=visit, hints=hints, opened_at=now)
    open_step(CHECK, "to_check", check, title=title_of(visit.record), region=visit.region, now=now)
    return check


def settle(by: Actor, check: ValueCheck, state: str, answer: str, action: str, now: datetime) -> None:
    """The question is answered, and the step goes."""
    check.state, check.answer, check.answered_by, check.answered_at = state, answer, by.name or by.role, now
    check.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    move(check, CHECK, action, "to_check", state, by, now, title=title_of(check.record), region=check.region)


def settle_corrected(by: Actor, visit: Visit, reason: str, now: datetime) -> None:
    for check in ValueCheck.objects.visible_to(by).filter(visit=visit, state=CheckState.TO_CHECK).select_related("record__resident"):
        settle(by, check, CheckState.CORRECTED, reason, "health.correct_visit", now)


def scan(actor: Actor, on: date, now: datetime, since: datetime, at_once: int = 500) -> int:
    """Looks at visits typed since a moment, and at those on days when the record rested; answers how many questions are new. Run as the system."""
    rests = Q(record__state=RecordState.INACTIVE, record__inactive_on__gte=on - RECENT, on__gt=F("record__inactive_on"))
    found = Visit.objects.filter(STANDING).filter(Q(entered_at__gte=since) | rests)
    numbers = list(found.order_by("record_id", "pk").values_list("pk", flat=True))
    return sum(scan_some(actor, numbers[start : start + at_once], now) for start in range(0, len(numbers), at_once))


def scan_some(actor: Actor, numbers: list[int], now: datetime) -> int:
    visits = list(Visit.objects.filter(pk__in=numbers).select_related("record__resident"))
    first = min(visit.on for visit in visits) - BACK
    history = by_record(Visit.objects.filter(STANDING, record__in={visit.record_id for visit in visits}, on__gte=first).order_by("on", "pk"))
    asked = [look_at(actor, visit, now, [one for one in history[visit.record_id] if one.on < visit.on]) for visit in visits]
    return sum(check is not None for check in asked)


def by_record(visits: Iterable[Visit]) -> dict[int, list[Visit]]:
    rows: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        rows[visit.record_id].append(visit)
    return rows
