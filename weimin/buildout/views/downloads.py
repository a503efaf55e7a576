"""Filters out of the address, and answers that are files: a paper as docx or PDF, rows as a workbook. Papers are in Chinese whatever the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone, translation

from weimin.papers.content import Paper
from weimin.papers.docx import to_docx
from weimin.papers.pdf import to_pdf
from weimin.sheets.export import export, watermark
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def filters_of(request: Request) -> dict[str, str]:
    """The filters in the address; PostgreSQL takes no NUL in a text."""
    return {name: value.replace("\x00", "") for name, value in request.GET.dict().items()}


def file_answer(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename={name}"
    return response


def paper_answer(build: Callable[[], Paper], ending: str, name: str) -> HttpResponse:
    """`build` is called with Chinese switched on; `ending` is docx or pdf, anything else is not found."""
    with translation.override("zh-hans"):
        if ending == "docx":
            return file_answer(to_docx(build()), DOCX, f"{name}.docx")
        if ending == "pdf":
            return file_answer(to_pdf(build()), "application/pdf", f"{name}.pdf")
    raise NotVisible()


def workbook(request: Request, columns: list[Any], rows: Iterable[Mapping[str, Any]], title: str, name: str) -> HttpResponse:
    mark = watermark(request.actor.name, request.seat.label, timezone.now())
    return file_answer(export(columns, rows, title=title, watermark=mark), XLSX, f"{name}.xlsx")
