"""A valid use of each action of the room."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.accounts.models import Post
from weimin.actions.examples import Example
from weimin.api.models import Token
from weimin.api.tests.builders import NOW, make_delivery, make_token, make_webhook
from weimin.walls.actor import Actor

TOKEN = {"name": "县政务平台", "fixed": ["catalogue:read"], "expires_on": "2026-12-31"}
WEBHOOK = {"name": "县政务平台", "url": "https://receiver.example/weimin", "events": "sites.*"}


def own_post(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return actor.post, dict(TOKEN)


def post_over(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    Post.objects.filter(pk=actor.post).update(ends_on=date(2026, 10, 31))
    return actor.post, dict(TOKEN)


def token(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    make_token(Post.objects.get(pk=actor.post))
    return Token.objects.latest("pk").pk, {"reason": "对接结束"}


def receiver(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return actor.post, dict(WEBHOOK)


def listening(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return make_webhook(region).pk, {}


def paused(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return make_webhook(region, paused_at=NOW).pk, {}


def given_up(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return make_delivery(make_webhook(region), state="failed").pk, {}


EXAMPLES = {
    "api.give_token": Example("township", own_post, wrong=post_over),
    "api.take_back_token": Example("township", token),
    "api.add_webhook": Example("administrator", receiver),
    "api.pause_webhook": Example("administrator", listening),
    "api.resume_webhook": Example("administrator", paused),
    "api.renew_webhook_secret": Example("administrator", listening),
    "api.send_again": Example("administrator", given_up),
}
