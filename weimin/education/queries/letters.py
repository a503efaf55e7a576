"""Reads of the letter: its versions, and the copies that went out by community."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum

from weimin.education.models import Letter, LetterDelivery
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.walls.actor import Actor


def versions() -> list[Letter]:
    """Latest first. The letter is a public text."""
    return list(Letter.objects.order_by("-number"))


def copies(actor: Actor, letter: Letter | None) -> list[dict[str, Any]]:
    """Copies of a version by community and way, most first. Two queries."""
    if letter is None:
        return []
    rows = LetterDelivery.objects.visible_to(actor).filter(letter=letter).order_by().values("region", "way").annotate(copies=Sum("copies"), times=Count("pk"))
    found = list(rows.order_by("region", "way"))
    known = names({row["region"] for row in found} | {township_of(row["region"]) for row in found})
    ways = dict(LetterDelivery._meta.get_field("way").flatchoices)
    return [row | {"community": known[row["region"]], "township": known[township_of(row["region"])], "way": str(ways[row["way"]])} for row in found]
