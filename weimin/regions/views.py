"""The division tree inside one's own range: browse, search, and the cascade that other pages' forms load."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.regions.picker import deepest, levels, top_of
from weimin.regions.queries import corrections_of, flags_of, search, standing, view_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

COLUMNS = [
    Column(_("名称"), "name", url="url", main=True),
    Column(_("代码"), "code_text"),
    Column(_("类型"), "kind"),
    Column(_("标记与更正"), "", template="regions/_line.html"),
]


@require_GET
def browse(request: Request, code: int | None = None) -> HttpResponse:
    """One region of one's range with what lies directly inside it; flags and corrections in force today."""
    actor = request.actor
    wanted = code if code is not None else top_of(actor)
    if wanted is not None and not actor.covers(wanted):
        raise NotVisible()
    today = timezone.localdate()
    context: dict[str, Any] = {
        "view": view_of(actor, wanted, today), "columns": COLUMNS, "q": request.GET.get("q", "").strip()[:80],
        "flags": flags_of(wanted) if wanted else [], "corrections": corrections_of(wanted) if wanted else [],
        "manages": actor.role == "administrator",
    }  # fmt: skip
    if context["q"]:
        context["found"] = standing(search(context["q"], low=actor.low, high=actor.high, limit=50), today)
    return render(request, "regions/browse.html", context)


@require_GET
def cascade(request: Request) -> HttpResponse:
    """The selects for what is chosen so far (level1 … level5); as JSON where that is asked for."""
    actor, chosen = request.actor, deepest(request.GET.dict())
    shown = levels(actor, chosen)
    if request.headers.get("accept", "").startswith("application/json"):
        body = [{"name": row.name, "label": row.label, "choices": row.choices, "value": row.value} for row in shown]
        return JsonResponse({"levels": body})
    return render(request, "regions/_cascade.html", {"levels": shown})


@require_GET
def find(request: Request) -> HttpResponse:
    """Regions by code, name, pinyin or initials inside one's range, as JSON for pickers."""
    actor = request.actor
    found = search(request.GET.get("q", "")[:80], low=actor.low, high=actor.high, limit=20)
    return JsonResponse({"regions": [{"code": region.code, "name": region.short, "level": region.level} for region in found]})
