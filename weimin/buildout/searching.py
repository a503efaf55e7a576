"""What the search page finds here: plans by title, projects by the beginning of their name."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.buildout.models import Plan, Project
from weimin.ui.search import Hit, provider
from weimin.walls.actor import Actor


@provider("buildout", label=_("方案和站点任务"), order=20)
def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    plans = Plan.objects.filter(title__contains=text).defer("data")[:limit]
    projects = Project.objects.visible_to(actor).filter(name__prefix=text).order_by("name")[:limit]
    hits = [Hit(row.title, row.issuer, reverse("buildout:plan", args=[row.pk])) for row in plans]
    return hits + [Hit(row.name, str(row.get_state_display()), reverse("buildout:project", args=[row.pk])) for row in projects]
