"""The page of imports, one import with its progress, the template and the marked file."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.act import new_key
from weimin.residents.importing.actions import IMPORTERS, ChooseForm, UploadForm, import_url
from weimin.residents.importing.form import VERSION, filled_in
from weimin.residents.models import Import, ImportFile, ImportMode, ImportState
from weimin.sheets.export import watermark
from weimin.trail.record import record
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.later import Later
from weimin.walls.request import Request

queries = Later("weimin.residents.importing.queries")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAGS = {
    ImportState.DONE: "ok", ImportState.REFUSED: "bad", ImportState.CANCELLED: "off", ImportState.CHECKED: "warn",
}  # fmt: skip
COLUMNS = [
    Column(_("文件"), "title", url="url", main=True),
    Column(_("上传人"), "person"),
    Column(_("上传时间"), "at", kind="moment"),
    Column(_("总行数"), "rows", kind="number"),
    Column(_("有错"), "faulty", kind="number", minor=True),
    Column(_("已写入"), "written", kind="number"),
    Column(_("状态"), "tag", kind="tag"),
]


def importer(request: Request) -> Actor:
    if request.actor.role not in IMPORTERS:
        raise NotAllowed()
    return request.actor


def mark_of(request: Request) -> str:
    return watermark(request.actor.name, request.seat.label, timezone.now())


def found(actor: Actor, number: int) -> Import:
    try:
        row: Import = queries.get_import(actor, number)
    except (Import.DoesNotExist, OverflowError):
        raise NotVisible() from None
    return row


@require_GET
@signed_in
def imports(request: Request) -> HttpResponse:
    """What was imported in the post's range, newest first, and the form for the next set."""
    actor = importer(request)
    page = page_of(queries.list_imports(actor), ["-uploaded_at", "-pk"], request.GET.get("cursor", ""), 25)
    rows = [line(row) for row in page.rows]
    form = UploadForm(actor=actor, now=timezone.now())
    return render(request, "residents/imports.html", {"columns": COLUMNS, "rows": rows, "page": page, "form": form, "key": new_key(), "version": VERSION})


def line(row: Import) -> dict[str, object]:
    return {
        "pk": row.pk, "title": row.title, "url": import_url(row.pk), "person": row.person_name, "at": row.uploaded_at, "rows": row.rows,
        "faulty": row.faulty, "written": row.written, "tag": (row.get_state_display(), TAGS.get(ImportState(row.state), "info")),
    }  # fmt: skip


@require_GET
@signed_in
def import_page(request: Request, number: int) -> HttpResponse:
    """How far it is, what is wrong with which cell, and the choice; asked again every two seconds while the worker is at it."""
    actor = importer(request)
    row = found(actor, number)
    form = ChooseForm(actor=actor, target=row, now=timezone.now(), initial={"mode": ImportMode.GOOD if row.faulty else ImportMode.ALL})
    context = {
        "row": row, "tag": (row.get_state_display(), TAGS.get(ImportState(row.state), "info")), "files": queries.files_of(actor, row),
        "faults": queries.first_faults(actor, row), "asked": row.state == ImportState.CHECKED and row.good > 0, "form": form, "key": new_key(),
    }  # fmt: skip
    return render(request, "residents/_import_progress.html" if "progress" in request.GET else "residents/import.html", context)


@require_GET
@signed_in
def import_template(request: Request) -> HttpResponse:
    return workbook(filled_in(importer(request), mark_of(request)), "residents")


@require_GET
@signed_in
def import_errors(request: Request, number: int, file: int) -> HttpResponse:
    """The file as it came with its bad cells marked. It holds full numbers: that it was taken out is on the trail."""
    actor = importer(request)
    row = found(actor, number)
    try:
        name, content = queries.report_of(actor, row, file, mark_of(request))
    except ImportFile.DoesNotExist:
        raise NotVisible() from None
    record(actor, "residents.import_errors", subject_type="residents.import", subject_id=row.pk, region=row.region, now=timezone.now(), after={"file": file})
    return workbook(content, f"errors-{name.rsplit('.', 1)[0]}")


def workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    answer["Cache-Control"] = "no-store"
    return answer
