"""What the pages of this room share: who reads them, a paper as docx or PDF."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import translation

from weimin.institutions.readers import READERS
from weimin.papers.content import Paper
from weimin.papers.docx import to_docx
from weimin.papers.pdf import to_pdf
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.request import Request

FORMS = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (to_pdf, "application/pdf"),
}


def reader(request: Request) -> Actor:
    """The actor, when the post has to do with institutions at all."""
    if request.actor.role not in READERS:
        raise NotAllowed()
    return request.actor


def paper_answer(build: Callable[[], Paper], ending: str, name: str) -> HttpResponse:
    """`build` is called with Chinese switched on: papers are in Chinese whatever the reader's language."""
    if ending not in FORMS:
        raise NotVisible()
    make, kind = FORMS[ending]
    with translation.override("zh-hans"):
        response = HttpResponse(make(build()), content_type=kind)
    response["Content-Disposition"] = f"attachment; filename={name}.{ending}"
    return response
