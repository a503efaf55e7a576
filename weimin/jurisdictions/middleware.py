"""Finds the jurisdiction of a request: by host name, else by what the request itself names: the cookie that the sign-in page
sets, or what a higher room reads (`named_by`), for example the prefix of a token.

What is named opens nothing: it only says in which schema the session key or the token is looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from django.conf import settings
from django.db import connection
from django.http import HttpResponse

from weimin.jurisdictions.models import Domain, Jurisdiction
from weimin.walls.request import Request
from weimin.walls.tenancy import tenancy

COOKIE = "weimin_jurisdiction"
UPPER = "0"
# Written out, because building it anew with every request took longer than answering it.
FIND = """SELECT place.* FROM jurisdictions_jurisdiction place
LEFT JOIN jurisdictions_domain host ON host.tenant_id = place.id AND host.domain = %(host)s
WHERE host.id IS NOT NULL OR place.code = %(code)s ORDER BY host.id IS NULL LIMIT 1"""
MOST_KNOWN = 10_000  # hosts are typed by whoever asks
KNOWN: dict[tuple[str, int | None], tuple[Jurisdiction, float]] = {}  # until when (monotonic seconds) a row may be taken again
Naming = Callable[[Request], "int | None"]
NAMINGS: list[Naming] = []


def named_by(naming: Naming) -> Naming:
    """Registers a way in which a request names a jurisdiction by its code; None = it names none that way."""
    NAMINGS.append(naming)
    return naming


def named_code(request: Request) -> int | None:
    """The code that the request names: by a registered way, else by the cookie."""
    for naming in NAMINGS:
        if (code := naming(request)) is not None:
            return code
    named = request.COOKIES.get(COOKIE, "")
    return int(named) if named.isascii() and named.isdigit() and len(named) == 12 else None


def jurisdiction_of_host(request: Request) -> Jurisdiction | None:
    domain = Domain.objects.select_related("tenant").filter(domain=request.get_host().split(":")[0]).first()
    return domain.tenant if domain is not None else None


def known(host: str, code: int | None) -> Jurisdiction | None:
    """The row that was found for the same question a moment ago, else the database's."""
    found, until = KNOWN.get((host, code), (None, 0.0))
    if found is None or until < monotonic():
        found = next(iter(Jurisdiction.objects.raw(FIND, {"host": host, "code": code})), None)
        if found is not None and len(KNOWN) < MOST_KNOWN:
            KNOWN[host, code] = found, monotonic() + settings.JURISDICTION_SECONDS
    return found


def find_jurisdiction(request: Request) -> Jurisdiction | None:
    """The jurisdiction of the host; else the one the request names (cookie "0": the level above all); else the only one there is.

    Asked with every request: one query every few seconds when the host or the request names one.
    """
    chosen = known(request.get_host().split(":")[0], named_code(request))
    if chosen is not None or request.COOKIES.get(COOKIE) == UPPER:
        return chosen
    first_two = list(Jurisdiction.objects.all()[:2])
    return first_two[0] if len(first_two) == 1 else None


class JurisdictionMiddleware:
    """The request works in its jurisdiction's schema; afterwards the connection is where it was before (the public schema)."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        outer = connection.tenant  # type: ignore[attr-defined]
        tenancy.set_schema_to_public()
        jurisdiction = find_jurisdiction(request)
        request.tenant = jurisdiction
        if jurisdiction is not None:
            tenancy.set_tenant(jurisdiction)
        try:
            return self.get_response(request)
        finally:
            tenancy.set_tenant(outer)
