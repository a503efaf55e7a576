"""Every night what is left of the day is closed: numbers that were not served, bookings that nobody came for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.act import act
from weimin.reception.models import Booking, Ticket
from weimin.walls.actor import system_actor
from weimin.walls.periodic import every
from weimin.walls.session import entered


@every("20 0 * * *", "reception.close_days", label=_("清号和记爽约"), own_transactions=True)
def close_days(jurisdiction: Any, now: datetime) -> None:
    """One action a site, each in its own transaction."""
    robot, today = system_actor(jurisdiction.low, jurisdiction.high, name="reception.close_days"), timezone.localdate(now)
    with entered(robot):
        tickets = Ticket.objects.visible_to(robot).filter(on__lt=today, state__in=["waiting", "called", "skipped", "serving"])
        bookings = Booking.objects.visible_to(robot).filter(on__lt=today, state="booked")
        sites = {*tickets.values_list("site_id", flat=True).distinct(), *bookings.values_list("window__site_id", flat=True).distinct()}
    for site in sorted(sites):
        act(robot, "reception.close_day", {}, f"close-day-{site}-{today.isoformat()}", target=site, now=now)
