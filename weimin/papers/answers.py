"""Answers that are files: a paper as docx or PDF. Papers are in Chinese whatever the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import translation

from weimin.papers.content import Paper
from weimin.papers.docx import to_docx
from weimin.papers.pdf import to_pdf
from weimin.walls.errors import NotVisible

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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
