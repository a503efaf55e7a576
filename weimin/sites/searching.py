"""What the search page finds here: sites by the beginning of their name."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.sites.models import Site
from weimin.ui.search import Hit, provider
from weimin.walls.actor import Actor


@provider("sites", label=_("站点"), order=30)
def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    rows = Site.objects.visible_to(actor).filter(name__prefix=text).order_by("name")[:limit]  # type: ignore[arg-type]  # the search page passes an Actor
    return [Hit(site.name, f"{site.get_state_display()} {site.address}".strip(), reverse("sites:site", args=[site.pk])) for site in rows]
