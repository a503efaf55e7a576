"""Values that are to be looked at: of one record, and of a place as a list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from weimin.health.models import CheckState, HealthRecord, ValueCheck
from weimin.health.queries.timeline import measured
from weimin.health.wording import hint_sentences
from weimin.regions.queries import names
from weimin.ui.paging import Page, page_of
from weimin.walls.actor import Actor
from weimin.walls.questions import Question

OPEN = Question(ValueCheck, lambda rows, record: rows.filter(record=record, state=CheckState.TO_CHECK).select_related("visit").order_by("pk"))


def checks_of(actor: Actor, record: HealthRecord) -> list[ValueCheck]:
    """Open questions about the visits of a record, with `sentences`."""
    rows = OPEN(actor, record.pk)
    for row in rows:
        row.record, row.sentences = record, hint_sentences(row.hints)  # type: ignore[attr-defined]
    return rows


def list_checks(actor: Actor, cursor: str, size: int = 20) -> Page:
    """The oldest question first."""
    rows = ValueCheck.objects.visible_to(actor).filter(state=CheckState.TO_CHECK).select_related("record__resident", "visit")
    return page_of(rows, ["id"], cursor, size)


def check_lines(page: Page) -> list[dict[str, Any]]:
    known = names({row.region for row in page.rows})
    return [
        {
            "row": row, "name": row.record.resident.name, "url": reverse("health:record", args=[row.record_id]), "village": known[row.region], "on": row.visit.on,
            "doctor": row.visit.doctor_name, "measured": measured(row.visit), "hints": hint_sentences(row.hints),
            "correct": reverse("actions:act", args=["health.correct_visit", row.visit_id]),
        }
        for row in page.rows
    ]  # fmt: skip
