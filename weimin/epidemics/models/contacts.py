"""Contacts of an outbreak, observed day by day until their last day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.epidemics.models.cards import CaseReport
from weimin.epidemics.models.outbreaks import Outbreak
from weimin.epidemics.models.places import HEALTH
from weimin.secrets.fields import SealedField
from weimin.walls.models import ScopedModel


class ContactState(models.TextChoices):
    OBSERVED = "observed", _("观察中")
    RELEASED = "released", _("期满解除")
    CASE = "case", _("转为病例")
    LOST = "lost", _("失去联系")


CONTACT_MOVES = [("observed", "released"), ("observed", "case"), ("observed", "lost"), ("lost", "observed")]


class Condition(models.TextChoices):
    WELL = "well", _("正常")
    ILL = "ill", _("有症状")
    MISSED = "missed", _("没联系上")


class Contact(ScopedModel):
    """Somebody who was near a case. Observed from the day after `last_contact_on` to `until_on`."""

    purpose: ClassVar[str] = HEALTH

    outbreak = models.ForeignKey(Outbreak, models.CASCADE, related_name="contacts", verbose_name=_("疫情"))
    name = models.CharField(_("姓名"), max_length=60)
    phone = SealedField(_("联系电话"), null=True, blank=True)
    relation = models.CharField(_("关系"), max_length=40, blank=True)
    last_contact_on = models.DateField(_("最后接触"))
    until_on = models.DateField(_("观察到"))
    state = models.CharField(_("状态"), max_length=10, choices=ContactState.choices, default=ContactState.OBSERVED)
    ended_on = models.DateField(_("解除日期"), null=True, blank=True)
    case = models.ForeignKey(CaseReport, models.PROTECT, null=True, blank=True, related_name="was_contact", verbose_name=_("报告卡"))

    class Meta:
        verbose_name = _("密切接触者")
        indexes = [models.Index(fields=["outbreak", "state", "until_on"], name="contact_watched")]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("last_contact_on")), name="contact_days"),
            models.CheckConstraint(condition=Q(state__in=["observed", "lost"]) | Q(ended_on__isnull=False), name="contact_ended"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class ContactDay(ScopedModel):
    """How somebody under observation was on a day."""

    purpose: ClassVar[str] = HEALTH

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="days", verbose_name=_("密切接触者"))
    on = models.DateField(_("日期"))
    condition = models.CharField(_("情况"), max_length=8, choices=Condition.choices)
    by = models.CharField(_("登记人"), max_length=40)

    class Meta:
        verbose_name = _("健康状况")
        constraints = [models.UniqueConstraint(fields=["contact", "on"], name="contact_day_once")]

    def __str__(self) -> str:
        return f"{self.on}"
