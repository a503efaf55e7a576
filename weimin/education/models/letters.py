"""The letter to residents (《致社区居民的一封信》), version by version, and where its copies went (plan 3 二（二）)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.walls.models import ScopedModel


class Letter(models.Model):
    """One version of the letter, as the bureau issued it. A public text of the whole jurisdiction; it is never changed afterwards."""

    number = models.PositiveSmallIntegerField(_("版次"), unique=True)
    title = models.CharField(_("标题"), max_length=60)
    greeting = models.CharField(_("称呼"), max_length=60)
    text = models.TextField(_("正文"))
    signed_by = models.CharField(_("落款"), max_length=60)
    signed_on = models.DateField(_("落款日期"))
    written_by = models.CharField(_("拟稿人"), max_length=60)
    written_at = models.DateTimeField(_("拟稿时间"))

    class Meta:
        verbose_name = _("致社区居民的一封信")

    def __str__(self) -> str:
        return self.title


class LetterWay(models.TextChoices):
    HANDED = "handed", _("发放到户")
    OFFICES = "offices", _("发放到机关单位")
    POSTED = "posted", _("张贴到小区、楼道门口")


class LetterDelivery(ScopedModel):
    """Copies of a version that went out in a community on a day."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries", verbose_name=_("版次"))
    way = models.CharField(_("方式"), max_length=8, choices=LetterWay.choices)
    copies = models.PositiveIntegerField(_("份数"))
    on = models.DateField(_("日期"))
    venue = models.CharField(_("地点"), max_length=100, blank=True)
    entered_by = models.CharField(_("登记人"), max_length=60)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("一封信发放")
        indexes = [models.Index(fields=["letter", "region"], name="education_letter_where")]
        constraints = [models.CheckConstraint(condition=Q(copies__gt=0), name="education_letter_some")]
