"""Where a resident begins: which government, then what is needed."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from weimin.catalogue.vocabulary import life_events, themes
from weimin.jurisdictions.models import Jurisdiction
from weimin.portal.entering import public_page
from weimin.portal.queries import townships_with_centres
from weimin.walls.actor import Actor
from weimin.walls.request import Request


@require_GET
def jurisdictions(request: Request) -> HttpResponse:
    """Every government that has its portal here; the only one, or the one of the host, at once."""
    rows = list(Jurisdiction.objects.order_by("code"))
    known = request.tenant if request.tenant in rows else rows[0] if len(rows) == 1 else None
    if known is not None and "all" not in request.GET:
        return HttpResponseRedirect(reverse("portal:home", args=[known.code]))
    return render(request, "portal/jurisdictions.html", {"jurisdictions": rows})


@require_GET
@public_page()
def home(request: Request, who: Actor) -> HttpResponse:
    """Search, what happens in a life, themes, centres, and where an application is."""
    context = {
        "code": request.tenant.code, "events": life_events().values(), "themes": themes().values(),
        "townships": townships_with_centres(who),
    }  # fmt: skip
    return render(request, "portal/home.html", context)
