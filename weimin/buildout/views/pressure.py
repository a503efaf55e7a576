"""Reward and accountability lists, stage bulletins: pages, Excel and papers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.buildout.models import Bulletin, Consequence
from weimin.buildout.papers_pressure import bulletin_paper, consequences_paper
from weimin.buildout.queries import pressure as queries
from weimin.buildout.queries.plans import get_plan
from weimin.buildout.rules_bulletin import next_day
from weimin.buildout.views.downloads import filters_of, workbook
from weimin.papers.answers import paper_answer
from weimin.ui.formats import yuan_figure
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

SIZE, MOST = 25, 50_000
STATE_KINDS = {"due": "warn", "decided": "ok", "waived": "off", "lapsed": "off"}
COLUMNS = [
    Column(_("站点"), "site", url="url", hint="label", main=True), Column(_("对象"), "person"), Column(_("依据"), "basis", minor=True), Column(_("内容"), "content"),
    Column(_("状态"), "state", kind="tag", hint="decided_by"), Column(_("办理"), template="buildout/_decide.html"),
]  # fmt: skip
EXCEL = [
    ("kind", _("种类")), ("site", _("站点")), ("label", _("规定")), ("person", _("对象")), ("basis", _("依据")), ("content", _("内容")), ("state_words", _("状态")),
    ("decided_by", _("决定人")), ("reason", _("理由")),
]  # fmt: skip
PLACES = [
    Column(_("名次"), "rank", kind="number"), Column(_("单位"), "name", main=True), Column(_("应建"), "wanted", kind="number"), Column(_("已提出"), "proposed", kind="number", minor=True),
    Column(_("已备案"), "filed", kind="number", minor=True), Column(_("已建成"), "built", kind="number"), Column(_("已验收"), "accepted", kind="number"),
]  # fmt: skip


def line(row: Consequence) -> dict[str, Any]:
    reward = row.kind == "reward"
    basis = (_now("按期完成") if reward else _now("逾期 %(days)d 天") % {"days": row.days_late}) if row.state != "lapsed" else "—"
    return {
        "row": row, "kind": str(row.get_kind_display()), "site": row.project.name, "url": reverse("buildout:project", args=[row.project_id]), "label": row.label,
        "person": row.person, "basis": basis, "content": content_of(row), "state": (row.get_state_display(), STATE_KINDS[row.state]),
        "state_words": str(row.get_state_display()), "decided_by": row.decided_by, "reason": row.reason,
    }  # fmt: skip


def content_of(row: Consequence) -> str:
    if row.kind == "reward":
        return _now("%(amount)s 元") % {"amount": yuan_figure(row.amount_fen)} if row.amount_fen else _now("金额待定") if row.state == "due" else _now("荣誉")
    said = "；".join(row.measures)
    return said + _now("（扣 %(points)s 分）") % {"points": f"{row.points:g}"} if row.points is not None else said


@require_GET
@signed_in
def consequences_page(request: Request, number: int) -> HttpResponse:
    """Rewards or accountability (?kind=); ?excel=1 gives what is shown as a workbook."""
    actor, chosen = request.actor, filters_of(request)
    plan = get_plan(actor, number)
    chosen["kind"] = "accountability" if chosen.get("kind") == "accountability" else "reward"
    found = queries.filter_consequences(actor, plan, chosen)
    if chosen.get("excel"):
        return workbook(request, EXCEL, [line(row) for row in found.order_by("region", "pk")[:MOST]], plan.title, f"consequences-{chosen['kind']}")
    page = page_of(found, ["region"], chosen.get("cursor", ""), SIZE)
    for row in page.rows:
        row.project.plan = plan  # its content is parsed once, not once a row
    context = {
        "plan": plan, "content": plan.content, "columns": COLUMNS, "rows": [line(row) for row in page.rows], "page": page, "chosen": chosen,
        "kinds": [("reward", _("奖励名单"), None), ("accountability", _("问责名单"), None)], "states": Consequence.State.choices,
    }  # fmt: skip
    return render(request, "buildout/consequences.html", context)


@require_GET
@signed_in
def consequences_file(request: Request, number: int, ending: str) -> HttpResponse:
    """Both lists as an official paper."""
    actor, today = request.actor, timezone.localdate()
    plan = get_plan(actor, number)
    rows = queries.filter_consequences(actor, plan, {}).order_by("region", "pk")
    return paper_answer(lambda: consequences_paper(plan, list(rows), today), ending, f"consequences-{plan.code}")


@require_GET
@signed_in
def bulletins_page(request: Request, number: int) -> HttpResponse:
    """What a bulletin would say today (?key=), and those that were issued."""
    actor, now = request.actor, timezone.now()
    plan = get_plan(actor, number)
    wanted = plan.content.bulletins
    item = next((item for item in wanted if item.key == request.GET.get("key")), wanted[0] if wanted else None)
    context: dict[str, Any] = {
        "plan": plan,
        "item": item,
        "columns": PLACES,
        "issued": queries.list_bulletins(plan),
        "kinds": [(row.key, row.label, None) for row in wanted],
    }
    if item is not None:
        today = queries.local_day(now)
        context["figures"] = queries.figures(actor, plan, item, today)
        context["day"] = next_day(plan.content, item, today)
        context["role"] = plan.content.role(item.issued_by)
    return render(request, "buildout/bulletins.html", context)


def get_bulletin(number: int) -> Bulletin:
    row = Bulletin.objects.select_related("plan").defer("plan__data").filter(pk=number).first()
    if row is None:
        raise NotVisible()
    return row


@require_GET
@signed_in
def bulletin_page(request: Request, number: int) -> HttpResponse:
    """One issued bulletin with the figures of its day."""
    row = get_bulletin(number)
    return render(request, "buildout/bulletin.html", {"bulletin": row, "plan": row.plan, "figures": row.figures, "columns": PLACES})


@require_GET
@signed_in
def bulletin_file(request: Request, number: int, ending: str) -> HttpResponse:
    row = get_bulletin(number)
    return paper_answer(lambda: bulletin_paper(row), ending, f"bulletin-{row.number}")
