"""The hall of a centre from anywhere: the calling screen for a television, and a ticket on the telephone of whoever waits.

Neither has a session; the address names the government, as it does in every QR code.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.portal.entering import public_page
from weimin.reception.views.queue import screen_context, waiting_context
from weimin.walls.actor import Actor
from weimin.walls.request import Request


@require_GET
@never_cache
@public_page()
def screen(request: Request, who: Actor, number: int) -> HttpResponse:
    """The calling screen in the hall. It runs by itself; nothing on it needs a hand."""
    return render(request, "reception/screen.html", {"code": request.tenant.code, **screen_context(who, number)})


@require_GET
@never_cache
@public_page()
def screen_part(request: Request, who: Actor, number: int) -> HttpResponse:
    """What the screen asks for every few seconds; 204 while nothing has changed (?seen=), so that nothing is spoken twice."""
    context = screen_context(who, number)
    if request.GET.get("seen") == context["version"]:
        return HttpResponse(status=204)
    return render(request, "reception/_screen.html", {"code": request.tenant.code, **context})


@require_GET
@never_cache
@public_page()
def waiting(request: Request, who: Actor, token: str) -> HttpResponse:
    return render(request, "reception/waiting.html", waiting_context(who, token))
