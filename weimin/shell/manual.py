"""What a post may do, from the registry of actions: nobody writes this page, so no action is missing from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import ACTIONS, Action
from weimin.walls.actor import Actor

ROOMS: dict[str, Any] = {
    "accounts": _("人员与岗位"), "actions": _("办理"), "attachments": _("附件"), "buildout": _("建设"), "calendars": _("工作日历"),
    "flows": _("待办事项"), "indicators": _("指标"), "messages": _("消息"), "regions": _("区划"), "sites": _("站点"),
    "staffing": _("人员"), "trail": _("留痕"),
}  # fmt: skip
HAN = range(0x4E00, 0xA000)


@dataclass(frozen=True)
class Paragraph:
    """One action: label, what it does, labels of what is asked, and its page when it does not start from a record."""

    name: str
    label: Any
    says: str
    asks: list[Any]
    url: str


@dataclass(frozen=True)
class Chapter:
    """The actions of one room."""

    room: Any
    actions: list[Paragraph]


def chapters_of(actor: Actor) -> list[Chapter]:
    """Rooms in the order of their labels, actions in the order in which they were registered."""
    found: dict[str, list[Paragraph]] = {}
    for action in ACTIONS.values():
        if action.allows(actor):
            found.setdefault(action.name.partition(".")[0], []).append(paragraph(action))
    return [Chapter(room_label(room), actions) for room, actions in sorted(found.items())]


def paragraph(action: Action) -> Paragraph:
    asks = [field.label or name for name, field in action.form.base_fields.items()]
    url = reverse("actions:act", args=[action.name]) if action.find is None else ""
    return Paragraph(action.name, action.label, in_language(action.says), asks, url)


def in_language(text: str) -> str:
    """The docstring when it is in the language of the page; the label says enough otherwise."""
    chinese = any(ord(sign) in HAN for sign in text)
    return text if chinese == (get_language() or "").startswith("zh") else ""


def room_label(room: str) -> Any:
    """The name people know the room by; a new room is shown by its own until it is named here."""
    if room in ROOMS:
        return ROOMS[room]
    try:
        return apps.get_app_config(room).verbose_name
    except LookupError:
        return room
