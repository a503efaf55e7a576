"""What the search page finds among regions of one's own range."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.regions.queries import search
from weimin.ui.search import Hit, provider
from weimin.walls.actor import Actor


@provider("regions", label=_("区划"), order=900)
def find_regions(actor: Actor, text: str, limit: int) -> list[Hit]:
    found = search(text, low=actor.low, high=actor.high, limit=limit)
    return [Hit(region.short, f"{region.get_kind_display()} {region.code}", reverse("regions:region", args=[region.code])) for region in found]
