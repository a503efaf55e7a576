"""A sheet of rows, each row one action: template, dry run with every fault named, then all rows or none.

The page keeps nothing on the server between trial and confirmation: the file comes back with the second request and is tried
again, so what is written is exactly what was tried.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from weimin.actions.act import new_key
from weimin.actions.registry import ACTIONS
from weimin.sheets.applying import apply_rows
from weimin.sheets.errors import FileRefused
from weimin.sheets.export import watermark
from weimin.sheets.marking import error_report
from weimin.sheets.template import Lists, template
from weimin.sheets.trial import Report, RowCheck, dry_run
from weimin.sites.forms import Import
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, RuleBroken
from weimin.walls.request import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = 3 * 1024 * 1024  # the file travels in the form a second time, a third larger
MOST_SHOWN = 100


@dataclass(frozen=True)
class SheetImport:
    """What one import page needs. `target` is the record that every row's action is done on, if any."""

    action: str
    title: Any
    version: str
    next_url: str
    target: Any = None
    lists: Callable[[Actor], Lists] = lambda actor: {}
    check_row: Callable[[], RowCheck] | None = None
    samples: list[dict[str, Any]] = field(default_factory=list)

    @property
    def form(self) -> type[forms.BaseForm]:
        return ACTIONS[self.action].form

    def try_out(self, actor: Actor, content: bytes, now: datetime) -> Report:
        given = {"actor": actor, "target": self.target, "now": now}
        return dry_run(content, self.form, form_kwargs=given, version=self.version, check_row=self.row_check(actor))

    def row_check(self, actor: Actor) -> RowCheck:
        """The room's own check after the one that every sheet with a place needs."""
        own = self.check_row() if self.check_row else None

        def check(cleaned: dict[str, Any]) -> str | dict[str, str] | None:
            place = cleaned.get("place")
            if isinstance(place, int) and not actor.covers(place):
                return {"place": _("这个区划不在您的管辖范围内。")}
            return own(cleaned) if own else None

        return check


def import_page(request: Request, sheet: SheetImport, now: datetime) -> HttpResponse:
    """GET: the page, or the template with ?template. POST: trial, error report, or the import itself, by the button pressed."""
    actor = request.actor
    if not ACTIONS[sheet.action].allows(actor):
        raise NotAllowed()
    if "template" in request.GET:
        return workbook(template(sheet.form, title=str(sheet.title), version=sheet.version, lists=sheet.lists(actor), samples=sheet.samples), "template")
    if request.method != "POST":
        return show(request, sheet, Import(actor=actor, now=now))
    form = Import(request.POST, request.FILES, actor=actor, now=now)
    try:
        content = content_of(request)
        report = sheet.try_out(actor, content, now)
        if "report" in request.POST:
            return workbook(error_report(content, report, mark=watermark(actor.name, request.seat.label, now)), "errors")
        if "apply" in request.POST:
            return apply(request, sheet, report, now)
    except (FileRefused, RuleBroken) as refused:
        form.add_error(None, str(refused))
        return show(request, sheet, form, status=422)
    tried = {"report": report, "content": base64.b64encode(content).decode(), "errors": report.errors[:MOST_SHOWN]}
    return show(request, sheet, Import(actor=actor, now=now), status=422 if report.errors else 200, **tried)


def content_of(request: Request) -> bytes:
    upload = request.FILES.get("file")
    if upload is not None:
        if (upload.size or 0) > LARGEST:
            raise FileRefused(_("表格不能超过 3 MB，请分成几个文件。"))
        return bytes(upload.read())
    try:
        return base64.b64decode(request.POST.get("content", ""), validate=True)
    except (binascii.Error, ValueError):
        raise FileRefused(_("请重新选择填好的表格。")) from None


def apply(request: Request, sheet: SheetImport, report: Report, now: datetime) -> HttpResponse:
    target = getattr(sheet.target, "pk", None)
    key = request.POST.get("key") or new_key()
    receipts = apply_rows(request.actor, sheet.action, report, key[:40], now=now, target_of=lambda row: target)
    return HttpResponseRedirect(f"{sheet.next_url}{'&' if '?' in sheet.next_url else '?'}imported={len(receipts)}")


def show(request: Request, sheet: SheetImport, form: Import, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"sheet": sheet, "form": form, "key": new_key(), **more}
    return render(request, "sites/import.html", context, status=status)


def workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename={name}.xlsx"
    return response
