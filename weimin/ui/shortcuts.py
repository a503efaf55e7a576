"""The registry of quick actions on the workbench. Rooms register in `AppConfig.ready()`, as they do for the navigation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from weimin.ui.navigation import Who, Words

SHOWN = 6


@dataclass(frozen=True)
class Shortcut:
    """One button of "常用". `arguments` complete the url name; `roles` None = everybody signed in."""

    url_name: str
    label: Words
    roles: tuple[str, ...] | None
    order: int
    arguments: tuple[str, ...]

    @property
    def url(self) -> str:
        """The path; empty when no such page is mounted."""
        try:
            return reverse(self.url_name, args=self.arguments)
        except NoReverseMatch:
            return ""


_shortcuts: dict[tuple[str, tuple[str, ...]], Shortcut] = {}


def shortcut(url_name: str, *, label: Words, roles: Iterable[str] | None = None, order: int = 100, arguments: Iterable[str] = ()) -> None:
    """Adds a quick action; the same page again replaces it. `shortcut("actions:act", arguments=["buildout.record_goal"], …)`."""
    given = tuple(arguments)
    allowed = None if roles is None else tuple(roles)
    _shortcuts[url_name, given] = Shortcut(url_name, label, allowed, order, given)


def shortcuts_of(actor: Who, limit: int = SHOWN) -> list[Shortcut]:
    """The quick actions of a post in order, only those whose page exists."""
    wanted = [item for item in _shortcuts.values() if item.roles is None or actor.role in item.roles]
    return [item for item in sorted(wanted, key=lambda item: (item.order, str(item.label))) if item.url][:limit]
