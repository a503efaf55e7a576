"""Inspections: the list, one with its rounds, the record of a round as a paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.institutions.models import Inspection, InspectionRound, InspectionState
from weimin.institutions.papers import inspection_record
from weimin.institutions.queries.inspections import content_of, get_inspection, get_round, rounds_of, with_photos
from weimin.institutions.views.answers import paper_answer, reader
from weimin.institutions.views.institutions import RESULT_KINDS
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

TABLE = [
    Column(_("机构"), "name", url="url", main=True),
    Column(_("街道（镇）"), "township"),
    Column(_("计划日期"), "planned_on", kind="day"),
    Column(_("状态"), "state", kind="tag"),
    Column(_("安排人"), "planned_by", minor=True),
]
KINDS = {"planned": "info", "rectifying": "warn", "reported": "info", "passed": "ok", "failed": "bad", "cancelled": "off"}


@require_GET
@signed_in
def inspections_page(request: Request) -> HttpResponse:
    """?state narrows."""
    actor, state = reader(request), request.GET.get("state", "")
    rows = Inspection.objects.visible_to(actor).select_related("institution__site")
    rows = rows.filter(state=state) if state in InspectionState.values else rows
    page = page_of(rows, ["-planned_on"], request.GET.get("cursor", ""), 25)
    known = names({township_of(row.region) for row in page.rows})
    lines = [
        {
            "name": str(row.institution), "url": reverse("institutions:inspection", args=[row.pk]), "township": known[township_of(row.region)],
            "planned_on": row.planned_on, "state": (row.get_state_display(), KINDS[row.state]), "planned_by": row.planned_by,
        }
        for row in page.rows
    ]  # fmt: skip
    tabs = [("", _("全部"), None), *((value, label, None) for value, label in InspectionState.choices)]
    return render(request, "institutions/inspections.html", {"columns": TABLE, "rows": lines, "page": page, "tabs": tabs})


@require_GET
@signed_in
def inspection_page(request: Request, number: int) -> HttpResponse:
    """One inspection: what was found each time, photos, what was mended."""
    actor = reader(request)
    try:
        row = get_inspection(actor, number)
    except (Inspection.DoesNotExist, OverflowError):
        raise NotVisible() from None
    context = {"inspection": row, "kind": KINDS[row.state], "rounds": rounds_of(actor, row), "events": history_of(actor, row), "result_kinds": RESULT_KINDS}
    return render(request, "institutions/inspection.html", context)


@require_GET
@signed_in
def record_file(request: Request, number: int, ending: str) -> HttpResponse:
    """The record of a round for signature, as docx or PDF."""
    actor = reader(request)
    try:
        row = get_round(actor, number)
    except (InspectionRound.DoesNotExist, OverflowError):
        raise NotVisible() from None
    place = names({row.region})[row.region]
    return paper_answer(lambda: inspection_record(with_photos(actor, [row])[0], place, content_of), ending, f"inspection-{row.inspection_id}-{row.number}")
