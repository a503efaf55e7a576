"""Turns a refusal into its HTTP answer, as a page, a fragment for htmx, or problem+json."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from weimin.actions.said import COOKIE
from weimin.ui.problems import asks_for_json, problem
from weimin.walls.errors import Refusal
from weimin.walls.request import Request


def answer(request: Request, refusal: Refusal) -> HttpResponse:
    """The refusal's status and sentence; the sentence never says whether a hidden thing exists."""
    stranger = getattr(getattr(request, "actor", None), "person", None) is None
    public = getattr(request, "is_public", False)
    if stranger and not public and refusal.status in (403, 404) and request.method == "GET" and not asks_for_json(request):
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
    if asks_for_json(request):
        return problem(request, refusal.status, refusal.code, refusal)
    template = f"ui/{refusal.status}.html"
    sentence = "" if public and refusal.status == 404 else str(refusal)  # a resident has no post: the page says it in their words
    context = {"sentence": sentence, "number": getattr(request, "request_id", ""), "receipt": None if stranger or public else getattr(refusal, "receipt", None)}
    return render(request, template, context, status=refusal.status)


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        return answer(request, exception) if isinstance(exception, Refusal) else None


class SaidMiddleware:
    """What was said on a page is not said again on the next."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        answer = self.get_response(request)
        if getattr(request, "said_once", False):
            answer.delete_cookie(COOKIE)
        return answer
