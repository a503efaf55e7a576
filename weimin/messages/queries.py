from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django_tenants.utils import get_public_schema_name

from weimin.messages.models import Attempt, Message
from weimin.messages.wording import words
from weimin.walls.actor import Actor
from weimin.walls.questions import Question
from weimin.walls.tenancy import tenancy

COUNT_LIMIT = 100


@dataclass(frozen=True)
class Line:
    """A message as its reader sees it."""

    pk: int
    words: str
    url: str
    created_at: datetime
    unread: bool
    to_desk: bool


def inbox(actor: Actor) -> QuerySet[Message]:
    """Messages to the person, and to the desk whose role the person holds now."""
    mine = Q(person_id=actor.person) if actor.person else Q(pk__in=())
    return Message.objects.visible_to(actor).filter(mine | Q(person=None, role=actor.role))


UNREAD = Question(
    Message,
    lambda rows, person, role: rows.filter(Q(person=person) | Q(person=None, role=role), read_at=None).order_by().values("pk")[:COUNT_LIMIT],
    int,
    str,
)


def unread_count(actor: Any) -> int:
    """Unread messages, counted up to 100 only: the bell says 99+. The province's own schema has no messages."""
    if tenancy.schema_name == get_public_schema_name():
        return 0
    return len(UNREAD(actor, actor.person or 0, actor.role))


def line_of(message: Message) -> Line:
    said = words(message.template, message.parameters, message.text)
    return Line(message.pk, said, message.url, message.created_at, message.read_at is None, message.person_id is None)


def delivery_log(actor: Actor, message: int) -> QuerySet[Attempt]:
    """The attempts for one message, oldest first."""
    return Attempt.objects.visible_to(actor).filter(outbox__message=message).select_related("outbox").order_by("at", "pk")
