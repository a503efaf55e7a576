"""The plans of the range and one plan with its villages, batches and list."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.examinations.models import ExaminationPlan, InvitationState
from weimin.examinations.queries.plans import Figures, batches_of, by_village, figures, get_plan, list_plans, people_of_plan
from weimin.health.models import Programme
from weimin.health.views.records import for_health
from weimin.regions.queries import names
from weimin.residents.rules_groups import age_on
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import seen
from weimin.walls.request import Request

COLUMNS = [
    Column(_("计划"), "title", url="url", hint="place", main=True),
    Column(_("状态"), "tag", kind="tag"),
    Column(_("应检"), "figures.target", kind="number"),
    Column(_("已邀请"), "figures.invited", kind="number", minor=True),
    Column(_("已体检"), "figures.examined", kind="number"),
    Column(_("异常"), "figures.abnormal", kind="number"),
    Column(_("已了结"), "figures.closed", kind="number"),
]
PEOPLE = [
    Column(_("姓名"), "name", url="url", hint="why", main=True),
    Column(_("性别"), "gender", minor=True),
    Column(_("年龄"), "age", kind="number"),
    Column(_("村（社区）"), "village"),
    Column(_("批次"), "batch"),
    Column(_("状态"), "tag", kind="tag"),
    Column(_("办理"), template="examinations/_invitation.html", kind="action"),
]
KINDS = {"examined": "ok", "came": "ok", "invited": "info", "absent": "warn", "refused": "bad", "listed": "warn", "withdrawn": "off"}


def plan_of(actor: Actor, number: int) -> ExaminationPlan:
    return seen(get_plan, actor, number)


@require_GET
@signed_in
def plans(request: Request) -> HttpResponse:
    """Plan by plan: how many are to be examined, were invited, came, what was found and closed."""
    actor = for_health(request)
    page = list_plans(actor, request.GET.get("cursor", ""))
    counted = figures(actor, page.rows)
    rows = [
        {
            "title": row.title, "url": f"/examinations/plans/{row.pk}/", "place": row.place, "figures": counted[row.pk],
            "tag": (row.get_state_display(), "ok" if row.state == "open" else "off"),
        }
        for row in page.rows
    ]  # fmt: skip
    imported = request.GET.get("imported", "")
    context = {"columns": COLUMNS, "rows": rows, "page": page, "imported": int(imported) if imported.isdecimal() and len(imported) < 7 else 0}
    return render(request, "examinations/plans.html", context)


@require_GET
@signed_in
def plan_page(request: Request, number: int) -> HttpResponse:
    """One plan by village, with its batches and everything that can be done with it."""
    actor = for_health(request)
    plan = plan_of(actor, number)
    villages = by_village(actor, plan)
    groups = [str(dict(Programme.choices).get(one, one)) for one in plan.groups]
    context = {"plan": plan, "villages": villages, "total": total([one for _code, one in villages]), "batches": batches_of(actor, plan), "groups": groups}
    return render(request, "examinations/plan.html", context)


def total(parts: list[Figures]) -> Figures:
    whole = Figures()
    for part in parts:
        whole.abnormal, whole.closed = whole.abnormal + part.abnormal, whole.closed + part.closed
        for state, number in part.by_state.items():
            whole.by_state[state] = whole.by_state.get(state, 0) + number
    return whole


@require_GET
@signed_in
def people(request: Request, number: int) -> HttpResponse:
    """The list of a plan, narrowed by the address to a state and a village."""
    actor, chosen = for_health(request), request.GET.dict()
    plan = plan_of(actor, number)
    page = people_of_plan(actor, plan, chosen)
    known = names({row.region for row in page.rows})
    context = {
        "plan": plan, "columns": PEOPLE, "rows": [person(row, plan, known) for row in page.rows], "page": page, "chosen": chosen,
        "states": InvitationState.choices, "villages": [(code, one.name) for code, one in by_village(actor, plan)],
    }  # fmt: skip
    return render(request, "examinations/people.html", context)


def person(row: Any, plan: ExaminationPlan, known: dict[int, str]) -> dict[str, Any]:
    """A line of the list; why somebody refused stands under the name, illnesses do not."""
    resident, row.plan = row.record.resident, plan
    return {
        "row": row, "name": resident.name, "url": f"/health/{row.record_id}/", "gender": resident.get_gender_display(), "age": age_on(resident.birth_on, plan.ends_on),
        "village": known[row.region], "batch": str(row.batch) if row.batch else "", "tag": (row.get_state_display(), KINDS[row.state]),
        "why": " ".join(part for part in (row.get_refusal_display(), row.refusal_note) if part),
    }  # fmt: skip
