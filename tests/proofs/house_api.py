"""What the room of the API adds to the house of the tests: a program for each post, a webhook with a delivery in each township."""

from __future__ import annotations

from typing import Any

from django.test import Client

from weimin.accounts.models import Post
from weimin.actions.registry import ACTIONS
from weimin.api.scopes import room_of
from weimin.api.tests.builders import EVERYTHING, make_delivery, make_token, make_webhook, program
from weimin.residents.tests.builders import make_resident
from weimin.walls.actor import Actor


def program_of(actor: Actor) -> Client:
    """A program with every scope there is, in the post of the actor."""
    rooms = sorted({f"actions:{room_of(name)}.*" for name in ACTIONS})
    return program(make_token(Post.objects.get(pk=actor.post), [*EVERYTHING, *rooms]))


def api_things(township: int, mark: str) -> dict[str, Any]:
    webhook = make_webhook(township, name=f"{mark}平台")
    make_delivery(webhook, body={"note": mark})
    return {"webhook": webhook.pk, "resident": make_resident(township + 200, f"{mark}冉小红").pk}
