"""What the search page finds here: people by the beginning of their name."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.secrets.masking import mask
from weimin.staffing.models import Worker
from weimin.ui.search import Hit, provider
from weimin.walls.actor import Actor


@provider("staffing", label=_("服务人员"), order=40)
def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    rows = Worker.objects.visible_to(actor).filter(name__prefix=text).order_by("name")[:limit]  # type: ignore[arg-type]  # the search page passes an Actor
    return [Hit(row.name, mask("phone", row.phone or "", actor.role), reverse("staffing:worker", args=[row.pk])) for row in rows]
