"""Follow-up visits and what the standard said of them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.health.models.care import Care
from weimin.health.models.record import HealthRecord, OfRecord
from weimin.health.models.states import PURPOSE, OutcomeClass, Programme, Way
from weimin.walls.models import ScopedModel


class Visit(OfRecord, ScopedModel):
    """One follow-up visit, for all programmes of the person at once (A-20, A-30, A-44).

    The measured values are columns; everything else of the forms is in `findings` by field names of the standard. `on` is the
    day of the visit, `entered_at` when it was typed: late entry is not a late visit. Pressure in mmHg, glucose in mmol/L, weight in kg.
    """

    purpose: ClassVar[str] = PURPOSE

    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="visits", verbose_name=_("健康档案"))
    on = models.DateField(_("随访日期"))
    way = models.CharField(_("随访方式"), max_length=6, choices=Way.choices)
    programmes = models.JSONField(_("管理类别"), default=list)
    systolic = models.PositiveSmallIntegerField(_("收缩压"), null=True, blank=True)
    diastolic = models.PositiveSmallIntegerField(_("舒张压"), null=True, blank=True)
    pulse = models.PositiveSmallIntegerField(_("心率"), null=True, blank=True)
    weight = models.DecimalField(_("体重（kg）"), max_digits=4, decimal_places=1, null=True, blank=True)
    fasting = models.DecimalField(_("空腹血糖（mmol/L）"), max_digits=4, decimal_places=1, null=True, blank=True)
    temperature = models.DecimalField(_("体温（℃）"), max_digits=3, decimal_places=1, null=True, blank=True)
    risk = models.PositiveSmallIntegerField(_("危险性评估"), null=True, blank=True)
    findings = models.JSONField(_("随访内容"), default=dict)
    medication = models.JSONField(_("用药"), default=list)
    doctor = models.BigIntegerField(_("随访医生编号"), null=True, blank=True)
    doctor_name = models.CharField(_("随访医生"), max_length=40)
    entered_at = models.DateTimeField(_("录入时间"))
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("更正"))

    class Meta:
        verbose_name = _("随访")
        indexes = [
            models.Index(fields=["record", "-on", "-id"], name="visit_record"),
            models.Index(fields=["doctor", "-on"], name="visit_doctor"),
            BrinIndex(fields=["on"], name="visit_on"),
            BrinIndex(fields=["entered_at"], name="visit_entered"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(risk__isnull=True) | Q(risk__lte=5), name="visit_risk"),
            models.CheckConstraint(condition=Q(systolic__isnull=True) | Q(systolic__gte=50, systolic__lte=300), name="visit_systolic"),
            models.CheckConstraint(condition=Q(fasting__isnull=True) | Q(fasting__gt=0, fasting__lte=50), name="visit_fasting"),
        ]

    def __str__(self) -> str:
        return f"{self.on}"


class VisitOutcome(ScopedModel):
    """What the standard said of a visit for one programme: class, next date, referral, emergency, the reasons, and which version said so.

    chosen_on: the day that the doctor chose, as it was typed; `next_on` is never later than it, nor than the standard's.
    """

    purpose: ClassVar[str] = PURPOSE

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="outcomes", verbose_name=_("随访"))
    care = models.ForeignKey(Care, models.PROTECT, related_name="outcomes", verbose_name=_("重点管理"))
    programme = models.CharField(_("管理类别"), max_length=12, choices=Programme.choices)
    on = models.DateField(_("随访日期"))
    outcome = models.CharField(_("分类"), max_length=14, choices=OutcomeClass.choices)
    refer = models.BooleanField(_("建议转诊"), default=False)
    emergency = models.BooleanField(_("紧急转诊"), default=False)
    reasons = models.JSONField(_("依据"), default=list)
    next_on = models.DateField(_("下次随访"))
    chosen_on = models.DateField(_("医生约定日期"), null=True, blank=True)
    standard_from = models.DateField(_("标准版本"))

    class Meta:
        verbose_name = _("随访分类")
        indexes = [models.Index(fields=["care", "-on"], name="outcome_care"), BrinIndex(fields=["on"], name="outcome_on")]
        constraints = [models.UniqueConstraint(fields=["visit", "care"], name="outcome_once")]

    def __str__(self) -> str:
        return str(self.get_outcome_display())
