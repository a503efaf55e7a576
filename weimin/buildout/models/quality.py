"""Acceptance of a finished site: application with dossier, inspection by checklist, outcome, signed record (N7, N8)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.buildout.models.project import Project
from weimin.walls.models import ScopedModel


class Acceptance(ScopedModel):
    """One round. `items` are checklist lines {key, label, weight, score, remark, required}; photos are attachments of this."""

    class Outcome(models.TextChoices):
        PENDING = "", _("待检查")
        PASSED = "passed", _("合格")
        RECTIFY = "rectify", _("限期整改")
        FAILED = "failed", _("不合格")

    project = models.ForeignKey(Project, models.PROTECT, related_name="acceptances", verbose_name=_("建设任务"))
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    dossier = models.JSONField(_("资料"), default=dict)
    applied_by = models.CharField(_("申请人"), max_length=60)
    applied_at = models.DateTimeField(_("申请时间"))
    items = models.JSONField(_("检查项"), default=list)
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=1, null=True)
    outcome = models.CharField(_("结论"), max_length=8, choices=Outcome.choices, blank=True, default="")
    rectify_by = models.DateField(_("整改期限"), null=True)
    opinion = models.CharField(_("意见"), max_length=500, blank=True)
    inspected_by = models.CharField(_("检查人"), max_length=60, blank=True)
    inspected_at = models.DateTimeField(_("检查时间"), null=True)
    signed_by = models.CharField(_("被检查方签字人"), max_length=40, blank=True)
    rectified_at = models.DateTimeField(_("整改上报时间"), null=True)
    rectified_note = models.CharField(_("整改说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("验收")
        constraints = [
            models.UniqueConstraint(fields=["project", "round"], name="acceptance_round_once"),
            models.UniqueConstraint(fields=["project"], name="acceptance_one_pending", condition=Q(outcome="")),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(inspected_at__isnull=False, score__isnull=False),
                name="acceptance_inspected",
            ),
            models.CheckConstraint(condition=~Q(outcome="rectify") | Q(rectify_by__isnull=False), name="acceptance_rectify_by"),
        ]
