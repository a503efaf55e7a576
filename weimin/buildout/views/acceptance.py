"""Records of acceptance as papers; sites that stood before the plan, with their import."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from weimin.accounts.guard import signed_in
from weimin.buildout.models import Acceptance, Plan, Project
from weimin.buildout.papers_acceptance import acceptance_record
from weimin.buildout.queries.acceptance import content_of, get_acceptance, rounds_with_photos
from weimin.buildout.queries.plans import get_plan
from weimin.papers.docx import to_docx
from weimin.papers.pdf import to_pdf
from weimin.regions.queries import names
from weimin.sheets.template import Lists
from weimin.sites.importing import SheetImport, import_page
from weimin.sites.views import place_lists
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

FORMS = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (to_pdf, "application/pdf"),
}
EXISTING = [
    Column(_("站点"), "name", url="url", hint="address", main=True),
    Column(_("乡镇"), "township"),
    Column(_("所在地"), "village"),
    Column(_("开放日期"), "opened_on", kind="day"),
]


@require_GET
@signed_in
def acceptance_file(request: Request, number: int, ending: str) -> HttpResponse:
    """The record of a round that was inspected, as docx or PDF."""
    actor = request.actor
    try:
        row = get_acceptance(actor, number)
    except Acceptance.DoesNotExist:
        raise NotVisible() from None
    if ending not in FORMS or not row.outcome:
        raise NotVisible()
    project = row.project
    known = names({project.township, project.region})
    place = known[project.township] if project.township == project.region else f"{known[project.township]}{known[project.region]}"
    make, kind = FORMS[ending]
    response = HttpResponse(make(acceptance_record(rounds_with_photos(actor, [row])[0], place, content_of)), content_type=kind)
    response["Content-Disposition"] = f"attachment; filename=acceptance-{project.pk}-{row.round}.{ending}"
    return response


@require_GET
@signed_in
def existing_page(request: Request, number: int) -> HttpResponse:
    """The sites that stood before the plan, against the number that the plan itself states."""
    actor = request.actor
    plan = get_plan(actor, number)
    rows = Project.objects.visible_to(actor).filter(plan=plan, site__existing=True).exclude(state="closed").select_related("site")
    page = page_of(rows, ["region"], request.GET.get("cursor", ""), 50)
    known = names({row.township for row in page.rows} | {row.region for row in page.rows})
    lines = [
        {
            "name": row.name, "url": reverse("buildout:project", args=[row.pk]), "address": row.site.address, "township": known[row.township],
            "village": known[row.region], "opened_on": row.opened_on,
        }
        for row in page.rows
    ]  # fmt: skip
    stated = sum(tier.own_count.existing for tier in plan.content.tiers if tier.own_count)
    context = {
        "plan": plan,
        "columns": EXISTING,
        "rows": lines,
        "page": page,
        "count": rows.count(),
        "stated": stated,
        "imported": request.GET.get("imported", ""),
    }
    return render(request, "buildout/existing.html", context)


def lists_for(plan: Plan, actor: Actor) -> Lists:
    return {**place_lists(actor), "tier": [tier.label for tier in plan.content.tiers if tier.build]}


@require_http_methods(["GET", "POST"])
@signed_in
def import_existing(request: Request, number: int) -> HttpResponse:
    """The sites that stood before the plan, from a sheet."""
    plan = get_plan(request.actor, number)
    sheet = SheetImport(
        "buildout.register_existing", _("原有站点登记表"), "2026-1", reverse("buildout:existing", args=[plan.pk]), target=plan,
        lists=lambda actor: lists_for(plan, actor),
    )  # fmt: skip
    return import_page(request, sheet, timezone.now())
