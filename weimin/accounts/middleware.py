"""Turns the session into `request.actor`, ends idle sessions, and puts the request behind both walls."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from weimin.accounts.models import Person
from weimin.accounts.queries import actor_in, seats_of
from weimin.walls.actor import Actor
from weimin.walls.session import entered

PERSON, POST, SEEN = "person", "post", "seen"
NOBODY = Actor(None, "", None, "", 1, 0)


def client_ip(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def keep_alive(request: HttpRequest) -> bool:
    """False when the session has been idle too long; notes the time at most once a minute."""
    now, seen = int(time.time()), request.session.get(SEEN, 0)
    if now - seen > settings.IDLE_SECONDS:
        return False
    if now - seen > 60:
        request.session[SEEN] = now
    return True


def identify(request: HttpRequest) -> None:
    """Sets request.person, request.seats and request.actor; anonymous when the session names nobody."""
    request.person, request.seats, request.actor = None, [], NOBODY  # type: ignore[attr-defined]
    number = request.session.get(PERSON)
    if number is None:
        return
    person = Person.objects.filter(pk=number, active=True).first()
    if person is None or not keep_alive(request):
        request.session.flush()
        return
    seats = seats_of(person, timezone.localdate())
    request.person, request.seats = person, seats  # type: ignore[attr-defined]
    chosen = next((seat for seat in seats if seat.post == request.session.get(POST)), seats[0] if seats else None)
    if chosen is not None:
        request.seat = chosen  # type: ignore[attr-defined]
        request.actor = actor_in(person, chosen, ip=client_ip(request))  # type: ignore[attr-defined]


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        identify(request)
        return self.get_response(request)


class WallMiddleware:
    """One transaction around the view and its template, entered for the actor; a 5xx leaves nothing behind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.actor.person is None:  # type: ignore[attr-defined]
            return self.get_response(request)
        with entered(request.actor):  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        connection.weimin_actor = None  # type: ignore[attr-defined]
        return response
