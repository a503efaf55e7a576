"""The bookings of a centre by day, and one booking found by its code."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.reception.booking import KINDS, booking_line, bookings_on, counts_since, find_by_code, get_booking
from weimin.reception.hours import local
from weimin.reception.models import Booking
from weimin.reception.papers import booking_slip
from weimin.reception.slots import open_slots
from weimin.reception.views.answers import day_of, pdf_answer, site_of
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

TABLE = [
    Column(_("姓名"), "name", url="url", hint="phone", main=True),
    Column(_("预约码"), "code"),
    Column(_("半天"), "half"),
    Column(_("窗口"), "window"),
    Column(_("事项"), "item"),
    Column(_("来源"), "channel", minor=True),
    Column(_("状态"), "state", kind="tag"),
    Column(_("排队号"), "ticket"),
]
COUNTED_DAYS = 30


@require_GET
@signed_in
def bookings_page(request: Request, number: int) -> HttpResponse:
    """?on= a day; ?code= goes to that booking when there is one."""
    actor, now = request.actor, timezone.now()
    site = site_of(actor, number)
    code = request.GET.get("code", "").strip()
    found = find_by_code(actor, code) if code else None
    if found is not None:
        return HttpResponseRedirect(booking_line(actor, found)["url"])
    today = local(now).date()
    on = day_of(request.GET.get("on", ""), today)
    slots = open_slots(actor, site, None, None, now, online=False) if actor.has_purpose("cases") else []
    context = {
        "site": site, "on": on, "rows": bookings_on(actor, site, on), "columns": TABLE, "code": code, "slots": slots[:40],
        "before": (on - timedelta(days=1)).isoformat(), "after": (on + timedelta(days=1)).isoformat(),
        "counts": counts_since(actor, site, today - timedelta(days=COUNTED_DAYS), now),
    }  # fmt: skip
    return render(request, "reception/bookings.html", context)


def booking_of(actor: Actor, number: int) -> Booking:
    try:
        return get_booking(actor, number)
    except (Booking.DoesNotExist, OverflowError):
        raise NotVisible() from None


@require_GET
@signed_in
def booking_page(request: Request, number: int) -> HttpResponse:
    """One booking: when, where, what for; phone masked; check-in, cancelling and the slip."""
    actor = request.actor
    booking = booking_of(actor, number)
    context = {
        "booking": booking, "site": booking.window.site, "line": booking_line(actor, booking), "kind": KINDS[booking.state], "events": history_of(actor, booking),
    }  # fmt: skip
    return render(request, "reception/booking.html", context)


@require_GET
@signed_in
def booking_pdf(request: Request, number: int) -> HttpResponse:
    booking = booking_of(request.actor, number)
    return pdf_answer(lambda: booking_slip(booking), "booking")
