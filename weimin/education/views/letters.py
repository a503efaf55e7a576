"""The letter to residents: its versions, the text, where copies went."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.education.models import Letter
from weimin.education.papers import letter_paper
from weimin.education.queries.letters import copies, versions
from weimin.papers.answers import paper_answer
from weimin.sheets.export import export, watermark
from weimin.sites.importing import workbook
from weimin.ui.paging import part_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

COPIES = [
    Column(_("社区（村）"), "community", hint="township", main=True), Column(_("方式"), "way"), Column(_("次数"), "times", kind="number"),
    Column(_("份数"), "copies", kind="number"),
]  # fmt: skip
EXPORTED = [("township", _("乡镇")), ("community", _("社区（村）")), ("way", _("方式")), ("times", _("次数")), ("copies", _("份数"))]


@require_GET
@signed_in
def letters(request: Request) -> HttpResponse:
    """?version chooses an older one; ?excel=1 gives the copies by community."""
    actor, wanted = request.actor, request.GET.get("version", "")
    all_of_them = versions()
    letter = next((row for row in all_of_them if str(row.number) == wanted), all_of_them[0] if all_of_them else None)
    rows = copies(actor, letter)
    if request.GET.get("excel"):
        mark = watermark(actor.name, request.seat.label, timezone.now())
        return workbook(export([(key, str(label)) for key, label in EXPORTED], rows, title=str(_("一封信发放")), watermark=mark), "letters")
    page = part_of(rows, request.GET.get("cursor", ""))
    paragraphs = [part.strip() for part in letter.text.splitlines() if part.strip()] if letter else []
    context = {
        "letter": letter, "versions": all_of_them, "paragraphs": paragraphs, "columns": COPIES, "rows": page.rows, "page": page,
        "whole": sum(row["copies"] for row in rows),
    }  # fmt: skip
    return render(request, "education/letters.html", context)


@require_GET
@signed_in
def letter_file(request: Request, version: int, ending: str) -> HttpResponse:
    """One version as docx or PDF, to be printed."""
    letter = Letter.objects.filter(number=version).first() if version < 2**15 else None
    if letter is None:
        raise NotVisible()
    return paper_answer(lambda: letter_paper(letter), ending, f"letter-{letter.number}")
