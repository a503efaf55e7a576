"""Alerts, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from weimin.epidemics.finding import alerts
from weimin.epidemics.lamps import done_lamp, hour_lamp
from weimin.epidemics.models import Alert, AlertState
from weimin.epidemics.wording import of_words
from weimin.regions.queries import names
from weimin.ui.paging import Page, page_of
from weimin.walls.actor import Actor

KINDS = {"raised": "bad", "verified": "warn", "handled": "info", "dismissed": "off", "closed": "off"}


def list_alerts(actor: Actor, state: str, cursor: str, size: int = 25) -> Page:
    rows = alerts(actor).select_related("place", "group")
    if state in AlertState.values:
        rows = rows.filter(state=state)
    return page_of(rows, ["-raised_at", "-id"], cursor, size)


def get_alert(actor: Actor, pk: int) -> Alert:
    """Alert.DoesNotExist when hidden or missing."""
    found: Alert = alerts(actor).select_related("place", "group", "outbreak").get(pk=pk)
    return found


def lamp_of(alert: Alert, now: datetime) -> Any:
    """The clock of the first look; afterwards whether it was in time."""
    hours = round((alert.due_at - alert.raised_at).total_seconds() / 3600)
    return done_lamp(alert.verified_at, alert.due_at) if alert.verified_at else hour_lamp(alert.due_at, hours, alert.region, now)


def lines(rows: Iterable[Alert], now: datetime) -> list[dict[str, Any]]:
    found = list(rows)
    known = names({row.region for row in found})
    return [
        {
            "where": str(row.place or known[row.region]), "group": str(row.group or ""), "village": known[row.region], "of": of_words(row.what, row.of), "count": row.count,
            "first_on": row.first_on, "last_on": row.last_on, "raised_at": row.raised_at, "lamp": lamp_of(row, now),
            "tag": (row.get_state_display(), KINDS[row.state]), "url": reverse("epidemics:alert", args=[row.pk]),
        }
        for row in found
    ]  # fmt: skip
