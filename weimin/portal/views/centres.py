"""Where residents are served: every centre, and one with its hours, windows, who is on duty, promises and queue."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from weimin.catalogue.models import ItemVersion
from weimin.portal.entering import public_page
from weimin.portal.queries import centre_page, item_in_force, list_centres, townships_with_centres
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request


@require_GET
@public_page()
def centres(request: Request, who: Actor) -> HttpResponse:
    township = request.GET.get("township", "")
    chosen = int(township) if township.isascii() and township.isdigit() and len(township) == 12 else None
    item = item_of(request)
    context = {
        "code": request.tenant.code, "chosen": chosen, "townships": townships_with_centres(who), "centres": list_centres(who, chosen, item), "item": item,
    }  # fmt: skip
    return render(request, "portal/centres.html", context)


@require_GET
@public_page()
def centre(request: Request, who: Actor, number: int) -> HttpResponse:
    context = {"code": request.tenant.code, "page": centre_page(who, number, timezone.now()), "item": item_of(request)}
    return render(request, "portal/centre.html", context)


def item_of(request: Request) -> ItemVersion | None:
    """What somebody comes for, when the way here began at an item of the guide; an unknown code is as good as none."""
    code = request.GET.get("item", "").replace("\x00", "")[:10]
    try:
        return item_in_force(code) if code else None
    except NotVisible:
        return None


@require_GET
@public_page()
def queue(request: Request, who: Actor, number: int) -> HttpResponse:
    """The queue alone, which the page asks for again every half minute."""
    return render(request, "portal/_queue.html", {"code": request.tenant.code, "page": centre_page(who, number, timezone.now())})
