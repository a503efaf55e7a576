"""Candidate places and the solver's proposals (N4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.buildout.models.plan import Plan
from weimin.walls.models import ScopedModel


class Candidate(ScopedModel):
    """A place that could hold a site, with what the plan asks of a place and the people who live around it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="candidates")
    tier = models.CharField(max_length=60)
    name = models.CharField(_("地点"), max_length=100)
    place_kind = models.CharField(_("场所类型"), max_length=24)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6)
    latitude = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6)
    population = models.PositiveIntegerField(_("人口"))
    rent_free = models.BooleanField(_("免租金"), default=True)
    gathering = models.BooleanField(_("人员集中"), default=False)
    transport = models.BooleanField(_("交通便利"), default=False)
    existing = models.BooleanField(_("已有站点"), default=False)
    synthetic = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("候选地点")
        constraints = [
            models.UniqueConstraint(fields=["plan", "tier", "region", "name"], name="candidate_once"),
            models.CheckConstraint(
                condition=Q(longitude__gte=73, longitude__lte=136, latitude__gte=3, latitude__lte=54),
                name="candidate_in_china",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SitingRun(models.Model):
    """One answer of the solver, kept with its question; a county's own working paper, open to its offices."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="siting_runs")
    tier = models.CharField(max_length=60)
    question = models.JSONField(default=dict)
    answer = models.JSONField(default=dict)
    status = models.CharField(max_length=12)
    ran_by = models.CharField(max_length=60)
    ran_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.answer.get("sentence", ""))
