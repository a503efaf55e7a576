"""Reads on bookings: a day's list, one by its code, who is closed out for missed ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from weimin.reception.figures import BLOCKING
from weimin.reception.models import Booking
from weimin.reception.rules import blocked_until
from weimin.secrets.cipher import hash_for
from weimin.secrets.masking import mask
from weimin.sites.models import Site
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered
from weimin.walls.tenancy import here

KINDS = {"booked": "info", "arrived": "ok", "cancelled": "off", "missed": "bad"}


def closed_until(phone: str, today: date) -> date | None:
    """Until when online booking is closed to a phone; None when it is open. Counted over the whole jurisdiction: a day is all that comes out."""
    home = here()
    since = today - timedelta(days=BLOCKING.within_days + BLOCKING.for_days)
    with entered(system_actor(home.low, home.high)):
        rows = Booking.objects.filter(phone_lookup=hash_for("phone", phone), state="missed", on__gte=since)
        return blocked_until(list(rows.values_list("on", flat=True)), BLOCKING, today)


def get_booking(actor: Actor, number: int) -> Booking:
    """Booking.DoesNotExist when hidden or missing."""
    return Booking.objects.visible_to(actor).select_related("window__site", "ticket").get(pk=number)


def find_by_code(actor: Actor, code: str, id_last_four: str = "") -> Booking | None:
    """The booking with a code; with the last four of the ID number only when they agree. Wrong code and wrong digits look the same."""
    clean = code.strip().upper()
    rows = Booking.objects.visible_to(actor).select_related("window__site", "ticket").filter(code=clean)
    if id_last_four:
        rows = rows.filter(id_last_four_lookup=hash_for("id_last_four", id_last_four))
    return rows.first() if len(clean) == 8 else None


def bookings_on(actor: Actor, site: Site, on: date) -> list[dict[str, Any]]:
    """The bookings of a site on a day as a list shows them, phones masked; one query."""
    rows = Booking.objects.visible_to(actor).filter(window__site=site, on=on).select_related("window", "ticket")
    return [booking_line(actor, row) for row in rows.order_by("-half", "window__number", "seat")]


def booking_line(actor: Actor, row: Booking) -> dict[str, Any]:
    return {
        "booking": row, "name": mask("name", row.name, actor.role), "phone": mask("phone", row.phone or "", actor.role), "window": str(row.window),
        "half": str(row.get_half_display()), "item": row.item_name, "state": (str(row.get_state_display()), KINDS[row.state]), "code": row.code,
        "channel": str(row.get_channel_display()), "url": reverse("reception:booking", args=[row.pk]), "ticket": row.ticket.code if row.ticket else "",
    }  # fmt: skip


def counts_since(actor: Actor, site: Site, first: date, now: datetime) -> dict[str, int]:
    """How many bookings of a site since a day came, were cancelled and were missed."""
    states = Booking.objects.visible_to(actor).filter(window__site=site, on__gte=first).values_list("state", flat=True)
    found = list(states)
    return {state: found.count(state) for state in KINDS}
