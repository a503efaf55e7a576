"""What a browser never sends in an address is replaced before any filter reads it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote_plus, unquote_plus

from django.http import HttpRequest, HttpResponse

NUL, UNKNOWN = "%00", "%EF%BF%BD"  # U+FFFD, the sign for what cannot be read
TYPED, LONGEST = ("text", "q"), 100  # what somebody types to search, and the longest of it that is looked for


def cut(query: str) -> str:
    """The query with what is searched for cut: every link of a list repeats it."""
    return "&".join(shortened(pair) for pair in query.split("&"))


def shortened(pair: str) -> str:
    name, _equals, value = pair.partition("=")
    return f"{name}={quote_plus(unquote_plus(value)[:LONGEST])}" if name in TYPED else pair


class CleanAddressMiddleware:
    """Puts the sign for the unreadable where the query has a NUL: PostgreSQL has no text with it, so that each filter would have to think of it by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace(NUL, UNKNOWN).replace("\x00", UNKNOWN)
        if len(request.META["QUERY_STRING"]) > LONGEST:
            request.META["QUERY_STRING"] = cut(request.META["QUERY_STRING"])
        return self.get_response(request)
