"""The catalogue for those who work with it: list, one item, its versions, what differs, import, export, bundles."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from weimin.accounts.guard import signed_in
from weimin.actions.act import act, new_key
from weimin.actions.history import history_of
from weimin.actions.registry import ACTIONS
from weimin.catalogue import blanks, listing, papers
from weimin.catalogue.bundles import get_bundle, offered_bundles
from weimin.catalogue.files import in_files
from weimin.catalogue.forms import ImportItems
from weimin.catalogue.models import Item, ItemVersion, VersionState
from weimin.catalogue.queries import get_item, get_version, offered
from weimin.catalogue.saying import ELEMENTS, compare
from weimin.catalogue.vocabulary import WINDOWS, themes
from weimin.catalogue.workbook import to_workbook
from weimin.catalogue.writing import plan_import
from weimin.papers.answers import file_answer, paper_answer
from weimin.sheets.export import export, watermark
from weimin.ui.paging import part_of
from weimin.walls.errors import InputInvalid, NotAllowed, NotVisible, RuleBroken
from weimin.walls.request import Request
from weimin.walls.tenancy import here

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@signed_in
def items(request: Request) -> HttpResponse:
    """Filters live in the address; ?excel=1 gives what is shown as a workbook."""
    chosen = {name: value.replace("\x00", "") for name, value in request.GET.dict().items()}
    lines = listing.lines(chosen)
    if chosen.get("excel"):
        mark = watermark(request.actor.name, request.seat.label, timezone.now())
        columns = [(key, str(label)) for key, label in listing.EXPORTED]
        return file_answer(export(columns, map(listing.exported, lines), title=str(_("事项目录")), watermark=mark), XLSX, "items.xlsx")
    page = part_of(lines, chosen.get("cursor", ""), 25)
    context = {
        "columns": listing.COLUMNS, "rows": page.rows, "page": page, "chosen": chosen, "number": len(lines), "states": listing.STATES,
        "windows": [(key, str(label)) for key, label in WINDOWS.items()], "themes": [(word.key, word.label) for word in themes().values()],
    }  # fmt: skip
    return render(request, "catalogue/items.html", context)


def item_or_missing(number: int) -> Item:
    try:
        return get_item(number)
    except Item.DoesNotExist:
        raise NotVisible() from None


def version_or_missing(number: int) -> ItemVersion:
    try:
        return get_version(number)
    except ItemVersion.DoesNotExist:
        raise NotVisible() from None


@require_GET
@signed_in
def item_page(request: Request, number: int) -> HttpResponse:
    """One item as it is in force (else its newest version), with every version and its trail."""
    item = item_or_missing(number)
    versions = listing.versions_of(item)
    shown = item.current or next(iter(versions), None)
    if shown is None:
        raise NotVisible()
    draft = next((row for row in versions if row.state == VersionState.DRAFT), None)
    context = {"versions": versions, "draft": draft, "events": history_of(request.actor, item)}
    return render(request, "catalogue/item.html", page_of_version(shown, item) | context)


@require_GET
@signed_in
def version_page(request: Request, number: int) -> HttpResponse:
    """One version, and what it changes against the one in force."""
    version = version_or_missing(number)
    item = version.item
    against = item.current if item.current_id != version.pk else None
    changes = compare(against.content, version.content) if against is not None else []
    return render(request, "catalogue/version.html", {**page_of_version(version, item), "against": against, "changes": changes})


def page_of_version(version: ItemVersion, item: Item) -> dict[str, Any]:
    content = version.content
    elements = {element.name: (element.label, element.said(content)) for element in ELEMENTS}
    short = [(label, "、".join(lines)) for name, (label, lines) in elements.items() if name in listing.ASIDE and lines]
    return {
        "version": version,
        "item": item,
        "content": content,
        "elements": elements,
        "short": short,
        "tag": listing.TAGS[version.state],
        "materials": listing.materials_of(content),
    }


@require_GET
@signed_in
def compare_page(request: Request, number: int) -> HttpResponse:
    """Two versions of an item side by side: ?old= and ?new= are version numbers; the last two when they are not named."""
    item = item_or_missing(number)
    versions = listing.versions_of(item)
    known = {str(row.number): row for row in versions}
    new = known.get(request.GET.get("new", ""), versions[0] if versions else None)
    old = known.get(request.GET.get("old", ""), next((row for row in versions if new and row.number < new.number), new))
    if old is None or new is None:
        raise NotVisible()
    choices = [(str(row.number), str(row.number)) for row in versions]
    context = {"item": item, "old": old, "new": new, "choices": choices, "changes": compare(old.content, new.content)}
    return render(request, "catalogue/compare.html", context)


@require_GET
@signed_in
def paper(request: Request, number: int, kind: str, ending: str) -> HttpResponse:
    """The guide, the notice or the application form (empty, or as an example) of a version, as PDF or docx."""
    version = version_or_missing(number)
    build = {"guide": papers.guide, "notice": papers.notice, "blank": blanks.blank, "example": blanks.example}.get(kind)
    if build is None:
        raise NotVisible()
    return paper_answer(lambda: build(version, here().name), ending, f"{version.content.code}-{kind}")


@require_GET
@signed_in
def export_all(request: Request) -> HttpResponse:
    """What is in force, to be read by import as it is: a zip with a file for each window, or with ?excel=1 a workbook."""
    rows = offered()
    if request.GET.get("excel"):
        mark = watermark(request.actor.name, request.seat.label, timezone.now())
        return file_answer(to_workbook([row.content for row in rows], mark), XLSX, "catalogue.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for window in WINDOWS:
            for name, text in in_files(window, [row.content for row in rows if row.content.window == window]).items():
                archive.writestr(name, text)
    return file_answer(out.getvalue(), "application/zip", "catalogue.zip")


@require_http_methods(["GET", "POST"])
@signed_in
def import_page(request: Request) -> HttpResponse:
    """First what would change, then the import itself; the files travel with the second request, so what is written is what was shown."""
    actor, now = request.actor, timezone.now()
    if not ACTIONS["catalogue.import_items"].allows(actor):
        raise NotAllowed()
    if request.method != "POST":
        return show_import(request, ImportItems(actor=actor, now=now))
    form = ImportItems(request.POST, request.FILES, actor=actor, now=now)
    if "apply" in request.POST:
        try:
            receipt = act(actor, "catalogue.import_items", request.POST, request.POST.get("key") or new_key())
        except InputInvalid as invalid:
            return show_import(request, invalid.form, status=422)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            return show_import(request, form, status=422)
        return HttpResponseRedirect(receipt.next_url)
    if not form.is_valid():
        return show_import(request, form, status=422)
    plans = plan_import(form.cleaned_data["contents"])
    return show_import(request, form, plans=plans, several=json.dumps(form.cleaned_data["texts"], ensure_ascii=False))


def show_import(request: Request, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    plans = more.get("plans", [])
    counts = {kind: sum(row.kind == kind for row in plans) for kind in ("new", "changed", "same")}
    return render(
        request, "catalogue/import.html", {"form": form, "key": new_key(), "counts": counts, "back": reverse("catalogue:items"), **more}, status=status
    )


@require_GET
@signed_in
def bundle_list(request: Request) -> HttpResponse:
    """What can be done as one thing."""
    return render(request, "catalogue/bundles.html", {"bundles": offered_bundles()})


@require_GET
@signed_in
def bundle_page(request: Request, key: str) -> HttpResponse:
    """One thing: its items, and the papers of all of them, each once."""
    found = get_bundle(key)
    if found is None:
        raise NotVisible()
    rows = [{"material": listing.material_line(row.material), "codes": "、".join(row.codes)} for row in found.materials]
    return render(request, "catalogue/bundle.html", {"found": found, "rows": rows})
