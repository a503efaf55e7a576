"""What was done is said once, on the page that comes next: a cookie carries the number of one's own receipt there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from weimin.actions.models import Receipt

COOKIE, SECONDS = "weimin_done", 60


def say_next(answer: HttpResponseBase, receipt: Receipt) -> None:
    """The next page of this browser shows the sentence of a receipt."""
    answer.set_cookie(COOKIE, str(receipt.pk), max_age=SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


class Said:
    """`said.words` of a template: the sentence, read when the page asks for it; "" without one. Somebody else's receipt says nothing."""

    def __init__(self, request: Any) -> None:
        self.request = request

    @property
    def words(self) -> str:
        number, actor = self.request.COOKIES.get(COOKIE, ""), getattr(self.request, "actor", None)
        if not (number.isascii() and number.isdigit() and len(number) < 19) or actor is None or actor.person is None:
            return ""
        self.request.said_once = True
        row = Receipt.objects.filter(pk=number, person=actor.person, region__isnull=False).only("message").first()
        return row.message if row else ""


def context(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"said": Said(request)}
