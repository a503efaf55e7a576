"""A cluster that reports showed, and what the institution found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.epidemics.models.outbreaks import Outbreak
from weimin.epidemics.models.places import PURPOSE, Group, Place
from weimin.walls.models import ScopedModel


class AlertState(models.TextChoices):
    RAISED = "raised", _("待核实")
    VERIFIED = "verified", _("已核实")
    DISMISSED = "dismissed", _("已排除")
    HANDLED = "handled", _("处置中")
    CLOSED = "closed", _("已关闭")


ALERT_MOVES = [("raised", "verified"), ("raised", "dismissed"), ("verified", "handled"), ("verified", "dismissed"), ("handled", "closed")]
OPEN = Q(state__in=["raised", "verified", "handled"])


class Alert(ScopedModel):
    """One for each cluster: the same school, class and symptom or disease extends it. No place = the families and cases of the village.

    rules: what each threshold that was reached saw, by its key: {"count": 3, "days": 7, "first": "2026-11-20", "last": "2026-11-23"}.
    """

    purpose: ClassVar[str] = PURPOSE

    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="alerts", verbose_name=_("学校"))
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="alerts", verbose_name=_("班级"))
    of = models.CharField(_("症状或病种"), max_length=30, blank=True)
    what = models.CharField(_("种类"), max_length=8)
    rules = models.JSONField(_("依据"), default=dict)
    rules_from = models.DateField(_("参数版本"))
    count = models.PositiveIntegerField(_("人数"))
    first_on = models.DateField(_("最早"))
    last_on = models.DateField(_("最近"))
    extended = models.PositiveSmallIntegerField(_("扩大次数"), default=0)
    state = models.CharField(_("状态"), max_length=10, choices=AlertState.choices, default=AlertState.RAISED)
    raised_at = models.DateTimeField(_("预警时间"))
    due_at = models.DateTimeField(_("核实期限"))
    verified_at = models.DateTimeField(_("核实时间"), null=True, blank=True)
    verified_by = models.CharField(_("核实人"), max_length=40, blank=True)
    finding = models.CharField(_("核实情况"), max_length=300, blank=True)
    handling = models.CharField(_("处置情况"), max_length=300, blank=True)
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, null=True, blank=True, related_name="alerts", verbose_name=_("疫情"))
    village = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("聚集性预警")
        indexes = [
            models.Index(fields=["-raised_at", "-id"], name="alert_raised"),
            models.Index(fields=["state", "-raised_at", "-id"], name="alert_state"),
            models.Index(fields=["due_at", "id"], name="alert_open", condition=OPEN),
        ]
        constraints = [
            models.UniqueConstraint(fields=["region", "place", "group", "what", "of"], name="alert_once", condition=OPEN, nulls_distinct=False),
            models.CheckConstraint(condition=Q(state="raised", verified_at__isnull=True) | (~Q(state="raised") & Q(verified_at__isnull=False)), name="alert_verified"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="alert_days"),
        ]  # fmt: skip

    def __str__(self) -> str:
        where = f"{self.place} {self.group}" if self.place and self.group else str(self.place or "")
        return where or str(self._meta.verbose_name)
