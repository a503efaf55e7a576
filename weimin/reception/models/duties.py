"""Who sits at which window on which half-day: the pattern of a week, the days made from it, leave and swaps."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.reception.models.windows import Half, Window
from weimin.staffing.models import Worker
from weimin.walls.models import ScopedModel


class DutyPattern(ScopedModel):
    """On this weekday (0 = Monday), in this half, this person usually sits at this window."""

    window = models.ForeignKey(Window, models.CASCADE, related_name="patterns", verbose_name=_("窗口"))
    weekday = models.PositiveSmallIntegerField(_("星期"))
    half = models.CharField(_("半天"), max_length=10, choices=Half.choices)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="patterns", verbose_name=_("人员"))

    class Meta:
        verbose_name = _("值班安排")
        constraints = [
            models.UniqueConstraint(fields=["window", "weekday", "half"], name="duty_pattern_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="duty_pattern_weekday"),
        ]


class Duty(ScopedModel):
    """One half-day at one window. Without a worker it is vacant; `instead_of` is who should have sat there."""

    window = models.ForeignKey(Window, models.PROTECT, related_name="duties", verbose_name=_("窗口"))
    on = models.DateField(_("日期"))
    half = models.CharField(_("半天"), max_length=10, choices=Half.choices)
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name=_("值班人员"))
    instead_of = models.ForeignKey(Worker, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("原值班人员"))
    note = models.CharField(_("说明"), max_length=100, blank=True)

    swapping: bool | None = None  # whether a swap about it is open, where a list has looked; the buttons then ask no question each

    class Meta:
        verbose_name = _("值班")
        ordering = ["on", "-half", "window"]
        indexes = [models.Index(fields=["worker", "on"], name="duty_of_worker")]
        constraints = [
            models.UniqueConstraint(fields=["window", "on", "half"], name="duty_once"),
            models.CheckConstraint(condition=Q(worker__isnull=False) | Q(instead_of__isnull=False), name="duty_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.get_half_display()}"


class SwapState(models.TextChoices):
    PROPOSED = "proposed", _("待对方同意")
    AGREED = "agreed", _("待批准")
    APPROVED = "approved", _("已换班")
    REFUSED = "refused", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")


SWAP_MOVES = [
    ("proposed", "agreed"), ("proposed", "refused"), ("proposed", "withdrawn"), ("agreed", "approved"), ("agreed", "refused"), ("agreed", "withdrawn"),
]  # fmt: skip


class DutySwap(ScopedModel):
    """Two people want to change two half-days. The other agrees first, then who answers for the roster approves."""

    mine = models.ForeignKey(Duty, models.PROTECT, related_name="swaps_out", verbose_name=_("换出的班"))
    theirs = models.ForeignKey(Duty, models.PROTECT, related_name="swaps_in", verbose_name=_("换入的班"))
    state = models.CharField(_("状态"), max_length=10, choices=SwapState.choices, default=SwapState.PROPOSED)
    reason = models.CharField(_("换班原因"), max_length=200)
    proposed_by = models.CharField(_("提出人"), max_length=60)
    proposed_at = models.DateTimeField(_("提出时间"))
    agreed_by = models.CharField(_("同意人"), max_length=60, blank=True)
    agreed_at = models.DateTimeField(_("同意时间"), null=True, blank=True)
    decided_by = models.CharField(_("决定人"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    decision = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("换班")
        constraints = [
            models.UniqueConstraint(fields=["mine"], name="swap_one_open", condition=Q(state__in=["proposed", "agreed"])),
            models.CheckConstraint(condition=~Q(mine=F("theirs")), name="swap_two_duties"),
            models.CheckConstraint(condition=~Q(state__in=["agreed", "approved"]) | Q(agreed_at__isnull=False), name="swap_agreed"),
            models.CheckConstraint(condition=~Q(state="approved") | Q(decided_at__isnull=False), name="swap_decided"),
        ]


class DutyLeave(ScopedModel):
    """Somebody does not come from one half-day to another; a stand-in takes the duties, or they are vacant."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="leaves", verbose_name=_("请假人"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    stand_in = models.ForeignKey(Worker, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("顶班人"))
    reason = models.CharField(_("请假原因"), max_length=200)
    recorded_by = models.CharField(_("登记人"), max_length=60)
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("请假")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="duty_leave_period"),
            models.CheckConstraint(condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("worker")), name="duty_leave_other"),
        ]
