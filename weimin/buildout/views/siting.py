"""Siting: candidate places with the question, import of places, one answer of the solver on a map."""

from __future__ import annotations

import base64
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from weimin.accounts.guard import signed_in
from weimin.actions.act import act, new_key
from weimin.actions.registry import ACTIONS
from weimin.buildout.forms_siting import GOALS, VERSION, CandidateForm, ImportForm, place_lists, tiers_of, try_out
from weimin.buildout.models import Candidate, Plan, SitingRun
from weimin.buildout.queries import siting as queries
from weimin.buildout.queries.plans import get_plan
from weimin.buildout.siting.question import proof_words
from weimin.regions.fields import townships
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.sheets.errors import FileRefused
from weimin.sheets.export import export, watermark
from weimin.sheets.marking import error_report
from weimin.sheets.template import template
from weimin.sites.importing import content_of, workbook
from weimin.ui.components.maps import Place, Tile
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import InputInvalid, NotAllowed
from weimin.walls.request import Request

TABLE = [
    Column(_("候选地点"), "name", hint="kind", main=True), Column(_("乡镇"), "township"), Column(_("村"), "village"),
    Column(_("周边人口"), "population", kind="number"), Column(_("条件"), "flags"), Column(_("状态"), "state", kind="tag"),
    Column("", template="buildout/_candidate_drop.html", kind="action"),
]  # fmt: skip
CHOSEN = [
    Column(_("建议地点"), "candidate.name", hint="kind", main=True), Column(_("乡镇"), "township"), Column(_("村"), "village"),
    Column(_("周边人口"), "candidate.population", kind="number"), Column(_("条件"), "flags"), Column(_("办理"), "next", kind="tag"),
]  # fmt: skip
EXPORTED: list[Any] = [
    ("township", _("乡镇")), ("village", _("村")), ("name", _("建议地点")), ("kind", _("场所类型")), ("population", _("周边人口")), ("rent_free", _("免租金")),
    ("gathering", _("人员集中")), ("transport", _("交通便利")), ("longitude", _("经度")), ("latitude", _("纬度")),
]  # fmt: skip
FLAG_WORDS = {"rent_free": _("免租金"), "gathering": _("人员集中"), "transport": _("交通便利")}
PIN_WORDS = {"green": _("建议新建"), "yellow": _("已在服务半径内"), "red": _("服务半径内没有站点"), "paused": _("已有站点")}
LEGEND = [(5, _("95% 以上")), (4, _("85%—95%")), (3, _("70%—85%")), (2, _("50%—70%")), (1, _("不到 50%")), (0, _("没有候选地点"))]
LEVELS = [(95, 5), (85, 4), (70, 3), (50, 2)]
MOST_SHOWN = 100


def flags_of(row: Candidate) -> str:
    return "、".join(str(words) for name, words in FLAG_WORDS.items() if getattr(row, name)) or "—"


def candidate_line(row: Candidate, known: dict[int, str], kinds: dict[str, str]) -> dict[str, Any]:
    state = (_now("已有站点"), "ok") if row.existing else (_now("演示数据"), "warn") if row.synthetic else (_now("候选"), "off")
    return {
        "pk": row.pk, "name": row.name, "kind": kinds.get(row.place_kind, ""), "township": known[township_of(row.region)], "village": known[row.region],
        "population": row.population, "flags": flags_of(row), "state": state, "candidate": row,
    }  # fmt: skip


def run_line(run: SitingRun) -> dict[str, Any]:
    return {"run": run, "proof": proof_words(run.status, run.answer.get("gap")), "goal": dict(GOALS)[run.question["goal"]]}


