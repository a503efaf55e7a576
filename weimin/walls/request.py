"""What the middleware puts on every request, said once for the type checker. Nothing makes one: Django does, with its own class."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from weimin.walls.actor import Actor


class Request(HttpRequest):
    """A request after the middleware. `person`, `seats`, `seat` and `tenant` are classes of rooms above this one.

    tenant: the jurisdiction, None for the level above all of them. person: who is signed in, or None. seats: the posts in
    force of that person; seat: the one chosen. actor: who acts, nobody when `actor.person` is None. is_public: a page for
    residents without sign-in (weimin.portal.entering). Calls of the API also have the scopes of their token, and as `fault` the
    sentence why it opens nothing. lapsed: who acted until the session ended for idleness; never lets anything be done, only says whose draft it is.
    """

    tenant: Any
    person: Any
    seats: list[Any]
    seat: Any
    actor: Actor
    idle: bool
    lapsed: Actor
    request_id: str
    scopes: list[str]
    fault: str
    is_public: bool
