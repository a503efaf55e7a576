"""Turns the session into `request.actor`, ends idle sessions, and puts the request behind both walls."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from weimin.accounts.entrances import ENTRANCES
from weimin.accounts.guard import View, owed_page
from weimin.accounts.keys import ENROL, PERSON, POST, SEEN, STAMP
from weimin.accounts.models import Person
from weimin.accounts.queries import actor_in, person_with_seats
from weimin.actions.views import act_page, keep_lapsed
from weimin.walls.actor import Actor
from weimin.walls.request import Request
from weimin.walls.session import entered
from weimin.walls.tenancy import tenancy

BELOW = ("weimin.actions.", "weimin.regions.")
NOBODY = Actor(None, "", None, "", 1, 0)


def client_ip(request: Request) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def stamp_of(person: Person) -> str:
    return salted_hmac("weimin.accounts.session", person.password, algorithm="sha256").hexdigest()[:16]


def keep_alive(request: Request) -> bool:
    """False when the session has been idle too long; notes the time at most once a minute."""
    now, seen = int(time.time()), request.session.get(SEEN, 0)
    if now - seen > settings.IDLE_SECONDS:
        return False
    if now - seen > 60:
        request.session[SEEN] = now
    return True


def identify(request: Request) -> None:
    """Sets request.person, request.seats and request.actor; anonymous when the session names nobody.

    A path with an entrance of its own (`entrances`) does not look at the session. Whose password must change, or who still owes a second factor, is known by name but acts as nobody.
    """
    request.person, request.seats, request.seat, request.actor, request.lapsed = None, [], None, NOBODY, NOBODY
    for entrance in ENTRANCES:
        if (caller := entrance(request)) is not None:
            request.person, request.seats, request.seat = caller.person, caller.seats, next(iter(caller.seats), None)
            request.actor = caller.actor or NOBODY
            return
    number = request.session.get(PERSON)
    if number is None:
        return
    person, seats = person_with_seats(number, timezone.localdate())
    if person is None or request.session.get(STAMP, stamp_of(person)) != stamp_of(person):
        request.idle = person is not None
        request.session.flush()
        return
    chosen = next((seat for seat in seats if seat.post == request.session.get(POST)), seats[0] if seats else None)
    acts = chosen is not None and not person.must_change_password and not request.session.get(ENROL)
    actor = actor_in(person, chosen, ip=client_ip(request)) if chosen is not None and acts else NOBODY
    if keep_alive(request):
        request.person, request.seats, request.seat, request.actor = person, seats, chosen, actor
        return
    request.idle, request.lapsed = True, actor
    request.session.flush()


class ActorMiddleware:
    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        identify(request)
        return self.get_response(request)

    def process_view(self, request: Request, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """Rooms below this one cannot carry its guard; it stands here for them."""
        if view is act_page and request.method == "POST" and request.lapsed.person is not None:
            with entered(request.lapsed):
                keep_lapsed(request.lapsed, posted=request.POST, now=timezone.now(), **kwargs)
        return owed_page(request) if view.__module__.startswith(BELOW) else None


class WallMiddleware:
    """One transaction around the view and its template, entered for the actor; a 5xx leaves nothing behind."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if request.actor.person is None:
            return self.get_response(request)
        with entered(request.actor):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        tenancy.weimin_actor = None
        return response
