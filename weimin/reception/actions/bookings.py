"""Bookings: a half-day is taken, cancelled, or becomes a ticket when the caller is there."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.reception.actions.finding import DESK, check_site_open, where
from weimin.reception.actions.queue import find_site_unlocked, give_ticket, ticket_url
from weimin.reception.actions.windows import check_window_open
from weimin.reception.booking import closed_until
from weimin.reception.figures import CLOSES_MINUTES, DAYS_AHEAD
from weimin.reception.forms.queue import BookForm, CancelForm, CheckInForm, ShowForm
from weimin.reception.hours import local, timetable_of
from weimin.reception.models import Booking, Window
from weimin.reception.rules import check_bookable, free_seat
from weimin.reception.slots import HELD
from weimin.secrets.cipher import hash_for
from weimin.secrets.masking import mask
from weimin.sites.models import Site
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered
from weimin.walls.tenancy import here

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike


def booking_url(booking: Booking) -> str:
    return reverse("reception:booking", args=[booking.pk])


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _number in range(8))


def check_takes_bookings(site: Site, actor: Actor, now: datetime) -> None:
    check_site_open(site, actor, now)
    if not Window.objects.filter(site=site, state="open", booking_limit__gt=0).exists():
        raise RuleBroken(_now("这个站点没有接受预约的窗口。"))


@register(
    "reception.book", label=_("预约"), form=BookForm, roles=DESK, find=find_site_unlocked, region=where, check=check_takes_bookings, keeps_draft=False,
)  # fmt: skip
def book(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """预约某天某半天到窗口办事；同一人同一半天只能约一个。网上预约多次爽约的暂停一段时间。"""
    number, on, half = data["slot"]
    window = Window.objects.select_for_update(of=("self",)).select_related("site").get(pk=number, site=site)
    check_window_open(window, by, now)
    online = by.channel == "portal"
    check_bookable(on, half, timetable_of(by, site, on, on).on(on), local(now), DAYS_AHEAD, CLOSES_MINUTES, online=online)
    check_caller(by, data, on, half, now, online=online)
    seat = free_seat(Booking.objects.filter(window=window, on=on, half=half, state__in=HELD).values_list("seat", flat=True), window.booking_limit)
    if seat is None:
        raise RuleBroken(_now("这半天已经约满，请另选时间。"))
    channel = "portal" if online else "phone" if data["by_phone"] else "window"
    code = data["item_code"]
    item = dict(BookForm(actor=by).items).get(code, "")
    booking = Booking.objects.create(
        code=new_code(), region=site.region, window=window, on=on, half=half, seat=seat, item_code=code, item_name=item, name=data["name"], phone=data["phone"],
        id_last_four=data["id_last_four"], channel=channel, booked_by="" if by.is_system else by.name, booked_at=now,
    )  # fmt: skip
    after = {"on": str(on), "half": half, "window": window.number, "channel": channel, "phone": mask("phone", booking.phone or "", "public")}
    message = _now("已预约，预约码 %(code)s，请记下。") % {"code": booking.code}
    return Outcome(booking, after=after, message=message, next_url=booking_url(booking))


def check_caller(by: Actor, data: dict[str, Any], on: Any, half: str, now: datetime, *, online: bool) -> None:
    """One person, one place in a half-day of the whole jurisdiction; online not while somebody is closed out for missed bookings."""
    same = {"phone_lookup": hash_for("phone", data["phone"]), "id_last_four_lookup": hash_for("id_last_four", data["id_last_four"])}
    home = here()
    with entered(system_actor(home.low, home.high)):  # one bit: where the other place is, is not said
        taken = Booking.objects.filter(**same, on=on, half=half, state="booked").exists()
    if taken:
        raise RuleBroken(_now("您这半天已经有预约，不用重复预约；要改时间请先取消。"))
    until = closed_until(data["phone"], timezone.localdate(now)) if online else None
    if until is not None:
        raise RuleBroken(_now("这个号码多次预约没有来，%(day)s前不能网上预约，可以直接到窗口取号。") % {"day": until.isoformat()})


def find_booking(actor: Actor, pk: Any) -> Booking:
    return Booking.objects.visible_to(actor).select_for_update(of=("self",)).select_related("window__site").get(pk=pk)


def check_booked(booking: Booking, actor: Actor, now: datetime) -> None:
    if booking.state != "booked":
        raise RuleBroken(_now("这个预约现在是“%(state)s”，不能办理这一步。") % {"state": booking.get_state_display()})


@register("reception.cancel_booking", label=_("取消预约"), form=CancelForm, roles=DESK, find=find_booking, region=where, check=check_booked)
def cancel_booking(by: Actor, booking: Booking, data: dict[str, Any], now: datetime) -> Outcome:
    """取消预约，名额让给别人；取消的不算爽约。"""
    booking.state, booking.ended_at, booking.reason = "cancelled", now, data["reason"]
    booking.save(update_fields=["state", "ended_at", "reason"])
    return Outcome(
        booking, before={"state": "booked"}, after={"state": "cancelled"}, reason=booking.reason, message=_now("已取消。"), next_url=booking_url(booking)
    )


def check_arrivable(booking: Booking, actor: Actor, now: datetime) -> None:
    check_booked(booking, actor, now)
    if booking.on != timezone.localdate(now):
        raise RuleBroken(_now("预约的是 %(day)s，到那天再签到。") % {"day": booking.on.isoformat()})


@register(
    "reception.check_in", label=_("预约签到"), form=CheckInForm, roles=DESK, find=find_booking, region=where, check=check_arrivable, keeps_draft=False,
)  # fmt: skip
def check_in(by: Actor, booking: Booking, data: dict[str, Any], now: datetime) -> Outcome:
    """预约的人到了，核对证件号后四位，换成排队号，优先叫号。"""
    if data["id_last_four"].upper() != booking.id_last_four:
        raise RuleBroken(_now("证件号后四位和预约时填的不一样，请核对是不是本人。"))
    ticket = give_ticket(booking.window.site, booking.window.kind, data["priority"] or "booked", now)
    booking.state, booking.ended_at, booking.ticket = "arrived", now, ticket
    booking.save(update_fields=["state", "ended_at", "ticket"])
    message = _now("已签到，排队号 %(code)s。") % {"code": ticket.code}
    return Outcome(booking, before={"state": "booked"}, after={"state": "arrived", "ticket": ticket.code}, message=message, next_url=ticket_url(ticket))


@register(
    "reception.show_caller", label=_("查看完整号码"), form=ShowForm, roles=DESK, find=find_booking, region=where, keeps_draft=False,
)  # fmt: skip
def show_caller(by: Actor, booking: Booking, data: dict[str, Any], now: datetime) -> Outcome:
    """因工作需要查看预约人的手机号；谁、何时、为什么看，都留痕。"""
    return Outcome(booking, message=booking.name, reason=data["reason"], once=[booking.phone or ""], next_url=booking_url(booking))
