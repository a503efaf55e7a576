"""Values that look odd and are looked at again, self-care of elderly people, and records of one person brought together."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.health.models.record import HealthRecord, OfRecord
from weimin.health.models.states import PURPOSE, CheckState, SelfCareGrade
from weimin.health.models.visit import Visit
from weimin.walls.models import ScopedModel


class ValueCheck(OfRecord, ScopedModel):
    """A visit whose values are to be looked at again: a question, not a reproach. `hints`: keys of `wording.HINTS`."""

    purpose: ClassVar[str] = PURPOSE

    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="checks", verbose_name=_("健康档案"))
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="checks", verbose_name=_("随访"))
    hints = models.JSONField(_("提示"), default=list)
    state = models.CharField(_("状态"), max_length=10, choices=CheckState.choices, default=CheckState.TO_CHECK)
    opened_at = models.DateTimeField(_("提出时间"))
    answer = models.CharField(_("核对结果"), max_length=200, blank=True)
    answered_by = models.CharField(_("核对人"), max_length=40, blank=True)
    answered_at = models.DateTimeField(_("核对时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("数值核对")
        indexes = [models.Index(fields=["state", "id"], name="check_state")]
        constraints = [
            models.UniqueConstraint(fields=["visit"], name="check_one_open", condition=Q(state="to_check")),
            models.CheckConstraint(condition=Q(state="to_check", answered_at__isnull=True) | (~Q(state="to_check") & Q(answered_at__isnull=False)), name="check_answered"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.visit)


class SelfCare(OfRecord, ScopedModel):
    """How far an elderly person manages alone, by the five items of the standard's form (A-36); more is worse."""

    purpose: ClassVar[str] = PURPOSE

    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="self_care", verbose_name=_("健康档案"))
    on = models.DateField(_("评估日期"))
    scores = models.JSONField(_("各项评分"), default=dict)
    total = models.PositiveSmallIntegerField(_("总评分"))
    grade = models.CharField(_("评估结果"), max_length=12, choices=SelfCareGrade.choices)
    assessed_by = models.CharField(_("评估人"), max_length=40)

    class Meta:
        verbose_name = _("生活自理能力评估")
        constraints = [
            models.UniqueConstraint(fields=["record", "on"], name="self_care_once"),
            models.CheckConstraint(condition=Q(total__lte=37), name="self_care_total"),
        ]

    def __str__(self) -> str:
        return f"{self.on}"


class RecordMerge(ScopedModel):
    """Two entries of the register were one person: `record` went along. `into`: the record that the person had already, else empty.

    moved: what went over, so that it can come back: {"visits": [pk], "cares": [pk], "ended": [pk], "outcomes": {pk: care before}, "state": …}.
    """

    purpose: ClassVar[str] = PURPOSE

    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="merges_away", verbose_name=_("并入的档案"))
    into = models.ForeignKey(HealthRecord, models.PROTECT, null=True, blank=True, related_name="merges", verbose_name=_("保留的档案"))
    moved = models.JSONField(_("随同移动"), default=dict)
    merged_at = models.DateTimeField(_("合并时间"))
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("档案合并")
        constraints = [models.UniqueConstraint(fields=["record"], name="record_merge_one_open", condition=Q(undone_at__isnull=True))]

    def __str__(self) -> str:
        return str(self.record)
