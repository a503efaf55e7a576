"""Today's list of whoever cares for a village, a township or the district."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.registry import get_action
from weimin.health.actions.base import KEEPERS
from weimin.health.models import DueKind
from weimin.health.queries.today import cards, due_today
from weimin.health.views.records import for_health, without_cursor
from weimin.regions.fields import townships, villages
from weimin.walls.request import Request

TABS = [("", _("全部")), ("red", _("已超期")), ("yellow", _("快到期")), ("green", _("可以做了"))]


@require_GET
@signed_in
def today_list(request: Request) -> HttpResponse:
    """Cards that fit a phone: lamp, person, place, what for, and one tap to the form of the visit."""
    actor, chosen, today = for_health(request), request.GET.dict(), timezone.localdate()
    page = due_today(actor, chosen, today)
    context = {
        "rows": cards(actor, page.rows, today), "page": page, "chosen": chosen, "today": today, "tabs": [(key, words, None) for key, words in TABS],
        "townships": townships(actor), "villages": villages(actor, chosen), "kinds": DueKind.choices,
        "may_export": actor.role in KEEPERS, "filters": without_cursor(request), "narrowed": any(chosen.get(name) for name in ("township", "village", "kind", "doctor")),
        "may_visit": get_action("health.record_visit").allows(actor),
    }  # fmt: skip
    return render(request, "health/today.html", context)
