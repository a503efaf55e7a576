"""The page of every township and village, and how it is found."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from weimin.portal.entering import public_page
from weimin.portal.places import find_places, page_of_place, townships_here
from weimin.portal.views.centres import item_of
from weimin.walls.actor import Actor
from weimin.walls.request import Request


@require_GET
@public_page()
def places(request: Request, who: Actor) -> HttpResponse:
    """?q= finds townships and villages; without it every township stands there. `item`: what somebody comes for is kept on the way."""
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:60]
    found = find_places(who, text) if text else []
    context = {"code": request.tenant.code, "text": text, "found": found, "townships": [] if found else townships_here(), "item": item_of(request)}
    return render(request, "portal/places.html", context)


@require_GET
@public_page()
def place(request: Request, who: Actor, region: int) -> HttpResponse:
    """Without any purpose: what this page asks, the database answers without residents, cases and health."""
    item = item_of(request)
    page = page_of_place(who, region, timezone.now(), item)
    return render(request, "portal/place.html", {"code": request.tenant.code, "page": page, "item": item})
