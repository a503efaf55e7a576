"""What the search page of the house finds here: schools for whoever prevents disease, report cards for health posts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.epidemics.finding import cards, places
from weimin.flows.listing import in_queue_order
from weimin.ui.search import Hit, provider
from weimin.walls.actor import Actor


@provider("epidemics", label=_("疫情防控"), order=18)
def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    wanted = text.strip()[:40]
    if not wanted or "\x00" in wanted:
        return []
    schools = places(actor).filter(name__prefix=wanted).order_by("name", "pk")[:limit]
    hits = [Hit(row.name, str(row.get_kind_display()), reverse("epidemics:place", args=[row.pk])) for row in schools]
    if actor.has_purpose("health"):
        with in_queue_order():
            found = list(cards(actor).filter(name__prefix=wanted).order_by("name", "village", "pk")[:limit])
        hits += [Hit(row.name, f"{row.disease_words} · {row.get_state_display()}", reverse("epidemics:card", args=[row.pk])) for row in found]
    return hits[:limit]
