"""A visit meets the standard: verdicts for all care of a person, and what they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from weimin.health.models import Care, HealthRecord, Programme, Visit, VisitOutcome
from weimin.health.rules_outcome import Verdict
from weimin.health.rules_visit import GENERAL, Person, judged
from weimin.health.standards import standard
from weimin.residents.rules_groups import age_on

LATEST = ["last_on", "last_outcome", "next_on"]
KEYS = dict.fromkeys(GENERAL, "key_groups")  # programmes whose rule has another key
Verdicts = list[tuple[Care, Verdict]]


def previous_of(care: Care, on: date, leave_out: int | None = None) -> str:
    """The outcome before a day. The care knows the latest; only a visit that is typed in late, or corrected, has to look."""
    if care.last_on is None:
        return ""
    if care.last_on < on and leave_out is None:
        return care.last_outcome
    rows = VisitOutcome.objects.filter(care=care, on__lt=on, visit__corrections__isnull=True)
    found = rows.exclude(visit=leave_out).order_by("-on", "-pk").values_list("outcome", flat=True).first()
    return str(found or "")


def verdicts(record: HealthRecord, cares: Iterable[Care], found: dict[str, Any], on: date, leave_out: int | None = None) -> Verdicts:
    """What the standard says for each programme whose values are there; serious ones first."""
    age, said, rows = age_on(record.resident.birth_on, on), [], list(cares)
    hypertensive = any(care.programme == Programme.HYPERTENSION for care in rows)
    for care in rows:
        verdict = judged(care.programme, found, Person(age, previous_of(care, on, leave_out), care.target, hypertensive), on)
        if verdict is not None:
            said.append((care, verdict))
    return sorted(said, key=lambda one: (not one[1].emergency, not one[1].refer, one[1].within_days))


def write_outcomes(visit: Visit, said: Verdicts) -> None:
    VisitOutcome.objects.bulk_create(
        VisitOutcome(
            region=visit.region, visit=visit, care=care, programme=care.programme, on=visit.on, outcome=str(verdict.outcome), refer=verdict.refer,
            emergency=verdict.emergency, reasons=list(verdict.reasons), next_on=verdict.next_on, standard_from=standard(KEYS.get(care.programme, care.programme), visit.on).effective_from,
        )
        for care, verdict in said
    )  # fmt: skip


def sooner(said: Verdicts, earlier: date | None) -> Verdicts:
    """The doctor wants to come back before the standard does; written with the outcome, so that it outlives a correction of another visit."""
    return [(care, replace(verdict, next_on=min(verdict.next_on, earlier)) if earlier else verdict) for care, verdict in said]


def as_before(said: Verdicts, old: Visit, on: date) -> Verdicts:
    """What a correction changes nothing about keeps the earlier day that the doctor had chosen."""
    held = {row.care_id: row for row in VisitOutcome.objects.filter(visit=old)} if on == old.on else {}
    kept = {care.pk: held[care.pk].next_on for care, verdict in said if care.pk in held and held[care.pk].outcome == verdict.outcome}
    return [one for care, verdict in said for one in sooner([(care, verdict)], kept.get(care.pk))]


def carry_on(said: Verdicts, on: date) -> None:
    """The care remembers its latest visit; what was typed in late for an older day changes nothing here."""
    moved = []
    for care, verdict in said:
        if care.last_on is None or care.last_on <= on:
            care.last_on, care.last_outcome = on, str(verdict.outcome)
            care.next_on = verdict.next_on
            moved.append(care)
    if moved:
        Care.objects.bulk_update(moved, LATEST)


def recount(cares: Iterable[Care]) -> None:
    """After a correction: the latest visit of each care, as it stands now."""
    for care in cares:
        latest = VisitOutcome.objects.filter(care=care, visit__corrections__isnull=True).order_by("-on", "-pk").first()
        if latest is not None:
            care.last_on, care.last_outcome, care.next_on = latest.on, latest.outcome, latest.next_on
            care.save(update_fields=LATEST)
