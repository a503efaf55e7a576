"""The first line of every page that is not public: who is not signed in goes to the sign-in page and comes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from weimin.accounts.keys import ENROL
from weimin.walls.request import Request

View = Callable[..., HttpResponse]


def to_sign_in(request: Request) -> HttpResponse:
    """302 to the sign-in page with the way back; htmx is told to load the whole page instead of a fragment."""
    back = request.get_full_path() if request.method == "GET" else page_before(request)
    query = {"next": back} | ({"idle": "1"} if getattr(request, "idle", False) else {})
    url = reverse("accounts:sign_in") + "?" + urlencode(query)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def page_before(request: Request) -> str:
    """The page of this site on which a form was sent, as its own path; "/" when the browser does not say."""
    said = urlsplit(request.headers.get("referer", ""))
    ours = said.netloc == request.get_host() and said.path.startswith("/") and not said.path.startswith(("//", "/\\"))
    return urlunsplit(("", "", said.path, said.query, "")) if ours else "/"


def known(view: View) -> View:
    """Only the person must be known: for one's own page, which also serves people without a post in force."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.person is None:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.needs_sign_in = True  # type: ignore[attr-defined]
    return guarded


def owed_page(request: Request) -> HttpResponse | None:
    """Where somebody must go before anything else: signing in, a new password, a second factor; None when nothing is owed."""
    person = request.person
    if person is None:
        return to_sign_in(request)
    if person.must_change_password:
        return HttpResponseRedirect(reverse("accounts:change_password"))
    if request.actor.person is None:
        return HttpResponseRedirect(reverse("accounts:second_factor" if request.session.get(ENROL) else "accounts:me"))
    return None


def signed_in(view: View) -> View:
    """Anonymous people are redirected; who owes a new password or a second factor may only do that; nobody without a post passes."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return owed_page(request) or view(request, *args, **kwargs)

    guarded.needs_sign_in = True  # type: ignore[attr-defined]
    return guarded
