"""Tickets of the day, by group; numbers are given out by a counter so that two machines never print one number twice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.reception.models.windows import Window, WindowKind
from weimin.sites.models import Site
from weimin.walls.models import ScopedModel


class TicketState(models.TextChoices):
    WAITING = "waiting", _("等候")
    CALLED = "called", _("已叫号")
    SERVING = "serving", _("办理中")
    SERVED = "served", _("已办结")
    SKIPPED = "skipped", _("过号")
    EXPIRED = "expired", _("未办作废")


TICKET_MOVES = [
    ("waiting", "called"), ("called", "serving"), ("called", "skipped"), ("serving", "served"), ("skipped", "waiting"), ("waiting", "expired"),
    ("called", "expired"), ("skipped", "expired"),
]  # fmt: skip


class Ticket(ScopedModel):
    """One place in the queue, in the order of `stands_at` (when it was taken, or where a skipped one came back in).

    Without a name: who waits shows the slip; `token` is the address of the slip's QR code.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="tickets", verbose_name=_("站点"))
    on = models.DateField(_("日期"))
    group = models.CharField(_("业务"), max_length=12, choices=WindowKind.choices)
    number = models.PositiveIntegerField(_("序号"))
    code = models.CharField(_("票号"), max_length=8)
    token = models.CharField(max_length=32, unique=True)
    priority = models.CharField(_("优先"), max_length=12, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=TicketState.choices, default=TicketState.WAITING)
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("窗口"))
    calls = models.PositiveSmallIntegerField(_("叫号次数"), default=0)
    taken_at = models.DateTimeField(_("取号时间"))
    stands_at = models.DateTimeField(_("排队次序"))
    called_at = models.DateTimeField(_("叫号时间"), null=True, blank=True)
    started_at = models.DateTimeField(_("开始办理"), null=True, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("排队号")
        indexes = [
            models.Index(fields=["site", "on", "stands_at"], name="ticket_waiting", condition=Q(state="waiting")),
            models.Index(fields=["site", "on", "called_at"], name="ticket_of_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["site", "on", "group", "number"], name="ticket_number_once"),
            models.UniqueConstraint(fields=["window"], name="ticket_one_at_window", condition=Q(state__in=["called", "serving"])),
            models.CheckConstraint(
                condition=~Q(state__in=["called", "serving", "served"]) | Q(window__isnull=False, called_at__isnull=False), name="ticket_called"
            ),
            models.CheckConstraint(condition=~Q(state="served") | Q(started_at__isnull=False, ended_at__isnull=False), name="ticket_served"),
        ]

    def __str__(self) -> str:
        return self.code


class TicketCounter(ScopedModel):
    """The last number given out to a group of a site on a day."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="+", verbose_name=_("站点"))
    on = models.DateField(_("日期"))
    group = models.CharField(_("业务"), max_length=12, choices=WindowKind.choices)
    last = models.PositiveIntegerField(_("已发到"), default=0)

    class Meta:
        verbose_name = _("取号计数")
        constraints = [models.UniqueConstraint(fields=["site", "on", "group"], name="ticket_counter_once")]
