"""An examination meets the standard: columns, findings and what is out of range; then everything that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from weimin.examinations.calling import examined, moved_to
from weimin.examinations.flow import MISSED
from weimin.examinations.models import Examination, Invitation, InvitationState
from weimin.examinations.rules_abnormal import Abnormal, as_data, judge
from weimin.examinations.rules_body import bmi, self_care_score, self_care_scores
from weimin.examinations.rules_form import MEASURED, PRESSURE, SELF_CARE, Examined, items, missing
from weimin.health.actions.self_care import assess_self_care, grade_care
from weimin.health.missing import drop_call
from weimin.health.models import Care, CareState, HealthRecord, SelfCare
from weimin.health.rules_self_care import grade_of, total_of
from weimin.health.standards import standard
from weimin.residents.rules_groups import age_on
from weimin.walls.actor import Actor

MADE_OF = dict.fromkeys(PRESSURE, "pressure") | dict.fromkeys(SELF_CARE, "self_care")
COLUMNS = [*MEASURED, "bmi", "self_care", "findings", "abnormal", "complete"]


@dataclass(frozen=True)
class Judged:
    """Whom, and what was found out of range."""

    whom: Examined
    listed: list[Abnormal]


def whom_of(by: Actor, record: HealthRecord, on: date) -> Examined:
    """Age and sex on the day, and what the person is under care for (or waits to be)."""
    cares = Care.objects.visible_to(by).filter(record=record).exclude(state=CareState.ENDED).values_list("programme", flat=True)
    return replace(sketch(record, on), programmes=frozenset(cares))


def sketch(record: HealthRecord, on: date) -> Examined:
    """Without asking about care: what decides which fields are shown."""
    return Examined(age_on(record.resident.birth_on, on), record.resident.gender)


def plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def content_of(examination: Examination) -> dict[str, Any]:
    """Everything that was measured and answered, by the keys of the form."""
    return {**examination.findings, **{name: getattr(examination, name) for name in MEASURED if getattr(examination, name) is not None}}


def answered(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Of a cleaned form what belongs to the examination and was filled in."""
    return {key: cleaned[key] for key in items() if cleaned.get(key) not in (None, "", [])}


def fill(examination: Examination, found: Mapping[str, Any], whom: Examined) -> Judged:
    """Puts what was found into an examination (not saved) and judges it."""
    for name in MEASURED:
        setattr(examination, name, found.get(name))
    examination.findings = {key: plain(value) for key, value in found.items() if key not in MEASURED}
    examination.bmi, examination.self_care = bmi(found.get("height"), found.get("weight")), self_care_score(found)
    listed = judge(found, whom, examination.on)
    examination.abnormal, examination.complete = as_data(listed), not missing(found, whom, examination.on)
    return Judged(whom, listed)


def new_examination(
    by: Actor, record: HealthRecord, found: Mapping[str, Any], on: date, now: datetime, corrects: Examination | None = None
) -> tuple[Examination, Judged]:
    """Saved, with what the calendar of health and the list of the year make of it."""
    row = Examination(region=record.region, record=record, on=on, doctor=by.person, doctor_name=by.name or by.role, entered_at=now, corrects=corrects)
    judged = fill(row, found, whom_of(by, record, on))
    row.invitation = invited(by, record, on)
    until = row.invitation.plan.ends_on if row.invitation else date(on.year, 12, 31)
    if corrects is not None:
        row.due = corrects.due
        moved_to(row.due, on, until)
    else:
        row.due = examined(record, on, until)
        drop_call(record, by, now, "examinations.record", MISSED)
    row.save()
    settle(row.invitation, on)
    assess(by, record, found, on, now)
    touch(record, on)
    return row, judged


def invited(by: Actor, record: HealthRecord, on: date) -> Invitation | None:
    """The person's line on the list of the year, locked."""
    rows = Invitation.objects.visible_to(by).select_for_update(of=("self",)).select_related("plan")
    return rows.filter(record=record, year=on.year).first()


def settle(invitation: Invitation | None, on: date) -> None:
    if invitation is None:
        return
    invitation.state, invitation.settled_on, invitation.refusal, invitation.refusal_note = InvitationState.EXAMINED, on, "", ""
    invitation.save(update_fields=["state", "settled_on", "refusal", "refusal_note"])


def assess(by: Actor, record: HealthRecord, found: Mapping[str, Any], on: date, now: datetime) -> None:
    """The five items are health's assessment of self-care as well, so that nobody writes them twice; a correction changes that of its day."""
    scores = self_care_scores(found)
    if scores is None:
        return
    kept = SelfCare.objects.filter(record=record, on=on).first()
    if kept is None:
        assess_self_care(by, record, {"on": on, **scores}, now)
    elif kept.scores != scores:
        kept.scores, kept.total = scores, total_of(scores)
        kept.grade = grade_of(kept.total, standard("elderly", on))
        kept.save(update_fields=["scores", "total", "grade"])
        grade_care(by, record, kept)


def touch(record: HealthRecord, on: date) -> None:
    if record.touched_on is None or record.touched_on < on:
        record.touched_on = on
        record.save(update_fields=["touched_on"])


def measured_since(by: Actor, row: Examination) -> set[str]:
    """What later examinations of this person have looked at again: of that, the findings of an older one are history."""
    later = Examination.objects.visible_to(by).filter(record=row.record, on__gt=row.on, corrections__isnull=True)
    return {MADE_OF.get(key, key) for one in later for key in content_of(one)}
