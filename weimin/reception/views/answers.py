"""What the pages of this room share: a paper as PDF, a day out of the address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.utils import translation

from weimin.papers.content import Paper
from weimin.papers.pdf import to_pdf
from weimin.reception.queries import get_site
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible


def pdf_answer(build: Callable[[], Paper], name: str) -> HttpResponse:
    """`build` is called with Chinese switched on: papers are in Chinese whatever the reader's language."""
    with translation.override("zh-hans"):
        response = HttpResponse(to_pdf(build()), content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename={name}.pdf"
    return response


def day_of(text: str, otherwise: date) -> date:
    """A day typed as 2026-11-23, within ten years of the other; the other day when it cannot be read."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return found if abs((found - otherwise).days) < 3660 else otherwise


def site_of(actor: Actor, number: int) -> Site:
    try:
        return get_site(actor, number)
    except (Site.DoesNotExist, OverflowError):
        raise NotVisible() from None
