"""Finds the jurisdiction of a request: by host name, or by cookie where the demonstration allows it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from weimin.jurisdictions.models import Domain, Jurisdiction

COOKIE = "weimin_jurisdiction"


def find_jurisdiction(request: HttpRequest) -> Jurisdiction | None:
    """The jurisdiction of the host; else the only one there is; else the one the cookie names (demonstration only)."""
    domain = Domain.objects.select_related("tenant").filter(domain=request.get_host().split(":")[0]).first()
    if domain is not None:
        return domain.tenant
    named = request.COOKIES.get(COOKIE, "")
    if named.isdigit() and settings.CHOOSE_JURISDICTION_BY_COOKIE:
        chosen = Jurisdiction.objects.filter(code=int(named)).first()
        if chosen is not None:
            return chosen
    first_two = list(Jurisdiction.objects.all()[:2])
    return first_two[0] if len(first_two) == 1 else None


class JurisdictionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.set_schema_to_public()
        jurisdiction = find_jurisdiction(request)
        request.tenant = jurisdiction  # type: ignore[attr-defined]
        if jurisdiction is not None:
            connection.set_tenant(jurisdiction)
        try:
            return self.get_response(request)
        finally:
            connection.set_schema_to_public()