@require_GET
@signed_in
def siting_page(request: Request, number: int) -> HttpResponse:
    """Candidate places of a plan (filters in the address, ?tier=), the way to the question, and earlier answers."""
    actor, chosen = request.actor, request.GET.dict()
    if actor.role not in queries.READERS:
        raise NotAllowed()
    plan = get_plan(actor, number)
    page = page_of(queries.filter_candidates(actor, plan, chosen), ["region"], chosen.get("cursor", ""), 25)
    known = names({row.region for row in page.rows} | {township_of(row.region) for row in page.rows})
    kinds = {kind.key: kind.label for tier in tiers_of(plan) for kind in tier.place_kinds}
    tier = chosen.get("tier") or next((tier.key for tier in tiers_of(plan) if tier.level == "village"), "")
    context = {
        "plan": plan, "columns": TABLE, "rows": [candidate_line(row, known, kinds) for row in page.rows], "page": page, "chosen": chosen, "tier": tier,
        "tiers": [(tier.key, tier.label) for tier in tiers_of(plan)], "kinds": [*kinds.items()], "townships": townships(actor),
        "existing": [("yes", _("已有站点")), ("no", _("还没有站点"))], "runs": [run_line(run) for run in queries.list_runs(plan)],
    }  # fmt: skip
    return render(request, "buildout/siting.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def import_page(request: Request, number: int) -> HttpResponse:
    """GET: the page, or the template with ?template. POST: trial, the marked file, or the import itself."""
    actor, now = request.actor, timezone.now()
    if not ACTIONS["buildout.import_candidates"].allows(actor):
        raise NotAllowed()
    plan = get_plan(actor, number)
    if "template" in request.GET:
        return workbook(template(CandidateForm, title=_now("候选地点登记表"), version=VERSION, lists=place_lists(actor, plan)), "candidates")
    if request.method != "POST":
        return show_import(request, plan, ImportForm(actor=actor, target=plan, now=now))
    form = ImportForm(request.POST, request.FILES, actor=actor, target=plan, now=now)
    try:
        content = content_of(request)
        if "apply" in request.POST:
            return apply_import(request, plan, content)
        report = try_out(content, actor, plan, now)
    except FileRefused as refused:
        form = ImportForm(actor=actor, target=plan, now=now)
        return show_import(request, plan, form, status=422, refusal=str(refused))
    except InputInvalid as invalid:
        return show_import(request, plan, invalid.form, status=422)
    if "report" in request.POST:
        return workbook(error_report(content, report, mark=watermark(actor.name, request.seat.label, now)), "errors")
    tried = {"report": report, "content": base64.b64encode(content).decode(), "errors": report.errors[:MOST_SHOWN]}
    return show_import(request, plan, ImportForm(actor=actor, target=plan, now=now), status=422 if report.errors else 200, **tried)


def apply_import(request: Request, plan: Plan, content: bytes) -> HttpResponse:
    """The file as it was tried, through the one write path; "apply" carries what to do with bad rows."""
    file = SimpleUploadedFile("candidates.xlsx", content)
    data = {"mode": request.POST["apply"]}
    act(request.actor, "buildout.import_candidates", data, (request.POST.get("key") or new_key())[:40], target=plan.pk, files={"file": file})
    return HttpResponseRedirect(reverse("buildout:siting", args=[plan.pk]))


def show_import(request: Request, plan: Plan, form: ImportForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "buildout/siting_import.html", {"plan": plan, "form": form, "key": new_key(), **more}, status=status)


@require_GET
@signed_in
def run_page(request: Request, number: int) -> HttpResponse:
    """One answer: how far it is proven, map, townships, the places; ?excel=1 gives the places as a workbook."""
    actor = request.actor
    run = queries.get_run(actor, number)
    lines = queries.chosen_lines(actor, run)
    if request.GET.get("excel"):
        mark = watermark(actor.name, request.seat.label, timezone.now())
        return workbook(export(EXPORTED, queries.rows_for_export(lines), title=_now("选址方案"), watermark=mark), "siting")
    rows = queries.run_candidates(actor, run)
    ids, covered = set(queries.chosen_ids(run)), set(run.answer.get("covered", []))
    shares = queries.township_shares(rows, covered, ids)
    words, kind = proof_words(run.status, run.answer.get("gap"))
    context = {
        "run": run, "plan": run.plan, "tier": run.plan.content.tier(run.tier), "answer": run.answer, "question": run.question, "goal": dict(GOALS)[run.question["goal"]],
        "proof": words, "proof_kind": kind, "pins": [pin(row, ids, covered) for row in rows] + stands(actor, run), "pin_words": PIN_WORDS, "tiles": [tile(share) for share in shares],
        "legend": LEGEND, "columns": CHOSEN, "rows": [chosen_line(line) for line in lines], "synthetic": any(row.synthetic for row in rows),
        "whole": actor.covers(run.plan.region), "chosen": len(ids),
    }  # fmt: skip
    return render(request, "buildout/siting_run.html", context)


def pin(row: Candidate, chosen: set[int], covered: set[int]) -> Place:
    colour = "green" if row.pk in chosen else "paused" if row.existing else "yellow" if row.pk in covered else "red"
    return Place(float(row.longitude), float(row.latitude), row.name, colour, str(PIN_WORDS[colour]))


def stands(actor: Actor, run: SitingRun) -> list[Place]:
    """The sites that are under way or stand today, where their coordinates are known."""
    found = queries.settled(actor, run.plan, run.tier)
    known = names(found) if found else {}
    return [Place(where[1], where[0], known[region], "paused", str(PIN_WORDS["paused"])) for region, where in found.items() if where is not None]


def tile(share: queries.TownshipShare) -> Tile:
    level = next((level for least, level in LEVELS if share.share >= least), 1) if share.people else 0
    return Tile(share.name, f"{share.share}%", level, _now("新建 %(sites)d 个") % {"sites": share.sites})


def chosen_line(line: queries.Line) -> dict[str, Any]:
    if not line.open:
        following = (_now("已提出"), "ok")
    elif line.self_borne:
        following = (_now("先告知自付费用"), "warn")
    else:
        following = (_now("可以采纳"), "info")
    return {
        "candidate": line.candidate,
        "kind": line.kind,
        "township": line.township,
        "village": line.village,
        "flags": flags_of(line.candidate),
        "next": following,
    }
