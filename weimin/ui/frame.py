"""What the frame of a page shows: who is here in which post, navigation, bell, display choices. Tolerates anonymous pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from weimin.ui.navigation import Line, Words, address, bell_of, menu

SIZES = ("normal", "large", "xlarge")
CONTRASTS = ("normal", "high")
SIZE_COOKIE, CONTRAST_COOKIE = "weimin_size", "weimin_contrast"


@dataclass(frozen=True)
class Choice:
    """One post that the person may take."""

    post: int
    label: str
    current: bool


class Frame:
    """Built once a request, each part only when a template asks for it: a fragment costs no navigation counts."""

    def __init__(self, request: HttpRequest, now: datetime) -> None:
        self.request, self.now = request, now
        self.actor: Any = getattr(request, "actor", None)

    @property
    def signed_in(self) -> bool:
        return getattr(self.actor, "person", None) is not None

    @property
    def name(self) -> str:
        return self.actor.name if self.signed_in else ""

    @cached_property
    def posts(self) -> list[Choice]:
        """`request.seats` (objects with `post` and `label`), set by the accounts middleware."""
        own = getattr(self.actor, "post", None)
        return [Choice(seat.post, seat.label, seat.post == own) for seat in getattr(self.request, "seats", ())]

    @cached_property
    def post(self) -> str:
        return next((choice.label for choice in self.posts if choice.current), "")

    @property
    def jurisdiction(self) -> str:
        return str(getattr(getattr(connection, "tenant", None), "name", "") or "")

    @property
    def demonstration(self) -> bool:
        return bool(getattr(settings, "DEMONSTRATION", False))

    @property
    def size(self) -> str:
        chosen = self.request.COOKIES.get(SIZE_COOKIE, "")
        return chosen if chosen in SIZES[1:] else ""

    @property
    def next_size(self) -> str:
        return SIZES[(SIZES.index(self.size or "normal") + 1) % len(SIZES)]

    @property
    def contrast(self) -> str:
        return "high" if self.request.COOKIES.get(CONTRAST_COOKIE) == "high" else ""

    @property
    def is_public(self) -> bool:
        """A page for residents without sign-in; its view says so on the request."""
        return bool(getattr(self.request, "is_public", False))

    @property
    def fault_base(self) -> str:
        """What the page of a refusal stands in: a fragment for htmx, the public frame, or the office's."""
        if getattr(self.request, "htmx", False):
            return "ui/fragment.html"
        return "ui/plain.html" if self.is_public else "ui/page.html"

    @property
    def here(self) -> str:
        """The address to come back to after a change of display; a POST comes back to its page."""
        return self.request.get_full_path()

    @cached_property
    def sections(self) -> list[tuple[str, Words, list[Line]]]:
        return menu(self.actor, self.request.path) if self.signed_in else []

    @cached_property
    def side(self) -> list[tuple[str, Words, list[Line]]]:
        return [section for section in self.sections if section[0] != "demo"]

    @cached_property
    def demo_lines(self) -> list[Line]:
        return next((lines for key, _label, lines in self.sections if key == "demo"), [])

    @cached_property
    def bell(self) -> Line | None:
        return bell_of(self.actor) if self.signed_in else None

    @property
    def search_url(self) -> str:
        return address("shell:search") if self.signed_in else ""

    @property
    def switch_url(self) -> str:
        return address("accounts:switch_post")

    @property
    def sign_out_url(self) -> str:
        return address("accounts:sign_out")

    @property
    def sign_in_url(self) -> str:
        return address("accounts:sign_in")


def frame_of(request: HttpRequest) -> Frame:
    return Frame(request, timezone.now())
