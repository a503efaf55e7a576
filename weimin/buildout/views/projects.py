"""Projects: the filtered list with Excel, one site's page, a township's choice of villages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.buildout.flow import SITE
from weimin.buildout.models import Project, ProjectState, Quota
from weimin.buildout.parts import parts_of
from weimin.buildout.queries import projects as queries
from weimin.buildout.queries.plans import Overview, get_plan
from weimin.flows.queries import is_watched
from weimin.flows.registry import FLOWS
from weimin.regions.queries import names
from weimin.sheets.export import export, watermark
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

COLUMNS = [
    ("township", _("乡镇")), ("village", _("所在地")), ("name", _("站点")), ("state", _("状态")), ("due_on", _("完成期限")),
    ("opened_on", _("开业日期")), ("accepted_on", _("验收日期")), ("subsidised_on", _("补助日期")), ("address", _("地址")),
]  # fmt: skip
TABLE = [
    Column(_("站点"), "name", url="url", hint="address", main=True),
    Column(_("乡镇"), "township"),
    Column(_("状态"), "state", kind="tag"),
    Column(_("完成期限"), "due_on", kind="day"),
    Column(_("开业"), "opened_on", kind="day", minor=True),
    Column(_("验收"), "accepted_on", kind="day", minor=True),
]
KINDS = {"open": "info", "accepted": "ok", "subsidised": "ok", "rectifying": "warn", "failed": "bad", "suspended": "warn", "closed": "off", "applied": "info"}


def line(project: Project, known: dict[int, str]) -> dict[str, object]:
    return {
        "name": project.name, "url": reverse("buildout:project", args=[project.pk]), "address": project.site.address if project.site else "",
        "township": known[project.township], "state": (project.get_state_display(), KINDS.get(project.state, "off")), "due_on": project.due_on,
        "opened_on": project.opened_on, "accepted_on": project.accepted_on,
    }  # fmt: skip


@require_GET
@signed_in
def project_list(request: Request, number: int) -> HttpResponse:
    """Filters live in the address; ?excel=1 gives exactly what is shown as a workbook."""
    actor, chosen = request.actor, request.GET.dict()
    plan = get_plan(actor, number)
    rows = queries.filter_projects(actor, plan.pk, chosen)
    if chosen.get("excel"):
        return workbook(request, queries.rows_for_export(rows), plan.title)
    page = page_of(rows, ["region"], chosen.get("cursor", ""), 25)
    known = names({row.township for row in page.rows})
    content = plan.content
    built = [tier for tier in content.tiers if tier.build]
    context = {
        "plan": plan, "columns": TABLE, "rows": [line(row, known) for row in page.rows], "page": page, "chosen": chosen,
        "tiers": [(tier.key, tier.label) for tier in built], "states": ProjectState.choices,
        "batches": [(batch.key, batch.label) for batch in content.batches],
        "townships": [(roll.code, roll.name) for roll in Overview(actor, plan, timezone.now()).townships(built[0])] if built else [],
    }  # fmt: skip
    return render(request, "buildout/project_list.html", context)


def workbook(request: Request, rows: list[dict[str, object]], title: str) -> HttpResponse:
    content = export(
        [(key, str(label)) for key, label in COLUMNS], rows, title=title, watermark=watermark(request.actor.name, request.seat.label, timezone.now())
    )
    response = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = "attachment; filename=projects.xlsx"
    return response


@require_GET
@signed_in
def project_page(request: Request, number: int) -> HttpResponse:
    """One site under its plan: life line, what is next and whose, place, people, money, acceptance, papers, trail."""
    actor, now = request.actor, timezone.now()
    try:
        project = queries.get_project(actor, number)
    except Project.DoesNotExist:
        raise NotVisible() from None
    steps = queries.steps_of(actor, project)
    open_step = next((step for step in steps if step.closed_at is None), None)
    known = names({project.region, project.township})
    parts = parts_of(actor, project, now)
    context = {
        "project": project, "plan": project.plan, "content": project.plan.content, "tier": project.plan.content.tier(project.tier),
        "stages": queries.life_line(project), "steps": steps, "open_step": open_step,
        "lamp": queries.lamp_of(open_step, now) if open_step else None, "watched": is_watched(actor, project), "evidence": queries.evidence_lines(actor, project),
        "village": known[project.region], "township": known[project.township], "actions": FLOWS[SITE].actions(project.state), "standard": project.plan.content.standard_of(project.tier),
        "parts": parts, "papers": [paper for part in parts.values() for paper in part.get("papers", [])], "facts": facts_of(project),
    }  # fmt: skip
    return render(request, "buildout/project.html", context)


def facts_of(project: Project) -> list[tuple[object, object]]:
    """The place in pairs for the side of the page."""
    site = project.site
    if site is None:
        return [(_("站址"), _("还没有提出"))]
    return [
        (_("地址"), site.address), (_("场所类型"), site.place), (_("免租金"), _("是") if site.rent_free else _("否")),
        (_("自付费用告知"), project.acknowledged_by), (_("面积（㎡）"), site.area), (_("开放时间"), site.opening_hours), (_("开业日期"), project.opened_on),
    ]  # fmt: skip


@require_GET
@signed_in
def quota_page(request: Request, number: int) -> HttpResponse:
    """How many stations a township still has to propose, and which villages are left."""
    try:
        quota = queries.get_quota(request.actor, number)
    except Quota.DoesNotExist:
        raise NotVisible() from None
    rows = list(queries.filter_projects(request.actor, quota.plan_id, {"tier": quota.tier, "township": str(quota.region)}))
    known = names({quota.region, *(row.region for row in rows)})
    tier = quota.plan.content.tier(quota.tier)
    proposed = sum(row.state not in ("wanted", "closed") for row in rows)
    context = {
        "quota": quota, "plan": quota.plan, "tier": tier, "rows": [line(row, {**known, row.township: known[quota.region]}) for row in rows],
        "columns": TABLE, "name": known[quota.region], "proposed": proposed, "missing": max(0, quota.wanted - proposed),
    }  # fmt: skip
    return render(request, "buildout/quota.html", context)
