"""A valid use of each action of the room."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from weimin.actions.examples import Example
from weimin.messages.models import Message
from weimin.messages.sending import send
from weimin.walls.actor import Actor


def told(actor: Actor, region: int) -> Message:
    return send(actor.person or 0, region, "请在今天办理", "/flows/", timezone.now())


def reading(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return told(actor, region).pk, {}


def reading_all(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    told(actor, region)
    return None, {}


EXAMPLES = {
    "messages.mark_read": Example("township", reading),
    "messages.mark_all_read": Example("township", reading_all),
}
