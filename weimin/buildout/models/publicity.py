"""How the work is made known, and the stage bulletins (N9, N12)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.buildout.models.plan import Plan
from weimin.walls.models import ScopedModel


class Campaign(ScopedModel):
    """One piece of publicity: where, when, by which channel, how many were reached."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="campaigns", verbose_name=_("方案"))
    channel = models.CharField(_("方式"), max_length=60)
    place = models.CharField(_("地点"), max_length=100)
    audience = models.CharField(_("对象"), max_length=100, blank=True)
    text = models.CharField(_("内容"), max_length=300)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    reached = models.PositiveIntegerField(_("覆盖人数"), null=True, blank=True)
    recorded_by = models.CharField(_("登记人"), max_length=60)
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("宣传活动")
        constraints = [models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="campaign_period")]

    def __str__(self) -> str:
        return f"{self.place} {self.starts_on}"


class Bulletin(models.Model):
    """A stage bulletin (阶段通报) as it was issued, with the figures of its day; every post reads it, nobody changes it.

    `figures` is what `rules_bulletin.figures_of` makes.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="bulletins")
    key = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(_("期号"))
    title = models.CharField(_("标题"), max_length=200)
    document_number = models.CharField(_("发文字号"), max_length=60, blank=True)
    on = models.DateField(_("截至日期"))
    figures = models.JSONField(default=dict)
    issued_by = models.CharField(_("签发人"), max_length=60)
    issued_at = models.DateTimeField(_("印发时间"))

    class Meta:
        verbose_name = _("阶段通报")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="bulletin_number_once"),
            models.UniqueConstraint(fields=["plan", "key", "on"], name="bulletin_day_once"),
        ]

    def __str__(self) -> str:
        return self.title
