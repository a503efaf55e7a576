"""What the search page of the house finds here, for posts that have to do with health."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.referrals.desks import seen_by
from weimin.residents.searching import search
from weimin.ui.search import Hit, provider
from weimin.walls.actor import Actor


@provider("referrals", label=_("双向转诊"), order=16)
def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    if not actor.has_purpose("health"):
        return []
    rows = seen_by(actor).filter(resident__in=search(actor, text, limit)).select_related("resident").order_by("-sent_at", "-pk")
    return [Hit(row.resident.name, f"{row} · {row.get_state_display()}", reverse("referrals:referral", args=[row.pk])) for row in rows[:limit]]
