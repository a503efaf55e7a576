"""What the pages of this room share: who may look, a day out of the address, one record or 404."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist

from weimin.epidemics.models import HEALTH, PURPOSE
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.request import Request

Found = TypeVar("Found")


def for_epidemics(request: Request) -> Actor:
    """The actor, when the post has to do with epidemic control at all."""
    if not request.actor.has_purpose(PURPOSE):
        raise NotAllowed()
    return request.actor


def for_health(request: Request) -> Actor:
    """The actor, when the post may read who is ill."""
    if not request.actor.has_purpose(HEALTH):
        raise NotAllowed()
    return request.actor


def one(get: Callable[[Actor, int], Found], actor: Actor, number: int) -> Found:
    """The record, or the same 404 for hidden and missing."""
    try:
        return get(actor, number)
    except (ObjectDoesNotExist, OverflowError):
        raise NotVisible() from None


def day_of(text: str, today: date) -> date:
    """A past day within a year, or today."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today
    return found if today - timedelta(days=366) <= found <= today else today
