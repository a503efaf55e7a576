"""Sites take photos and papers."""

from __future__ import annotations

from typing import Any

from weimin.attachments.subjects import register_subject
from weimin.sites.models import Site
from weimin.walls.actor import Actor


def find(actor: Actor, number: int) -> Any:
    return Site.objects.visible_to(actor).get(pk=number)


register_subject("sites.site", find=find, kinds=("photo", "document", "scan"))
