"""Values by day and region; sums over code ranges give every level."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from weimin.walls.models import ScopedModel


class Value(ScopedModel):
    """Numerator and denominator of an indicator for one region on one day. `part` tells two plans apart ("" = the whole)."""

    code = models.CharField(_("指标"), max_length=80)
    part = models.CharField(_("部分"), max_length=140, blank=True)
    on = models.DateField(_("日期"))
    numerator = models.BigIntegerField(_("分子"))
    denominator = models.BigIntegerField(_("分母"))
    computed_at = models.DateTimeField(_("计算时间"))

    region = models.BigIntegerField(_("所在区划"))

    class Meta:
        verbose_name = _("指标值")
        constraints = [models.UniqueConstraint(fields=["code", "part", "on", "region"], name="value_once")]
