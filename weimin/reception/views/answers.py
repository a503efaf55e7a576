"""What the pages of this room share: a paper as PDF, a day out of the address, the actor of public pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.utils import translation

from weimin.papers.content import Paper
from weimin.papers.pdf import to_pdf
from weimin.reception.queries import get_site
from weimin.sites.models import Site
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request


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


def public_actor(request: Request) -> Actor:
    """Who reads for a public page: the software, inside the jurisdiction that was asked. No jurisdiction, no page."""
    if getattr(request.tenant, "code", None) is None:
        raise NotVisible()
    return system_actor(request.tenant.low, request.tenant.high, channel="portal")
