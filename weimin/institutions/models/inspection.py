"""Inspections of the unified standard (七统一): planned, held, mended, looked at again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.institutions.models.institution import Institution
from weimin.walls.models import ScopedModel


class InspectionState(models.TextChoices):
    PLANNED = "planned", _("待检查")
    RECTIFYING = "rectifying", _("限期整改")
    REPORTED = "reported", _("待复查")
    PASSED = "passed", _("达到标准")
    FAILED = "failed", _("不合格")
    CANCELLED = "cancelled", _("已取消")


INSPECTION_MOVES = [
    ("planned", "passed"), ("planned", "rectifying"), ("planned", "failed"), ("planned", "cancelled"), ("rectifying", "reported"),
    ("reported", "passed"), ("reported", "rectifying"), ("reported", "failed"),
]  # fmt: skip
RESULTS = [("passed", _("达到标准")), ("rectify", _("限期整改")), ("failed", _("不合格"))]


class Inspection(ScopedModel):
    """One inspection of one institution, with its rounds."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="inspections", verbose_name=_("卫生机构"))
    state = models.CharField(_("状态"), max_length=10, choices=InspectionState.choices, default=InspectionState.PLANNED)
    planned_on = models.DateField(_("计划日期"))
    planned_by = models.CharField(_("安排人"), max_length=60)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("统一标准检查")
        indexes = [models.Index(fields=["region", "-planned_on"], name="inspection_place")]
        constraints = [
            models.UniqueConstraint(fields=["institution"], name="inspection_one_open", condition=Q(state__in=["planned", "rectifying", "reported"]))
        ]

    def __str__(self) -> str:
        return str(self.institution)


class InspectionRound(ScopedModel):
    """One visit of the inspectors: the checklist with scores, what came of it, what was mended afterwards.

    items: [{"key", "label", "weight", "score" (text), "met", "remark", "photos": [attachment]}]; standard_from: the version of the checklist.
    """

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="rounds", verbose_name=_("统一标准检查"))
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="rounds", verbose_name=_("卫生机构"))
    number = models.PositiveSmallIntegerField(_("次数"))
    held_on = models.DateField(_("检查日期"))
    held_by = models.CharField(_("检查人"), max_length=60)
    standard_from = models.DateField(_("标准版本"))
    items = models.JSONField(_("检查表"), default=list)
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=1)
    result = models.CharField(_("结论"), max_length=8, choices=RESULTS)
    text = models.CharField(_("结论说明"), max_length=100)
    opinion = models.CharField(_("检查意见"), max_length=500, blank=True)
    signed_by = models.CharField(_("机构签字人"), max_length=40)
    rectify_by = models.DateField(_("整改期限"), null=True, blank=True)
    rectified_note = models.CharField(_("整改情况"), max_length=500, blank=True)
    rectified_by = models.CharField(_("整改上报人"), max_length=60, blank=True)
    rectified_at = models.DateTimeField(_("整改上报时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("检查记录")
        indexes = [models.Index(fields=["institution", "-held_on", "-id"], name="round_latest")]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="inspection_round_once"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=100), name="inspection_round_score"),
            models.CheckConstraint(
                condition=Q(result="rectify", rectify_by__isnull=False) | (~Q(result="rectify") & Q(rectify_by__isnull=True)), name="inspection_round_rectify"
            ),
            models.CheckConstraint(condition=Q(rectified_at__isnull=True, rectified_by="") | Q(rectified_at__isnull=False, rectified_by__gt=""), name="round_rectified_by"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(_("第 %(number)d 次") % {"number": self.number})
