"""What the search page of the house finds here."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.regions.queries import names
from weimin.residents.queries import search
from weimin.secrets.masking import mask
from weimin.ui.search import Hit, provider
from weimin.walls.actor import Actor


@provider("residents", label=_("居民"), order=10)
def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    if not actor.has_purpose("residents"):
        return []
    rows = search(actor, text, limit)
    known = names({row.region for row in rows}) if rows else {}
    return [
        Hit(
            row.name,
            " · ".join([row.get_gender_display(), row.birth_on.isoformat(), known[row.region], mask("id_number", row.id_number or "", actor.role)]).rstrip(
                " ·"
            ),
            reverse("residents:resident", args=[row.pk]),
        )
        for row in rows
    ]
