"""Reads of the room's own pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Post
from weimin.accounts.queries import in_force, list_people
from weimin.accounts.roles import Role
from weimin.api.models import Delivery, DeliveryAttempt, Token, Webhook
from weimin.walls.actor import Actor

POSTS_FOUND = 20


def tokens_for(actor: Actor) -> QuerySet[Token]:
    """Those of one's own posts; for the administrator every one of the range. With post, person and place."""
    found = Token.objects.visible_to(actor).select_related("post__person", "created_by")
    return found if actor.role == Role.ADMINISTRATOR else found.filter(post__person=actor.person)


def posts_found(actor: Actor, text: str, on: date) -> list[Post]:
    """Posts in force of people whom the administrator looks for by name or login, with their person; at most 20."""
    people = list_people(actor, text=text)[:POSTS_FOUND]
    found = Post.objects.visible_to(actor).filter(in_force(on), person__in=[person.pk for person in people])
    return list(found.select_related("person").order_by("person__name", "pk")[:POSTS_FOUND])


def state_of(token: Token, now: datetime) -> tuple[Any, str]:
    """(words, kind of tag)."""
    if token.revoked_at is not None:
        return _("已收回"), "off"
    if now >= token.expires_at:
        return _("已到期"), "off"
    if not token.post.person.active or not token.post.in_force(timezone.localdate(now)):
        return _("岗位已结束"), "warn"
    return _("在用"), "ok"


def webhooks_for(actor: Actor) -> QuerySet[Webhook]:
    return Webhook.objects.visible_to(actor).select_related("created_by")


def deliveries_of(actor: Actor, webhook: Webhook) -> QuerySet[Any]:
    """What went to a webhook or is on its way, each with what the last try said."""
    last = DeliveryAttempt.objects.visible_to(actor).filter(delivery=OuterRef("pk")).order_by("-at", "-pk").values("detail")[:1]
    return Delivery.objects.visible_to(actor).filter(webhook=webhook).annotate(said=Subquery(last))
