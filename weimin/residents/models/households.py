"""A household of the register, and who belonged to it when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.walls.models import ScopedModel

PURPOSE = "residents"


class HouseholdStatus(models.TextChoices):
    STANDING = "standing", _("在册")
    ENDED = "ended", _("已销户")


class Household(ScopedModel):
    """A household of the register (户). Its region is the village or community where it lives."""

    purpose: ClassVar[str] = PURPOSE

    number = models.CharField(_("户号"), max_length=20, blank=True)
    address = models.CharField(_("住址"), max_length=200, blank=True)
    collective = models.BooleanField(_("集体户"), default=False)
    status = models.CharField(_("状态"), max_length=8, choices=HouseholdStatus.choices, default=HouseholdStatus.STANDING)
    head_name = models.CharField(_("户主姓名"), max_length=60, blank=True)
    settled_on = models.DateField(_("立户日期"), null=True, blank=True)
    ended_on = models.DateField(_("销户日期"), null=True, blank=True)
    end_reason = models.CharField(_("销户原因"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("户")
        indexes = [models.Index(fields=["number", "region"], name="household_number")]
        constraints = [
            models.CheckConstraint(condition=Q(status="standing", ended_on__isnull=True) | Q(status="ended", ended_on__isnull=False), name="household_ended"),
        ]

    def __str__(self) -> str:
        return self.number or self.head_name


class Membership(ScopedModel):
    """Who belonged to which household when, in which relation to its head."""

    purpose: ClassVar[str] = PURPOSE

    resident = models.ForeignKey("residents.Resident", models.PROTECT, related_name="memberships", verbose_name=_("居民"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships", verbose_name=_("户"))
    relation = models.CharField(_("与户主关系"), max_length=20, blank=True)
    since_on = models.DateField(_("起始日期"), null=True, blank=True)
    until_on = models.DateField(_("截止日期"), null=True, blank=True)
    reason = models.CharField(_("变动原因"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("户内关系")
        constraints = [
            models.UniqueConstraint(fields=["resident"], name="membership_one_open", condition=Q(until_on__isnull=True)),
            models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(since_on__isnull=True) | Q(until_on__gte=F("since_on")), name="membership_period"),
        ]

    def __str__(self) -> str:
        return self.relation
