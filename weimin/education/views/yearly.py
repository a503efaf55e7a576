"""What institutions owe in a year, and the year of one: progress, activities, materials, notice boards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.attachments.models import Attachment
from weimin.attachments.subjects import subject_for
from weimin.education.models import Activity, Board, BoardIssue, Material
from weimin.education.papers import year_paper
from weimin.education.queries import yearly
from weimin.education.queries.activities import lines, midnight
from weimin.papers.answers import paper_answer
from weimin.regions.fields import townships
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.sheets.export import export, watermark
from weimin.sites.importing import workbook
from weimin.sites.models import Site
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

MOST = 200
MOST_EXPORTED = 2_000
ACTIVITIES = [
    Column(_("活动"), "subject", url="url", hint="venue", main=True),
    Column(_("形式"), "kind"),
    Column(_("时间"), "starts_at", kind="moment"),
    Column(_("人数"), "attendance", kind="number"),
    Column(_("状态"), "state", kind="tag"),
]
MATERIALS = [
    Column(_("资料"), "title", hint="topic", main=True),
    Column(_("类别"), "get_medium_display"),
    Column(_("库存"), "stock", kind="number"),
    Column("", "", kind="action", template="education/_move.html"),
]


def year_from(text: str, today: date) -> int:
    """The year that an address names, near this one; else this year."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and abs(int(text) - today.year) <= 10 else today.year


def find_site(actor: Actor, number: int) -> Site:
    try:
        return yearly.get_institution(actor, number)
    except (Site.DoesNotExist, OverflowError):
        raise NotVisible() from None


@require_GET
@signed_in
def years(request: Request) -> HttpResponse:
    """Every institution with what is behind, for those who follow them; ?excel=1 gives them all."""
    actor, chosen, now = request.actor, request.GET.dict(), timezone.now()
    today = timezone.localdate(now)
    year = year_from(chosen.get("year", ""), today)
    rows = yearly.institutions(actor, chosen)
    if chosen.get("excel"):
        return exported(request, list(rows.order_by("region", "pk")[:MOST_EXPORTED]), year)
    page = page_of(rows, ["region"], chosen.get("cursor", ""), 25)
    sites = list(page.rows)
    known = names({township_of(site.region) for site in sites})
    found = [(one, known[township_of(one.site.region)]) for one in yearly.years_of(actor, sites, year, today)]
    context = {
        "rows": found,
        "page": page,
        "chosen": chosen,
        "townships": townships(actor),
        "year": year,
        "years": [(y, y) for y in range(today.year - 2, today.year + 2)],
    }
    return render(request, "education/years.html", context)


def exported(request: Request, sites: list[Site], year: int) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    columns = [("name", str(_("机构")))]
    for key, label in yearly.LABELS.items():
        columns += [(f"{key}_whole", f"{label} {_('全年')}"), (f"{key}_done", f"{label} {_('已完成')}"), (f"{key}_missing", f"{label} {_('目前欠')}")]
    rows: list[dict[str, Any]] = []
    for one in yearly.years_of(actor, sites, year, timezone.localdate(now)):
        row: dict[str, Any] = {"name": one.site.name}
        for line in one.lines:
            row |= {f"{line.key}_whole": line.whole, f"{line.key}_done": line.done, f"{line.key}_missing": line.missing}
        rows.append(row)
    mark = watermark(actor.name, request.seat.label, now)
    return workbook(export(columns, rows, title=str(_("健康教育年度任务")), watermark=mark), "education-years")


def activities_of(actor: Actor, site: Site, year: int) -> list[Activity]:
    rows = Activity.objects.visible_to(actor).filter(
        institution=site.pk, starts_at__gte=midnight(date(year, 1, 1)), starts_at__lt=midnight(date(year + 1, 1, 1))
    )
    return list(rows.order_by("starts_at", "pk")[:MOST])


@require_GET
@signed_in
def year_page(request: Request, number: int) -> HttpResponse:
    """The year of one institution: owed, held, missing and by when; its activities in the order of the calendar."""
    actor, now = request.actor, timezone.now()
    today = timezone.localdate(now)
    site, year = find_site(actor, number), year_from(request.GET.get("year", ""), today)
    context = {
        "site": site, "year": yearly.year_of(actor, site, year, today), "columns": ACTIVITIES, "rows": lines(activities_of(actor, site, year), now),
        "before": year - 1, "after": year + 1,
    }  # fmt: skip
    return render(request, "education/year.html", context)


@require_GET
@signed_in
def year_file(request: Request, number: int, year: int, ending: str) -> HttpResponse:
    """The plan of a year as docx or PDF."""
    actor, today = request.actor, timezone.localdate()
    site, chosen = find_site(actor, number), year_from(str(year), today)
    return paper_answer(lambda: year_paper(yearly.year_of(actor, site, chosen, today), activities_of(actor, site, chosen)), ending, f"education-{chosen}")


@require_GET
@signed_in
def materials(request: Request, number: int) -> HttpResponse:
    """The materials of an institution with their stock, and its notice boards."""
    actor = request.actor
    site = find_site(actor, number)
    page = page_of(Material.objects.visible_to(actor).filter(institution=site.pk), ["medium", "title"], request.GET.get("cursor", ""), 50)
    boards = list(Board.objects.visible_to(actor).filter(institution=site.pk, removed_on__isnull=True).order_by("pk"))
    context = {"site": site, "columns": MATERIALS, "rows": page.rows, "page": page, "boards": boards, "today": timezone.localdate()}
    return render(request, "education/materials.html", context)


@require_GET
@signed_in
def board_page(request: Request, number: int) -> HttpResponse:
    """One notice board: its contents with photos, and by when it changes."""
    actor = request.actor
    try:
        board = Board.objects.visible_to(actor).get(pk=number)
    except (Board.DoesNotExist, OverflowError):
        raise NotVisible() from None
    label = BoardIssue._meta.label_lower
    issues = list(BoardIssue.objects.visible_to(actor).filter(board=board).order_by("-on")[:24])
    photos: dict[int, list[Attachment]] = {issue.pk: [] for issue in issues}
    for row in Attachment.objects.visible_to(actor).filter(subject_type=label, subject_id__in=photos, removed_at=None).order_by("pk"):
        photos[row.subject_id].append(row)
    shown = [(issue, photos[issue.pk], subject_for(label, issue)) for issue in issues]
    context = {"board": board, "issues": shown, "today": timezone.localdate(), "events": history_of(actor, board)}
    return render(request, "education/board.html", context)
