"""How a session begins, moves between jurisdictions and ends. The session lives in the schema of its jurisdiction."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import rotate_token
from django.utils.http import url_has_allowed_host_and_scheme

from weimin.accounts.keys import ENROL, PERSON, POST, SEEN, STAMP
from weimin.accounts.middleware import stamp_of
from weimin.accounts.models import Person
from weimin.jurisdictions.middleware import COOKIE, UPPER
from weimin.jurisdictions.models import Jurisdiction
from weimin.walls.request import Request
from weimin.walls.tenancy import tenancy

YEAR = 365 * 86400


def move_to(request: Request, jurisdiction: Jurisdiction | None) -> None:
    """From here on the request works in this jurisdiction (None: the level above all of them)."""
    request.tenant = jurisdiction
    if jurisdiction is None:
        tenancy.set_schema_to_public()
    else:
        tenancy.set_tenant(jurisdiction)


def begin(request: Request, person: Person, *, post: int | None = None, enrol: bool = False) -> None:
    """A new session with a new key for a person who has proved who they are, in the schema of the request."""
    request.session.flush()
    values: dict[str, Any] = {PERSON: person.pk, POST: post, SEEN: int(time.time()), STAMP: stamp_of(person)}
    if enrol:
        values[ENROL] = True
    request.session.update(values)
    rotate_token(request)


def remember_jurisdiction(response: HttpResponse, jurisdiction: Jurisdiction | None) -> HttpResponse:
    value = str(jurisdiction.code) if jurisdiction else UPPER
    response.set_cookie(COOKIE, value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS)
    return response


def safe_next(request: Request) -> str:
    """The page to go to after signing in: a path of this site, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if allowed else ""
