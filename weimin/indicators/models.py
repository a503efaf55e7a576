"""The stored values: what dashboards, plan goals and the yearly assessment read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from weimin.walls.models import ScopedModel


class Value(ScopedModel):
    """Numerator and denominator of one indicator in one region on one day; summed up the ranges of region codes."""

    region = models.BigIntegerField(_("所在区划"))
    code = models.CharField(_("指标"), max_length=80)
    part = models.CharField(_("分项"), max_length=140, blank=True)
    on = models.DateField(_("日期"))
    numerator = models.BigIntegerField(_("分子"))
    denominator = models.BigIntegerField(_("分母"))
    computed_at = models.DateTimeField(_("计算时间"))

    class Meta:
        verbose_name = _("指标值")
        constraints = [models.UniqueConstraint(fields=["code", "part", "region", "on"], name="value_once")]
        indexes = [
            models.Index(fields=["code", "part", "on", "region"], name="value_day"),
            models.Index(fields=["on", "region"], name="value_on"),
        ]
