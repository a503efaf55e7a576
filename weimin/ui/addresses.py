"""What a browser never sends in an address is replaced before any filter reads it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NUL, UNKNOWN = "%00", "%EF%BF%BD"  # U+FFFD, the sign for what cannot be read


class CleanAddressMiddleware:
    """Puts the sign for the unreadable where the query has a NUL: PostgreSQL has no text with it, so that each filter would have to think of it by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace(NUL, UNKNOWN).replace("\x00", UNKNOWN)
        return self.get_response(request)
