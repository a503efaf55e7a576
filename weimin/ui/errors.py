"""The views behind `handler400` … `handler500` and a failed CSRF check: what happened, why, what to do next, a number to quote."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def number_of(request: HttpRequest) -> str:
    """The number that the log line of this request carries; a fresh one when nothing gave it one."""
    return str(getattr(request, "request_id", "") or secrets.token_hex(4))


def fault(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The page of a refusal; `sentence` replaces the general reason."""
    return render(request, f"ui/{status}.html", {"sentence": sentence, "number": number_of(request)}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return fault(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return fault(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return fault(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "ui/403_csrf.html", {"number": number_of(request)}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Touches neither database nor session: either may be what broke."""
    return HttpResponse(render_to_string("ui/500.html", {"number": number_of(request)}), status=500)
