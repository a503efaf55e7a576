"""Alerts: the list and one alert with its reasons."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.epidemics.models import AlertState
from weimin.epidemics.parameters import versions
from weimin.epidemics.queries.alerts import KINDS, get_alert, lamp_of, lines, list_alerts
from weimin.epidemics.views.asking import for_epidemics, one
from weimin.epidemics.wording import of_words, reasons
from weimin.health.standard_words import in_words
from weimin.regions.queries import get_region
from weimin.ui.tables import Column
from weimin.walls.request import Request

COLUMNS = [
    Column(_("地点"), "where", url="url", hint="group", main=True),
    Column(_("症状或病种"), "of"),
    Column(_("人数"), "count", kind="number"),
    Column(_("最近"), "last_on", kind="day"),
    Column(_("预警时间"), "raised_at", kind="moment", minor=True),
    Column(_("核实"), "lamp", kind="lamp"),
    Column(_("状态"), "tag", kind="tag"),
]


@require_GET
@signed_in
def alerts_page(request: Request) -> HttpResponse:
    actor = for_epidemics(request)
    page = list_alerts(actor, request.GET.get("state", ""), request.GET.get("cursor", ""))
    tabs = [("", _("全部"), None), *((value, words, None) for value, words in AlertState.choices)]
    return render(request, "epidemics/alerts.html", {"columns": COLUMNS, "rows": lines(page.rows, timezone.now()), "page": page, "tabs": tabs})


@require_GET
@signed_in
def alert_page(request: Request, number: int) -> HttpResponse:
    """Why it was raised in words, how it stands, what may be done next."""
    actor = request.actor
    alert = one(get_alert, actor, number)
    source = next((table.source for table in versions() if table.effective_from == alert.rules_from), "")
    context = {
        "alert": alert, "of": of_words(alert.what, alert.of), "reasons": reasons(alert), "source": in_words(source), "lamp": lamp_of(alert, timezone.now()),
        "kind": KINDS[alert.state], "village": get_region(alert.region).short, "events": history_of(actor, alert),
    }  # fmt: skip
    return render(request, "epidemics/alert.html", context)
