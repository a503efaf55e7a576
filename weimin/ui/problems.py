"""Errors of the API as RFC 9457 says: application/problem+json, with the sentence in the reader's language and the number of the request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:weimin:problem:"  # an identifier to compare, not an address to open
API = "/api/"


def asks_for_json(request: HttpRequest) -> bool:
    """Whether a program asks: it gets a problem instead of a page."""
    return request.path.startswith(API) or request.headers.get("accept", "").startswith("application/json")


def problem(
    request: HttpRequest, status: int, code: str, sentence: Any, *, title: Any = "", errors: Sequence[dict[str, str]] = (),
) -> HttpResponse:  # fmt: skip
    """One problem. `code` is the machine's word, `sentence` what a person reads, `errors` one entry for each wrong field."""
    body: dict[str, Any] = {"type": TYPE + code, "title": str(title or code), "status": status, "detail": str(sentence)}
    body |= {"code": code, "request": getattr(request, "request_id", "")}
    if errors:
        body["errors"] = list(errors)
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})
