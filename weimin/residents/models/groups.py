"""Population groups and the caring visits that go with them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.residents.models.people import PURPOSE, Resident
from weimin.walls.models import ScopedModel


class GroupKind(models.TextChoices):
    """Population groups (A2). Groups of age are computed and not stored."""

    LIVING_ALONE = "living_alone", _("独居或空巢老人")
    LEFT_BEHIND_CHILD = "left_behind_child", _("留守儿童")
    LEFT_BEHIND_WOMAN = "left_behind_woman", _("留守妇女")
    DISABLED = "disabled", _("残疾人")
    MENTAL_ILLNESS = "mental_illness", _("严重精神障碍患者")
    EXTREME_POVERTY = "extreme_poverty", _("特困人员")
    LOW_INCOME = "low_income", _("低保对象")
    LOW_INCOME_FRINGE = "low_income_fringe", _("低保边缘家庭成员")
    ORPHAN = "orphan", _("孤儿")
    UNSUPPORTED_CHILD = "unsupported_child", _("事实无人抚养儿童")
    VETERAN = "veteran", _("退役军人")
    PARTY_MEMBER = "party_member", _("党员")


class GroupMembership(ScopedModel):
    """Somebody belongs to a population group from a day on, by a source (certificate, list, visit)."""

    purpose: ClassVar[str] = PURPOSE

    region = models.BigIntegerField(_("所在区划"))
    place = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="groups", verbose_name=_("居民"))
    kind = models.CharField(_("人群"), max_length=20, choices=GroupKind.choices)
    detail = models.CharField(_("等级或说明"), max_length=60, blank=True)
    since_on = models.DateField(_("起始日期"))
    until_on = models.DateField(_("截止日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=100, blank=True)
    visit_by = models.DateField(_("下次走访期限"), null=True, blank=True)

    class Meta:
        verbose_name = _("人群")
        indexes = [
            models.Index(fields=["kind", "place", "resident"], name="group_kind_place", condition=Q(until_on__isnull=True)),
            models.Index(fields=["visit_by"], name="group_visit_by", condition=Q(until_on__isnull=True, visit_by__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["resident", "kind"], name="group_once", condition=Q(until_on__isnull=True)),
            models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="group_period"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class VisitWay(models.TextChoices):
    HOME = "home", _("入户")
    PHONE = "phone", _("电话")
    VIDEO = "video", _("视频")


class Visit(ScopedModel):
    """A caring visit (走访关爱): somebody went to see a resident, what was found and when to come again."""

    purpose: ClassVar[str] = PURPOSE

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="visits", verbose_name=_("居民"))
    on = models.DateField(_("走访日期"))
    way = models.CharField(_("方式"), max_length=10, choices=VisitWay.choices, default=VisitWay.HOME)
    found = models.CharField(_("走访情况"), max_length=500)
    needs = models.CharField(_("需要解决的困难"), max_length=300, blank=True)
    next_on = models.DateField(_("下次走访日期"), null=True, blank=True)
    visited_by = models.CharField(_("走访人"), max_length=60)
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("走访")
        constraints = [models.CheckConstraint(condition=Q(next_on__isnull=True) | Q(next_on__gt=F("on")), name="visit_next_later")]

    def __str__(self) -> str:
        return self.found[:40]
