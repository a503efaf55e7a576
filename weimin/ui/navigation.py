"""The registry of the side navigation, the bell and the demonstration bar. Rooms register in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Who(Protocol):
    """What the frame needs to know of the actor: `weimin.walls.actor.Actor` has it."""

    @property
    def name(self) -> str: ...

    @property
    def role(self) -> str: ...


Count = Callable[[Who], int | None]

SECTIONS: dict[str, Words] = {
    "work": _("工作"),
    "build": _("建设"),
    "serve": _("服务"),
    "supervise": _("监督"),
    "assess": _("评估"),
    "manage": _("管理"),
    "help": _("帮助"),
    "demo": _("演示"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the navigation. `roles` None = everybody signed in; `count` gives the figure beside it."""

    url_name: str
    label: Words
    section: str
    roles: tuple[str, ...] | None
    order: int
    count: Count | None

    def shows_to(self, actor: Who) -> bool:
        return self.roles is None or actor.role in self.roles


@dataclass(frozen=True)
class Line:
    """An entry as one page shows it: address, words, figure, and whether it is where the reader is."""

    url: str
    label: Words
    count: int | None
    current: bool


_entries: dict[str, Entry] = {}
_bell: list[Entry] = []


def entry(
    url_name: str,
    *,
    label: Words,
    section: str,
    roles: Iterable[str] | None = None,
    order: int = 100,
    count: Count | None = None,
) -> None:
    """Adds a line to a section (key of SECTIONS; "demo" goes to the demonstration bar). The same url name again replaces it."""
    if section not in SECTIONS:
        raise ValueError(f"navigation section {section!r} is not one of {', '.join(SECTIONS)}")
    allowed = None if roles is None else tuple(roles)
    _entries[url_name] = Entry(url_name, label, section, allowed, order, count)


def bell(url_name: str, *, count: Count) -> None:
    """The page of messages behind the bell, and how many are unread. One room registers it."""
    _bell[:] = [Entry(url_name, _("消息"), "work", None, 0, count)]


def registered() -> list[Entry]:
    return in_order([*_entries.values(), *_bell])


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda item: (item.order, item.url_name))


def address(url_name: str) -> str:
    """The path of a url name; empty when no such page is mounted (the system check reports it)."""
    return _mounted(url_name, settings.ROOT_URLCONF, get_script_prefix())


@cache
def _mounted(url_name: str, _urls: str, _prefix: str) -> str:
    """Every page has fifty of them in its menu, and they never change."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def menu(actor: Who, path: str) -> list[tuple[str, Words, list[Line]]]:
    """(section key, label, lines) for this actor in the order of SECTIONS; the longest entry that starts `path` is current."""
    shown = [(item, address(item.url_name)) for item in in_order(_entries.values()) if item.shows_to(actor)]
    here = max((url for _item, url in shown if url and path.startswith(url)), key=len, default="")
    sections = []
    for key, label in SECTIONS.items():
        lines = [line(item, url, actor, here) for item, url in shown if item.section == key and url]
        if lines:
            sections.append((key, label, lines))
    return sections


def line(item: Entry, url: str, actor: Who, here: str) -> Line:
    return Line(url, item.label, item.count(actor) if item.count else None, url == here)


def bell_of(actor: Who) -> Line | None:
    """The bell with its figure, or None when no room registered one."""
    for item in _bell:
        if url := address(item.url_name):
            return line(item, url, actor, "")
    return None
