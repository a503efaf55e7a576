"""Tokens and webhooks for tests of this room and of the whole house, and a program that calls with one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from weimin.accounts.models import Post
from weimin.api.models import Delivery, Token, Webhook
from weimin.api.scopes import SCOPES
from weimin.api.tokens import digest, new_secret
from weimin.walls.actor import system_actor
from weimin.walls.session import entered
from weimin.walls.tenancy import here

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
EVERYTHING = [scope.code for scope in SCOPES]
SECRET, ADDRESS = "an agreed secret", "https://receiver.example/weimin"


def make_token(post: Post, scopes: list[str] | None = None, **over: Any) -> str:
    """A token of a post, in force for a month from the clock's now; gives the secret."""
    secret, now = new_secret(here().code), timezone.now()
    facts = {"created_at": now, "expires_at": now + timedelta(days=30), "name": "县政务平台"} | over
    Token.objects.create(
        region=post.region, post=post, tail=secret[-4:], secret_hash=digest(secret), scopes=EVERYTHING if scopes is None else scopes,
        **facts,
    )  # fmt: skip
    return secret


def program(secret: str = "") -> Client:
    """Calls as another program does: a token and nothing else; without one, nobody."""
    return Client(headers={"Authorization": f"Bearer {secret}"} if secret else {})


def make_webhook(region: int, events: list[str] | None = None, **over: Any) -> Webhook:
    facts: dict[str, Any] = {"name": "县政务平台", "url": ADDRESS, "secret": SECRET, "created_at": NOW} | over
    return Webhook.objects.create(region=region, events=["sites.*"] if events is None else events, **facts)


def make_delivery(webhook: Webhook, **over: Any) -> Delivery:
    facts: dict[str, Any] = {"region": webhook.region, "event": "0" * 32, "action": "sites.correct", "body": {"id": "0" * 32}} | over
    with entered(system_actor()):
        return Delivery.objects.create(webhook=webhook, **{"next_at": NOW, "created_at": NOW, **facts})
