"""People who serve: the list and a person's page, candidates per site, filed lists per township, leading groups."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.attachments.queries import attachments_of
from weimin.attachments.subjects import subject_for
from weimin.regions.fields import townships
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.secrets.masking import mask
from weimin.sheets.export import export, watermark
from weimin.sites.importing import workbook
from weimin.sites.models import Site
from weimin.staffing import queries
from weimin.staffing.filing import lamp_of, township_lists
from weimin.staffing.models import Filing, LeadingGroup, Nomination, Worker
from weimin.staffing.panel import people_at
from weimin.staffing.requirements import Wanted, requirements_for, wanted_in
from weimin.staffing.rules import Candidates
from weimin.staffing.volunteering import holdings_of, posts_of, volunteering_of
from weimin.ui.paging import page_of, part_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

PEOPLE = [
    Column(_("姓名"), "name", url="url", hint="background", main=True),
    Column(_("手机号"), "phone"),
    Column(_("乡镇"), "township"),
    Column(_("所在地"), "village", minor=True),
    Column(_("现任"), "serving"),
    Column(_("证书"), "certificates", kind="number"),
]
EXPORTED = [
    ("name", _("姓名")),
    ("phone", _("手机号")),
    ("township", _("乡镇")),
    ("village", _("所在地")),
    ("background", _("来源人群")),
    ("serving", _("现任")),
    ("certificates", _("证书")),
]
SEATS = [("leader", _("组长")), ("deputy", _("副组长")), ("member", _("成员"))]
SERVING = [("yes", _("在任")), ("no", _("不在任"))]
PROGRESS = [("missing", _("推荐人数不够")), ("choosing", _("待考察和确定")), ("chosen", _("已确定"))]


@require_GET
@signed_in
def people(request: Request) -> HttpResponse:
    """Filters live in the address; ?excel=1 gives what is shown, phones masked, as a workbook."""
    actor, chosen = request.actor, request.GET.dict()
    rows = queries.filter_workers(actor, chosen)
    if chosen.get("excel"):
        mark = watermark(actor.name, request.seat.label, timezone.now())
        return workbook(
            export([(key, str(label)) for key, label in EXPORTED], queries.rows_for_export(actor, rows), title=str(_("服务人员")), watermark=mark), "people"
        )
    page = page_of(rows, ["region", "name"], chosen.get("cursor", ""), 25)
    context = {
        "columns": PEOPLE, "rows": queries.with_service(actor, page.rows), "page": page, "chosen": chosen, "townships": townships(actor), "serving": SERVING,
    }  # fmt: skip
    return render(request, "staffing/people.html", context)


@require_GET
@signed_in
def worker_page(request: Request, number: int) -> HttpResponse:
    """One person: phone masked, roles, where they serve and served, nominations, certificates, trail."""
    actor = request.actor
    try:
        worker = queries.get_worker(actor, number)
    except Worker.DoesNotExist:
        raise NotVisible() from None
    known = names({worker.region, township_of(worker.region)})
    words = dict(pair for site in queries.sites_of_worker(actor, worker) if (asks := requirements_for(site)) for pair in asks.roles)
    context = {
        "worker": worker, "village": known[worker.region], "township": known[township_of(worker.region)],
        "phone": mask("phone", worker.phone or "", actor.role), "roles": [words.get(role, role) for role in worker.roles],
        "service": queries.service_of(actor, worker), "holdings": holdings_of(actor, worker), "volunteering": volunteering_of(actor, worker),
        "kinds": queries.STATE_KINDS, "events": history_of(actor, worker), "facts": facts_of(worker),
    }  # fmt: skip
    return render(request, "staffing/worker.html", context)


def facts_of(worker: Worker) -> list[tuple[Any, Any]]:
    return [(_("性别"), worker.get_gender_display() if worker.gender else ""), (_("出生年份"), worker.birth_year), (_("来源人群"), worker.background)]


def progress_of(found: Candidates, wanted: Wanted) -> str:
    if found.chosen:
        return "chosen"
    return "missing" if found.put_forward < wanted.asks.least else "choosing"


@require_GET
@signed_in
def nominations(request: Request) -> HttpResponse:
    """Every site that needs somebody: how many are nominated of least and most, who is chosen."""
    actor, chosen = request.actor, request.GET.dict()
    wanted = wanted_in(actor)
    found = queries.candidates_of(actor, [row.site for row in wanted])
    lines = [(row, found.get(row.site, Candidates())) for row in sorted(wanted, key=lambda row: (row.region, row.site))]
    if chosen.get("township", "").isascii() and chosen.get("township", "").isdigit():
        lines = [(row, count) for row, count in lines if township_of(row.region) == int(chosen["township"])]
    if chosen.get("progress"):
        lines = [(row, count) for row, count in lines if progress_of(count, row) == chosen["progress"]]
    page = part_of(lines, chosen.get("cursor", ""))
    known = names({township_of(row.region) for row, _count in page.rows})
    rows = [
        {
            "wanted": row,
            "count": count,
            "progress": progress_of(count, row),
            "township": known[township_of(row.region)],
            "url": reverse("staffing:site", args=[row.site]),
        }
        for row, count in page.rows
    ]
    context = {"rows": rows, "page": page, "chosen": chosen, "townships": townships(actor), "progress": PROGRESS, "whole": len(lines)}
    return render(request, "staffing/nominations.html", context)


@require_GET
@signed_in
def nomination_page(request: Request, number: int) -> HttpResponse:
    """A step leads here; the candidate is shown among the others of the site."""
    try:
        nomination = queries.get_nomination(request.actor, number)
    except Nomination.DoesNotExist:
        raise NotVisible() from None
    return HttpResponseRedirect(f"{reverse('staffing:site', args=[nomination.site_id])}#nomination-{nomination.pk}")


@require_GET
@signed_in
def site_page(request: Request, number: int) -> HttpResponse:
    """The people of one site: candidates with their examination, who serves, what is next."""
    actor = request.actor
    try:
        site = queries.get_site(actor, number)
    except Site.DoesNotExist:
        raise NotVisible() from None
    known = names({site.region, township_of(site.region)})
    context = {
        "site": site, "part": people_at(actor, site), "posts": posts_of(actor, site), "nominations": queries.nominations_of(actor, site), "kinds": queries.STATE_KINDS,
        "village": known[site.region], "township": known[township_of(site.region)],
    }  # fmt: skip
    return render(request, "staffing/site.html", context)


@require_GET
@signed_in
def filings(request: Request) -> HttpResponse:
    """Per township: how many sites need somebody, how many are chosen and filed, and who has not filed."""
    now = timezone.now()
    lists = township_lists(request.actor)
    rows = [{"list": found, "lamp": lamp_of(found, now)} for found in lists]
    missing = sum(found.filed < found.wanted for found in lists)
    return render(request, "staffing/filings.html", {"rows": rows, "missing": missing})


@require_GET
@signed_in
def filing_page(request: Request, number: int) -> HttpResponse:
    actor = request.actor
    try:
        filing = queries.get_filing(actor, number)
    except Filing.DoesNotExist:
        raise NotVisible() from None
    rows = Nomination.objects.visible_to(actor).filter(filing=filing).select_related("worker", "site").order_by("region")
    context = {
        "filing": filing, "place": names({filing.region})[filing.region], "rows": rows, "files": attachments_of(actor, "staffing.filing", filing.pk),
        "subject": subject_for("staffing.filing", filing),
    }  # fmt: skip
    return render(request, "staffing/filing.html", context)


@require_GET
@signed_in
def groups(request: Request) -> HttpResponse:
    return render(request, "staffing/groups.html", {"groups": queries.list_groups()})


@require_GET
@signed_in
def group(request: Request, plan: int) -> HttpResponse:
    """Who leads, deputies, members with their posts and duties, the office (N11)."""
    try:
        found = queries.get_group(plan)
    except LeadingGroup.DoesNotExist:
        raise NotVisible() from None
    seats = [(label, [row for row in found.members.all() if row.seat == seat]) for seat, label in SEATS]
    return render(request, "staffing/group.html", {"group": found, "seats": [(label, rows) for label, rows in seats if rows]})
