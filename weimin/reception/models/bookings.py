"""Appointments by day and half-day. They keep the caller's own words, no link into the register of residents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.reception.models.queue import Ticket
from weimin.reception.models.windows import Half, Window
from weimin.secrets.fields import LookupField, SealedField
from weimin.walls.models import ScopedModel


class BookingState(models.TextChoices):
    BOOKED = "booked", _("已预约")
    ARRIVED = "arrived", _("已到")
    CANCELLED = "cancelled", _("已取消")
    MISSED = "missed", _("爽约")


BOOKING_MOVES = [("booked", "arrived"), ("booked", "cancelled"), ("booked", "missed")]
CHANNELS = [("window", _("窗口代约")), ("phone", _("电话")), ("portal", _("网上"))]


class Booking(ScopedModel):
    """A place at a window on a half-day for somebody who gave a name, a phone and the last four of the ID number.

    `seat` is the place within the limit of the window: two bookings never have the same one.
    """

    purpose = "cases"
    code = models.CharField(_("预约码"), max_length=8, unique=True)
    window = models.ForeignKey(Window, models.PROTECT, related_name="bookings", verbose_name=_("窗口"))
    on = models.DateField(_("日期"))
    half = models.CharField(_("半天"), max_length=10, choices=Half.choices)
    seat = models.PositiveSmallIntegerField(_("名额"))
    item_code = models.CharField(_("事项编码"), max_length=10, blank=True)
    item_name = models.CharField(_("办理事项"), max_length=80, blank=True)
    name = models.CharField(_("姓名"), max_length=40)
    phone = SealedField(_("手机号"))
    phone_lookup = LookupField(kind="phone", of="phone")
    id_last_four = SealedField(_("证件号后四位"))
    id_last_four_lookup = LookupField(kind="id_last_four", of="id_last_four", db_index=False)
    channel = models.CharField(_("来源"), max_length=8, choices=CHANNELS)
    state = models.CharField(_("状态"), max_length=10, choices=BookingState.choices, default=BookingState.BOOKED)
    booked_by = models.CharField(_("经办人"), max_length=60, blank=True)
    booked_at = models.DateTimeField(_("预约时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    reason = models.CharField(_("取消原因"), max_length=200, blank=True)
    ticket = models.OneToOneField(Ticket, models.PROTECT, null=True, blank=True, related_name="booking", verbose_name=_("排队号"))

    class Meta:
        verbose_name = _("预约")
        indexes = [models.Index(fields=["on", "state"], name="booking_day")]
        constraints = [
            models.UniqueConstraint(fields=["window", "on", "half", "seat"], name="booking_seat_once", condition=Q(state__in=["booked", "arrived"])),
            models.UniqueConstraint(fields=["phone_lookup", "id_last_four_lookup", "on", "half"], name="booking_not_twice", condition=Q(state="booked")),
            models.CheckConstraint(condition=~Q(state="arrived") | Q(ticket__isnull=False), name="booking_arrived"),
            models.CheckConstraint(condition=Q(state="booked") | Q(ended_at__isnull=False), name="booking_ended"),
            models.CheckConstraint(condition=Q(seat__gt=0), name="booking_seat"),
        ]

    def __str__(self) -> str:
        return self.code
