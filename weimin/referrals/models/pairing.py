"""Paired hospitals (对口支援): who helps whom, with what, and what was done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.referrals.models.states import PURPOSE
from weimin.walls.models import ScopedModel


class Pairing(ScopedModel):
    """A community institution and the hospital that supports it, for a time. Either is a site where it is one, else a name.

    region: where the institution stands; what it covers is inside. `until_on`: agreed last day; `ended_on`: it ended before or then.
    """

    purpose: ClassVar[str] = PURPOSE

    institution = models.CharField(_("社区卫生服务机构"), max_length=100)
    institution_site = models.BigIntegerField(_("机构站点"), null=True, blank=True)
    hospital = models.CharField(_("支援医院"), max_length=100)
    hospital_site = models.BigIntegerField(_("医院站点"), null=True, blank=True)
    from_on = models.DateField(_("开始日期"))
    until_on = models.DateField(_("期满日期"), null=True, blank=True)
    agreement = models.CharField(_("协议"), max_length=100, blank=True)
    contact = models.CharField(_("医院联系人"), max_length=40, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    specialities = models.CharField(_("支援专业"), max_length=200, blank=True)
    days_a_year = models.PositiveSmallIntegerField(_("每年约定天数"), null=True, blank=True)
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    end_reason = models.CharField(_("结束原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("对口支援")
        indexes = [models.Index(fields=["hospital"], name="pairing_hospital"), models.Index(fields=["region", "id"], name="pairing_place")]
        constraints = [
            models.UniqueConstraint(fields=["institution", "hospital"], name="pairing_once", condition=Q(ended_on__isnull=True)),
            models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="pairing_period"),
            models.CheckConstraint(condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_on")), name="pairing_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.hospital} → {self.institution}"


class SupportVisit(ScopedModel):
    """Hospital doctors came to the institution: who, from which speciality, how many days, what they did and for how many patients."""

    purpose: ClassVar[str] = PURPOSE

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="visits", verbose_name=_("对口支援"))
    on = models.DateField(_("日期"))
    days = models.PositiveSmallIntegerField(_("天数"), default=1)
    doctors = models.CharField(_("医生"), max_length=100)
    speciality = models.CharField(_("专业"), max_length=60, blank=True)
    work = models.CharField(_("工作内容"), max_length=200)
    patients = models.PositiveIntegerField(_("服务人次"), default=0)
    entered_by = models.CharField(_("登记人"), max_length=40)
    entered_at = models.DateTimeField(_("登记时间"))
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤销原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("支援记录")
        indexes = [models.Index(fields=["pairing", "-on", "-id"], name="support_pairing")]
        constraints = [models.CheckConstraint(condition=Q(days__gte=1), name="support_days")]

    def __str__(self) -> str:
        return f"{self.on} {self.doctors}"
