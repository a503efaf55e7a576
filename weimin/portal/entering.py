"""How residents come in who have not signed in: as a visitor of one jurisdiction, with the purposes that the page needs and no other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.views.decorators.gzip import gzip_page

from weimin.accounts.middleware import client_ip
from weimin.walls.actor import SYSTEM_ROLE, Actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request
from weimin.walls.session import entered
from weimin.walls.tenancy import here

View = Callable[..., HttpResponse]
VISITOR = "居民（网上）"  # text: data


def visitor(*purposes: str, ip: str = "") -> Actor:
    """The portal itself, acting for somebody at the other end of the line. What it reads is narrowed by a token, a number or
    what is public; what it writes is one of the few actions that the portal calls by name."""
    home = here()
    return Actor(None, VISITOR, None, SYSTEM_ROLE, home.low, home.high, frozenset(purposes), ip, "portal")


def public_page(*purposes: str) -> Callable[[View], View]:
    """A page without sign-in. The address names the jurisdiction; another one's host, or an unknown code, is missing.

    The visitor acts as nobody even when a colleague is signed in beside: what the public sees does not depend on a post.
    Pages go out packed, since the villages of a county alone are more than a slow line should carry.
    """

    def wrap(view: View) -> View:
        @gzip_page
        @wraps(view)
        def guarded(request: Request, code: int, *args: Any, **kwargs: Any) -> HttpResponse:
            request.is_public = True
            if request.tenant is None or request.tenant.code != code:
                raise NotVisible()
            who = visitor(*purposes, ip=client_ip(request))
            with entered(who):
                return view(request, who, *args, **kwargs)

        return guarded

    return wrap
