"""Oil pots and salt spoons for households (控油壶、限盐勺): what institutions got, what households were given (plan 3 二（二）)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.residents.models import Household
from weimin.walls.models import ScopedModel


class KitKind(models.TextChoices):
    OIL_POT = "oil_pot", _("控油壶")
    SALT_SPOON = "salt_spoon", _("限盐勺")


class KitReceipt(ScopedModel):
    """Pieces that an institution got."""

    institution = models.BigIntegerField(_("机构编号"), db_index=True)
    kind = models.CharField(_("物品"), max_length=10, choices=KitKind.choices)
    quantity = models.PositiveIntegerField(_("数量"))
    on = models.DateField(_("到货日期"))
    source = models.CharField(_("来源"), max_length=80, blank=True)
    entered_by = models.CharField(_("登记人"), max_length=60)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("物品到货")
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="education_receipt_some")]


class KitStock(ScopedModel):
    """What an institution got and gave out of one kind, so that nobody has to count handouts."""

    institution = models.BigIntegerField(_("机构编号"))
    institution_name = models.CharField(_("机构"), max_length=100)
    kind = models.CharField(_("物品"), max_length=10, choices=KitKind.choices)
    received = models.PositiveIntegerField(_("到货"), default=0)
    handed = models.PositiveIntegerField(_("发放"), default=0)

    class Meta:
        verbose_name = _("物品库存")
        constraints = [
            models.UniqueConstraint(fields=["institution", "kind"], name="education_stock_once"),
            models.CheckConstraint(condition=Q(handed__lte=F("received")), name="education_stock_left"),
        ]

    @property
    def left(self) -> int:
        return self.received - self.handed


class KitHandout(ScopedModel):
    """The kit of a household: one for each. What was short at first is given later (`completed_on`); a wrong entry is withdrawn, not removed."""

    purpose: ClassVar[str] = "residents"

    household = models.ForeignKey(Household, models.PROTECT, related_name="kits", verbose_name=_("户"))
    institution = models.BigIntegerField(_("发放机构编号"))
    institution_name = models.CharField(_("发放机构"), max_length=100)
    oil_pot = models.BooleanField(_("控油壶"))
    salt_spoon = models.BooleanField(_("限盐勺"))
    received_by = models.CharField(_("领取人"), max_length=60)
    on = models.DateField(_("发放日期"))
    explained = models.BooleanField(_("已讲解用法"))
    handed_by = models.CharField(_("发放人"), max_length=60)
    entered_at = models.DateTimeField(_("登记时间"))
    completed_on = models.DateField(_("补齐日期"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    withdrawn_by = models.CharField(_("撤销人"), max_length=60, blank=True)
    reason = models.CharField(_("撤销原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("入户发放")
        constraints = [
            models.UniqueConstraint(fields=["household"], name="education_kit_once", condition=Q(withdrawn_at__isnull=True)),
            models.CheckConstraint(condition=Q(oil_pot=True) | Q(salt_spoon=True), name="education_kit_some"),
            models.CheckConstraint(condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""), name="education_kit_why"),
        ]

    def __str__(self) -> str:
        return str(self.on)

    @property
    def whole(self) -> bool:
        return self.oil_pot and self.salt_spoon
