"""What a token may do: a handful of fixed scopes, and actions by name. A scope never gives what the post has not. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

CATALOGUE_READ, RESIDENTS_READ = "catalogue:read", "residents:read"
CASES_READ, CASES_WRITE = "cases:read", "cases:write"
HEALTH_EXCHANGE = "health:exchange"
ACTIONS = "actions:"
ALL_OF_A_ROOM = ".*"
# Who somebody is and what programs may do is never decided by a program: a leaked token must not make itself a second one.
SHOWING = "show_"
CLOSED_ROOMS = frozenset({"accounts", "api"})


@dataclass(frozen=True)
class Scope:
    """A fixed scope. `purpose` is the one that the post must have; `writes` = it does actions of that room."""

    code: str
    label: Any
    purpose: str = ""
    writes: str = ""


SCOPES = (
    Scope(CATALOGUE_READ, _("查服务事项")),
    Scope(RESIDENTS_READ, _("查居民（证件和电话遮盖）"), "residents"),
    Scope(CASES_READ, _("查办件"), "cases"),
    Scope(CASES_WRITE, _("办理办件"), "cases", "cases"),
    Scope(HEALTH_EXCHANGE, _("导出、导入健康档案数据包"), "health", "exchange"),
)
BY_CODE = {scope.code: scope for scope in SCOPES}


def room_of(action: str) -> str:
    return action.partition(".")[0]


def offered(purposes: Collection[str]) -> list[Scope]:
    """The fixed scopes that a post with these purposes can give."""
    return [scope for scope in SCOPES if not scope.purpose or scope.purpose in purposes or "*" in purposes]


def may_act(scopes: Collection[str], action: str) -> bool:
    """Whether the scopes open an action by its name, by its room, or by a fixed scope that writes there.

    What shows a full identifier is opened by its own name only.
    """
    room = room_of(action)
    if room in CLOSED_ROOMS:
        return False
    if f"{ACTIONS}{action}" in scopes:
        return True
    if action.startswith(f"{room}.{SHOWING}"):
        return False
    return f"{ACTIONS}{room}{ALL_OF_A_ROOM}" in scopes or any(BY_CODE[code].writes == room for code in scopes if code in BY_CODE)


def narrowed(purposes: frozenset[str], scopes: Iterable[str]) -> frozenset[str]:
    """The purposes that stay open: what a token does not ask for is behind the walls too.

    Who may act keeps the post's purposes, since an action reads whatever its rules need.
    """
    scopes = list(scopes)
    if any(code.startswith(ACTIONS) or (code in BY_CODE and BY_CODE[code].writes) for code in scopes):
        return purposes
    wanted = {BY_CODE[code].purpose for code in scopes if code in BY_CODE}
    return frozenset(purpose for purpose in purposes if purpose in wanted)


def label_of(code: str) -> str:
    """A scope in words: the fixed ones by their label, the others by the action's name."""
    return str(BY_CODE[code].label) if code in BY_CODE else code.removeprefix(ACTIONS)
