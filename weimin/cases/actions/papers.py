"""Papers of a case and what is told about them. Called by the actions of this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from weimin.attachments.attaching import attach
from weimin.cases.models import Case, CaseMaterial, CaseNotice
from weimin.cases.rules_limits import remedy
from weimin.cases.rules_papers import Paper, last_promise
from weimin.walls.actor import Actor
from weimin.walls.prepared import insert

SUBJECT = "cases.casematerial"
PAPERS = "cases/act_papers.html"  # the page of every action that ticks papers


def row_of(case: Case, paper: Paper, now: datetime) -> CaseMaterial:
    return CaseMaterial(
        case=case, region=case.region, key=paper.key, name=paper.name, required=paper.required, status=paper.status, due_on=paper.due_on,
        received_at=now if paper.status == "received" else None,
    )  # fmt: skip


def put_papers(case: Case, papers: list[Paper], photos: dict[str, Any], by: Actor, now: datetime) -> None:
    """The checklist of a new case in one statement, then the pictures."""
    rows = [row_of(case, paper, now) for paper in papers]
    insert(*rows)
    add_photos(case, rows, photos, by, now)


def add_photos(case: Case, rows: Iterable[CaseMaterial], photos: dict[str, Any], by: Actor, now: datetime) -> None:
    for row in rows:
        if file := photos.get(row.key):
            file.seek(0)  # one picture may go to several cases of one thing
            kind = "photo" if str(getattr(file, "content_type", "")).startswith("image/") else "scan"
            attach(by, file, subject_type=SUBJECT, subject_id=row.pk, region=case.region, kind=kind, now=now)


def update_papers(case: Case, papers: list[Paper], photos: dict[str, Any], by: Actor, now: datetime) -> dict[str, str]:
    """Writes what changed; {name: new status} for the trail. The last promised day of the case follows."""
    rows = {row.key: row for row in CaseMaterial.objects.select_for_update().filter(case=case).order_by("pk")}
    changed = {}
    for paper in papers:
        row = rows.get(paper.key)
        if row is None or (row.status, row.due_on) == (paper.status, paper.due_on):
            continue
        if paper.status == "received":
            row.received_at = now
        row.status, row.due_on = paper.status, paper.due_on
        row.save(update_fields=["status", "due_on", "received_at"])
        changed[row.name] = str(row.get_status_display())
    add_photos(case, rows.values(), photos, by, now)
    case.lenient_due_on = last_promise(papers)
    return changed


def tell(
    case: Case, kind: str, by: Actor, now: datetime, *, papers: Iterable[Paper] = (), reason: str = "", told_how: str = "", due_on: Any = None
) -> CaseNotice:
    """What the applicant gets in writing (C-15, C-18)."""
    return CaseNotice.objects.create(
        case=case, region=case.region, kind=kind, lines=[line(paper) for paper in papers], reason=reason,
        remedy=remedy(now.date()) if kind in ("declined", "refusal") else "", due_on=due_on, told_how=told_how, issued_by=by.name or by.role, issued_at=now,
    )  # fmt: skip


def line(paper: Paper) -> dict[str, str]:
    return {"key": paper.key, "name": paper.name, "due_on": paper.due_on.isoformat() if paper.due_on else ""}


def held_papers(case: Case) -> list[Paper]:
    rows = CaseMaterial.objects.filter(case=case).order_by("pk")
    return [Paper(row.key, row.name, row.required, row.status, row.due_on) for row in rows]
