"""What the search page finds here: items by the words people use."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.catalogue.queries import find_items
from weimin.catalogue.vocabulary import WINDOWS
from weimin.ui.search import Hit, provider
from weimin.walls.actor import Actor


@provider("catalogue", label=_("事项"), order=20)
def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    return [Hit(row.content.name, str(WINDOWS[row.content.window]), reverse("catalogue:item", args=[row.item_id])) for row in find_items(text, limit)]
