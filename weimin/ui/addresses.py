"""What a browser never sends in an address is replaced before any filter reads it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote_plus, unquote_plus

from django.http import HttpRequest, HttpResponse

NUL, UNKNOWN = "%00", "%EF%BF%BD"  # U+FFFD, the sign for what cannot be read
TYPED, LONGEST = ("text", "q", "code"), 100  # what somebody types to search, and the longest of it that is looked for
WIDE = ("%EF%BC", "%EF%BD")  # the rows of Unicode with full-width signs
# Full-width digits, letters and blanks, as a Chinese keyboard gives them, are looked for as plain ones; brackets and commas stay, names of items hold them.
PLAIN = {0xFEE0 + sign: sign for sign in map(ord, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")} | {0x3000: " "}


def tidied(query: str) -> str:
    """The query with what is searched for in plain letters, and cut: every link of a list repeats it."""
    return "&".join(shortened(pair) for pair in query.split("&"))


def shortened(pair: str) -> str:
    name, _equals, value = pair.partition("=")
    return f"{name}={quote_plus(unquote_plus(value).translate(PLAIN)[:LONGEST])}" if name in TYPED else pair


class CleanAddressMiddleware:
    """Puts the sign for the unreadable where the query has a NUL: PostgreSQL has no text with it, so that each filter would have to think of it by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace(NUL, UNKNOWN).replace("\x00", UNKNOWN)
        if len(query := request.META["QUERY_STRING"]) > LONGEST or any(row in query.upper() for row in WIDE):
            request.META["QUERY_STRING"] = tidied(query)
        return self.get_response(request)
