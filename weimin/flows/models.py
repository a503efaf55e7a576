"""One table of steps for every domain: the to-do list, the lamps, the history and the measure of who held what."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.accounts.roles import Role
from weimin.walls.models import ScopedModel


class Step(ScopedModel):
    """One desk's part of one record: who has it, since when, until when, and how it ended."""

    subject_type = models.CharField(_("对象类型"), max_length=60)
    subject_id = models.BigIntegerField(_("对象编号"))
    flow = models.CharField(_("流程"), max_length=40)
    state = models.CharField(_("环节"), max_length=30)
    title = models.CharField(_("事项"), max_length=120)
    role = models.CharField(_("承办岗位"), max_length=20, choices=Role.choices)
    holder = models.BigIntegerField(_("承办人"), null=True)
    opened_at = models.DateTimeField(_("开始时间"))
    due_on = models.DateField(_("截止日期"), null=True)
    due_at = models.DateTimeField(_("截止时间"), null=True)
    provisional = models.BooleanField(_("暂定"), default=False)
    limit_value = models.PositiveIntegerField(_("时限"), null=True)
    limit_unit = models.CharField(_("时限单位"), max_length=8, blank=True)
    legal_basis = models.CharField(_("依据"), max_length=200, blank=True)
    extended = models.PositiveIntegerField(_("已延长"), default=0)
    extended_reason = models.CharField(_("延长理由"), max_length=200, blank=True)
    paused_since = models.DateTimeField(_("暂停起"), null=True)
    paused_reason = models.CharField(_("暂停原因"), max_length=200, blank=True)
    paused_units = models.PositiveIntegerField(_("暂停累计"), default=0)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    closed_by = models.BigIntegerField(_("办结人"), null=True)
    closed_name = models.CharField(_("办结人姓名"), max_length=40, blank=True)
    outcome = models.CharField(_("结果"), max_length=60, blank=True)
    on_time = models.BooleanField(_("按时"), null=True)
    urged_at = models.DateTimeField(_("催办时间"), null=True)
    urged_count = models.PositiveSmallIntegerField(_("催办次数"), default=0)
    urged_up_at = models.DateTimeField(_("上报时间"), null=True)

    region = models.BigIntegerField(_("所在区划"))

    class Meta:
        verbose_name = _("环节")
        indexes = [
            models.Index(fields=["role", "due_at"], name="step_open_due", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["role", "region", "due_at"], name="step_open_place", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["region", "due_at"], name="step_open_region", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["subject_type", "subject_id", "id"], name="step_subject"),
            models.Index(fields=["closed_by", "closed_at"], name="step_closed_by", condition=Q(closed_at__isnull=False)),
            BrinIndex(fields=["opened_at"], name="step_opened"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "flow"], name="step_one_open", condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False, closed_name__gt=""), name="step_closed_by_somebody"
            ),
            models.CheckConstraint(condition=Q(paused_since__isnull=True) | Q(closed_at__isnull=True), name="step_closed_not_paused"),
        ]

    def __str__(self) -> str:
        return self.title
