"""What the search page of the house finds here, for posts that have to do with health."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.health.models import HealthRecord
from weimin.health.rules_number import asked_number
from weimin.residents.searching import search
from weimin.ui.search import Hit, provider
from weimin.walls.actor import Actor


@provider("health", label=_("健康档案"), order=15)
def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    if not actor.has_purpose("health"):
        return []
    rows = HealthRecord.objects.visible_to(actor).select_related("resident")
    number = asked_number(text, actor.low, actor.high)
    found = list(rows.filter(number=number)) if number else []
    found = found or list(rows.filter(resident__in=search(actor, text, limit))[:limit])
    return [Hit(row.resident.name, f"{row.number} · {row.get_state_display()}", reverse("health:record", args=[row.pk])) for row in found]
