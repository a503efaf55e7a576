"""The windows of a site, when they are open, and what hangs on the wall."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.sites.models import Site
from weimin.walls.models import ScopedModel


class WindowKind(models.TextChoices):
    """What a window is for; an item of the catalogue names one of these (C-23)."""

    PARTY = "party", _("党群服务")
    LIVELIHOOD = "livelihood", _("民生服务")
    FAMILY = "family", _("计划生育")
    AGENCY = "agency", _("代办服务")
    CIVIL = "civil", _("民政事务")


class WindowState(models.TextChoices):
    OPEN = "open", _("开放")
    SUSPENDED = "suspended", _("暂停")
    CLOSED = "closed", _("撤销")


WINDOW_MOVES = [("open", "suspended"), ("suspended", "open"), ("open", "closed"), ("suspended", "closed")]


class Half(models.TextChoices):
    MORNING = "morning", _("上午")
    AFTERNOON = "afternoon", _("下午")


class Window(ScopedModel):
    """One seat where residents are served. It takes the items of its kinds, some besides, some not."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="windows", verbose_name=_("站点"))
    number = models.PositiveSmallIntegerField(_("窗口号"))
    name = models.CharField(_("窗口名称"), max_length=40)
    kind = models.CharField(_("窗口类别"), max_length=12, choices=WindowKind.choices)
    also_kinds = models.JSONField(_("兼办类别"), default=list)
    also_takes = models.JSONField(_("另外受理的事项"), default=list)
    never_takes = models.JSONField(_("不受理的事项"), default=list)
    booking_limit = models.PositiveSmallIntegerField(_("每半天预约数"), default=6)
    state = models.CharField(_("状态"), max_length=10, choices=WindowState.choices, default=WindowState.OPEN)
    state_reason = models.CharField(_("状态说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("窗口")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="window_number_once", condition=~Q(state="closed")),
            models.CheckConstraint(condition=Q(number__gt=0), name="window_number"),
            models.CheckConstraint(condition=~Q(state="suspended") | ~Q(state_reason=""), name="window_suspended_why"),
        ]

    def __str__(self) -> str:
        return _now("%(number)d号窗口 %(name)s") % {"number": self.number, "name": self.name}

    @property
    def kinds(self) -> list[str]:
        """Every kind it serves, its own first."""
        return [self.kind, *(kind for kind in self.also_kinds if kind != self.kind)]

    def takes(self, code: str, kind: str) -> bool:
        """Whether it takes the item with this code, whose window is of this kind."""
        return code in self.also_takes or (kind in self.kinds and code not in self.never_takes)


class OpeningHours(ScopedModel):
    """A stretch of one weekday (0 = Monday) on which a site is open. Not the working calendar that deadlines count by (H-43)."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="hours", verbose_name=_("站点"))
    weekday = models.PositiveSmallIntegerField(_("星期"))
    opens_at = models.TimeField(_("开始"))
    closes_at = models.TimeField(_("结束"))

    class Meta:
        verbose_name = _("开放时间")
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["site", "weekday", "opens_at"], name="opening_hours_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_hours_weekday"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="opening_hours_forward"),
        ]


class DayException(ScopedModel):
    """A day that is not as its weekday: closed, or open besides (错时、延时、赶场天). The times of an open day replace the usual ones."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="exceptions", verbose_name=_("站点"))
    on = models.DateField(_("日期"))
    closed = models.BooleanField(_("不开放"), default=False)
    opens_at = models.TimeField(_("开始"), null=True, blank=True)
    closes_at = models.TimeField(_("结束"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=100)

    class Meta:
        verbose_name = _("特殊日")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["site", "on"], name="day_exception_once"),
            models.CheckConstraint(
                condition=Q(closed=True, opens_at__isnull=True, closes_at__isnull=True) | Q(closed=False, closes_at__gt=F("opens_at")),
                name="day_exception_times",
            ),
        ]


class PledgeKind(models.TextChoices):
    DUTY = "duty", _("岗位职责")
    PROMISE = "promise", _("服务承诺")
    RULE = "rule", _("服务制度")


class Pledge(ScopedModel):
    """One line of the duties, promises or rules that a centre hangs on its wall and shows on its public page."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="pledges", verbose_name=_("站点"))
    kind = models.CharField(_("类别"), max_length=8, choices=PledgeKind.choices)
    post = models.CharField(_("岗位"), max_length=40, blank=True)
    text = models.CharField(_("内容"), max_length=200)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    published_on = models.DateField(_("公开日期"))
    withdrawn_on = models.DateField(_("撤下日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("职责和承诺")
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "kind", "text"], name="pledge_once", condition=Q(withdrawn_on__isnull=True)),
            models.CheckConstraint(condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("published_on")), name="pledge_period"),
        ]

    def __str__(self) -> str:
        return self.text
