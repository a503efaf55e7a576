"""Display choices, language, the style sheet, and the gallery."""

from __future__ import annotations

import gzip
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from weimin.ui import gallery as samples
from weimin.ui.frame import CONTRAST_COOKIE, CONTRASTS, SIZE_COOKIE, SIZES
from weimin.ui.stylesheet import stylesheet_text

YEAR = 365 * 86400
FRAMES = {
    "phone": "ui/gallery/phone.html",
    "plain": "ui/gallery/plain.html",
    **{code: f"ui/{code}.html" for code in ("400", "403", "404", "409", "422", "500")},
}


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page named by `next` when it is ours, else to the start."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if ours and wanted.startswith("/") else "/")


def remember(request: HttpRequest, response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())


@require_POST
@login_not_required
def display(request: HttpRequest) -> HttpResponse:
    """Keeps letter size and contrast in cookies; anything else that is sent changes nothing."""
    response = back(request)
    for name, cookie, known in (("size", SIZE_COOKIE, SIZES), ("contrast", CONTRAST_COOKIE, CONTRASTS)):
        if (value := request.POST.get(name, "")) in known:
            remember(request, response, cookie, value)
    return response


@require_POST
@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the language in Django's cookie; an unknown one changes nothing."""
    response = back(request)
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES) and translation.check_for_language(wanted):
        remember(request, response, settings.LANGUAGE_COOKIE_NAME, wanted)
    return response


@lru_cache(maxsize=1)
def packed_stylesheet() -> bytes:
    return gzip.compress(stylesheet_text().encode(), 9, mtime=0)


@require_GET
@login_not_required
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The whole style sheet; the address changes with the content, so browsers keep it for a year. An old address gets the new text."""
    packed = "gzip" in request.headers.get("accept-encoding", "")
    response = HttpResponse(packed_stylesheet() if packed else stylesheet_text(), content_type="text/css; charset=utf-8")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; invented content."""
    return render(request, "ui/gallery.html", samples.context(timezone.localdate(), request.GET))


@require_GET
def gallery_cascade(request: HttpRequest) -> HttpResponse:
    """The fragment that the five-level cascade of the gallery asks for."""
    return render(request, "ui/gallery/cascade.html", {"levels": samples.levels(request.GET)})


@require_GET
def gallery_frame(request: HttpRequest, name: str) -> HttpResponse:
    """The other frames and the error pages, for looking at; they answer 200 here."""
    if name not in FRAMES:
        raise Http404(name)
    return render(request, FRAMES[name], {**samples.context(timezone.localdate(), request.GET), "number": "8f3c21d0"})
