"""Where residents are served: every centre, and one with its hours, windows, who is on duty, promises and queue."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from weimin.portal.entering import public_page
from weimin.portal.queries import centre_page, list_centres, townships_with_centres
from weimin.walls.actor import Actor
from weimin.walls.request import Request


@require_GET
@public_page()
def centres(request: Request, who: Actor) -> HttpResponse:
    township = request.GET.get("township", "")
    chosen = int(township) if township.isascii() and township.isdigit() and len(township) == 12 else None
    context = {
        "code": request.tenant.code, "chosen": chosen, "townships": townships_with_centres(who), "centres": list_centres(who, chosen),
    }  # fmt: skip
    return render(request, "portal/centres.html", context)


@require_GET
@public_page()
def centre(request: Request, who: Actor, number: int) -> HttpResponse:
    context = {"code": request.tenant.code, "page": centre_page(who, number, timezone.now())}
    return render(request, "portal/centre.html", context)


@require_GET
@public_page()
def queue(request: Request, who: Actor, number: int) -> HttpResponse:
    """The queue alone, which the page asks for again every half minute."""
    return render(request, "portal/_queue.html", {"code": request.tenant.code, "page": centre_page(who, number, timezone.now())})
