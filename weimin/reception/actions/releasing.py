"""Bookings that a centre cannot keep because it is closed then: given back, never counted as missed, and the callers told."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from weimin.messages.sending import LANGUAGE_OUTSIDE, send_outside
from weimin.messages.wording import register_template
from weimin.reception.hours import timetable_of
from weimin.reception.models import Booking
from weimin.sites.models import Site
from weimin.walls.actor import system_actor
from weimin.walls.session import entered
from weimin.walls.tenancy import here

NOT_OPEN = "reception.not_open"
PUBLIC_BOOKING = "/public/%d/booking/"
register_template(
    NOT_OPEN, _("您预约的%(day)s%(half)s，服务中心不开放（%(reason)s），预约已取消，不算爽约。请另约时间，或者拨打服务中心电话。"), channels=("sms",),
)  # fmt: skip


def release_closed(site: Site, reason: str, now: datetime) -> int:
    """Cancels the bookings to come whose half-day is not open any more, an SMS each; how many.

    As the system: who keeps the hours need not be one of those who may read bookings.
    """
    home = here()
    robot = system_actor(home.low, home.high, name="reception.release_closed")
    with entered(robot):
        rows = Booking.objects.select_for_update(of=("self",)).filter(window__site=site, on__gte=timezone.localdate(now), state="booked")
        booked = list(rows.order_by("on", "pk"))
        timetable = timetable_of(robot, site, booked[0].on, booked[-1].on) if booked else None
        closed = [row for row in booked if timetable is not None and row.half not in timetable.on(row.on).halves]
        for row in closed:
            row.state, row.ended_at, row.reason = "cancelled", now, reason
            row.save(update_fields=["state", "ended_at", "reason"])
            tell(row, reason, now)
    return len(closed)


def tell(row: Booking, reason: str, now: datetime) -> None:
    with translation.override(LANGUAGE_OUTSIDE):
        words = {"day": row.on.isoformat(), "half": str(row.get_half_display()), "reason": reason}
    send_outside(row.phone or "", row.region, "", PUBLIC_BOOKING % here().code, now, template=NOT_OPEN, parameters=words)
