"""The registry of searches: each room that has something to find registers one provider; the search page asks them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from weimin.ui.navigation import Who


@dataclass(frozen=True)
class Hit:
    """One thing found: `title` is what it is called, `detail` one line (masked where personal), `url` its page."""

    title: str
    detail: str
    url: str


Provider = Callable[[Any, str, int], list[Hit]]  # the actor: a class of a room on the same floor
_providers: dict[str, tuple[str | Promise, int, Provider]] = {}


def provider(name: str, *, label: str | Promise, order: int = 100) -> Callable[[Provider], Provider]:
    """Decorator of `(actor, text, limit) -> [Hit]`; the function starts at `visible_to(actor)`. `label` heads its group."""

    def keep(function: Provider) -> Provider:
        _providers[name] = (label, order, function)
        return function

    return keep


def find(actor: Who, text: str, limit: int = 10) -> list[tuple[str | Promise, list[Hit]]]:
    """(label, hits) of each provider that found something, at most `limit` each; a blank text finds nothing."""
    wanted = " ".join(text.replace("\x00", "").split())[:100]
    if not wanted:
        return []
    groups = []
    for label, _order, function in sorted(_providers.values(), key=lambda kept: (kept[1], str(kept[0]))):
        if hits := function(actor, wanted, limit)[:limit]:
            groups.append((label, hits))
    return groups
