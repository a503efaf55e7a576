"""What the search page of the house finds here, for posts that have to do with health."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.health.models import HealthRecord
from weimin.health.rules_number import LENGTH
from weimin.residents.searching import search
from weimin.ui.search import Hit, provider
from weimin.walls.actor import Actor


@provider("health", label=_("健康档案"), order=15)
def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    if not actor.has_purpose("health"):
        return []
    plain = text.replace(" ", "").replace("-", "")
    rows = HealthRecord.objects.visible_to(actor).select_related("resident")
    if len(plain) == LENGTH and plain.isascii() and plain.isdigit():
        found = rows.filter(number=plain)
    else:
        found = rows.filter(resident__in=search(actor, text, limit))
    return [Hit(row.resident.name, f"{row.number} · {row.get_state_display()}", reverse("health:record", args=[row.pk])) for row in found[:limit]]
