"""Writes on messages: reading them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from weimin.accounts.roles import Role
from weimin.actions.registry import Outcome, register
from weimin.messages.models import Message
from weimin.messages.queries import inbox
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class Inbox:
    """The actor's own messages as a place: the whole of the post's range."""

    region: int


def find_message(actor: Actor, pk: Any) -> Message:
    return inbox(actor).select_for_update(of=("self",)).get(pk=pk)


@register(
    "messages.mark_read", label=_("标为已读"), roles=tuple(Role.values), find=find_message,
    region=lambda target, data: target.region,
)  # fmt: skip
def mark_read(by: Actor, target: Message, data: dict[str, Any], now: datetime) -> Outcome:
    """把一条消息标为已读；已读的保持不变。"""
    if target.read_at is None:
        target.read_at, target.read_by_id = now, by.person
        target.save(update_fields=["read_at", "read_by"])
    return Outcome(target, message=_("已标为已读"))


@register(
    "messages.mark_all_read", label=_("全部标为已读"), roles=tuple(Role.values), find=lambda actor, pk: Inbox(actor.low),
    region=lambda target, data: target.region,
)  # fmt: skip
def mark_all_read(by: Actor, target: Inbox, data: dict[str, Any], now: datetime) -> Outcome:
    """把自己的消息全部标为已读。"""
    count = inbox(by).filter(read_at=None).update(read_at=now, read_by=by.person)
    said = ngettext("已将 %(count)d 条消息标为已读", "已将 %(count)d 条消息标为已读", count) % {"count": count}
    return Outcome(None, after={"read": count}, message=said)
