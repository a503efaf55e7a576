"""A plan in force, its versions and its goals. Plans are known to every post of the jurisdiction."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from weimin.buildout.plan.schema import Plan as PlanData
from weimin.walls.tenancy import tenancy

PARSED: dict[tuple[Any, ...], PlanData] = {}  # (schema, plan, version, applied at) → content; versions never change
PARSED_MOST = 50


class PlanManager(models.Manager["Plan"]):
    """The file's content is large and cached: it is left in the database until somebody needs it."""

    def get_queryset(self) -> models.QuerySet[Plan]:
        return super().get_queryset().defer("data")


class Plan(models.Model):
    """An implementation plan (实施方案) that runs in this jurisdiction. `data` is the checked file with its dates shifted."""

    region = models.BigIntegerField(_("适用区划"))
    code = models.CharField(_("方案代号"), max_length=60, unique=True)
    title = models.CharField(_("标题"), max_length=200)
    issuer = models.CharField(_("印发机关"), max_length=100)
    document_number = models.CharField(_("发文字号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"))
    original_issued_on = models.DateField(_("原印发日期"))
    version = models.PositiveIntegerField(_("版本"), default=1)
    data = models.JSONField(_("内容"))
    applied_at = models.DateTimeField(_("执行时间"))

    objects = PlanManager()

    class Meta:
        verbose_name = _("方案")
        ordering = ["-issued_on", "code"]

    def __str__(self) -> str:
        return self.title

    @property
    def shifted_days(self) -> int:
        return (self.issued_on - self.original_issued_on).days

    @property
    def content(self) -> PlanData:
        """The plan as the schema's object; parsed once per version in a process (the column is read only when needed)."""
        key = (tenancy.schema_name, self.pk, self.version, self.applied_at)
        if key not in PARSED:
            if len(PARSED) >= PARSED_MOST:
                PARSED.clear()
            PARSED[key] = PlanData.model_validate(self.data)
        return PARSED[key]

    @property
    def builds(self) -> bool:
        """Whether anything is built under it; a plan for what stands already has no tasks and no places to choose."""
        return any(tier.build for tier in self.content.tiers)


class PlanVersion(models.Model):
    """What a version of the file said and changed; never altered."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    source = models.TextField(_("原文"))
    changes = models.JSONField(default=list)
    applied_at = models.DateTimeField()
    applied_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "version"], name="plan_version_once")]


class Goal(models.Model):
    """A figure the plan wants by a day; read from an indicator, or recorded by hand with its source."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("目标"), max_length=200)
    area = models.CharField(max_length=12)
    indicator = models.CharField(max_length=80, blank=True)
    tier = models.CharField(max_length=60, blank=True)
    batch = models.CharField(max_length=60, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=2)
    target_most = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    unit = models.CharField(max_length=20)
    baseline = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    due_on = models.DateField(null=True)
    direction = models.CharField(max_length=4, default="up")
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="goal_once")]

    def __str__(self) -> str:
        return self.label


class GoalReading(models.Model):
    """A figure recorded by hand for a goal that no running data measures yet."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="readings")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2)
    source = models.CharField(max_length=200)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "on"], name="goal_reading_once")]


class Batch(models.Model):
    """Sites that are due together."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="batches")
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("批次"), max_length=100)
    tier = models.CharField(max_length=60)
    due_on = models.DateField(null=True)
    pilot = models.BooleanField(default=False)
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="batch_once")]

    def __str__(self) -> str:
        return self.label


def as_json(plan: PlanData) -> dict[str, Any]:
    return plan.model_dump(mode="json", by_alias=True)
