"""Pages as somebody in a post opens them, and every URL pattern of the house."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from weimin.accounts.keys import PERSON, POST, SEEN
from weimin.walls.actor import Actor

WHOLE_RUN = 6 * 3600  # nobody of the house falls asleep before the last test


def anonymous() -> Client:
    """A browser that nobody signed in with, at the current jurisdiction."""
    client = Client()
    client.cookies["weimin_jurisdiction"] = str(connection.tenant.code)
    return client


def client_of(actor: Actor) -> Client:
    """A browser in which this actor is signed in to the current jurisdiction."""
    client = anonymous()
    session = client.session
    session.update({PERSON: actor.person, POST: actor.post, SEEN: int(time.time()) + WHOLE_RUN})
    session.save()
    client.cookies["weimin_session"] = session.session_key
    return client


def act_url(name: str, target: Any) -> str:
    return f"/act/{name}/" + (f"{quote(str(target), safe=':')}/" if target is not None else "")


def draft_url(name: str, target: Any) -> str:
    return f"/act/{name}/draft/" + (f"{quote(str(target), safe=':')}/" if target is not None else "")


@dataclass(frozen=True)
class Address:
    """One URL pattern: its route as written in urls.py, and the view behind it."""

    route: str
    view: Any

    @property
    def takes(self) -> bool:
        return "<" in self.route

    def filled(self, **values: Any) -> str:
        url = self.route
        for name, value in values.items():
            start = url.index("<")
            end = url.index(">")
            assert url[start + 1 : end].split(":")[-1] == name, f"{self.route} wants {url[start : end + 1]}, not {name}"
            url = url[:start] + quote(str(value), safe=":") + url[end + 1 :]
        return "/" + url


def addresses() -> list[Address]:
    """Every URL pattern of the root urls, in order."""
    return list(walk(get_resolver().url_patterns, ""))


def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Address]:
    for pattern in patterns:
        assert isinstance(pattern.pattern, RoutePattern), f"{pattern}: write it with path(), so that its access can be tested"
        route = prefix + pattern.pattern._route
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield Address(route, pattern.callback)
