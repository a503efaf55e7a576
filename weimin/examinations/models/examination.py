"""A physical examination and what was found out of range (A-08)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.examinations.models.plan import Invitation
from weimin.examinations.models.states import PURPOSE, Closing, FollowState
from weimin.health.models import Due, HealthRecord
from weimin.health.models.record import OfRecord
from weimin.walls.models import ScopedModel


def decimal(words: object, digits: int, places: int) -> models.DecimalField:
    return models.DecimalField(words, max_digits=digits, decimal_places=places, null=True, blank=True)  # type: ignore[arg-type]


def whole(words: object) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(words, null=True, blank=True)  # type: ignore[arg-type]


class Examination(OfRecord, ScopedModel):
    """One examination by the form of the standard. What is compared is a column in the units of `data/examination.yaml`; the rest is in `findings`.

    `on` is the day of the examination, `entered_at` when it was typed: late entry is not a late examination. `abnormal`: `rules_abnormal.Abnormal` as data.
    `due`: what of the calendar of health it closed, by which health counts it.
    """

    purpose: ClassVar[str] = PURPOSE

    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="examinations", verbose_name=_("健康档案"))
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, blank=True, related_name="examinations", verbose_name=_("体检名单"))
    due = models.ForeignKey(Due, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("应做服务"))
    on = models.DateField(_("体检日期"))
    temperature, pulse, breath = decimal(_("体温（℃）"), 3, 1), whole(_("脉率")), whole(_("呼吸频率"))
    left_systolic, left_diastolic = whole(_("左侧高压")), whole(_("左侧低压"))
    right_systolic, right_diastolic = whole(_("右侧高压")), whole(_("右侧低压"))
    height, weight, waist = decimal(_("身高（cm）"), 4, 1), decimal(_("体重（kg）"), 4, 1), decimal(_("腰围（cm）"), 4, 1)
    bmi = decimal(_("体质指数"), 4, 1)
    self_care = whole(_("自理能力评分"))
    hemoglobin, leukocyte, platelet = whole(_("血红蛋白（g/L）")), decimal(_("白细胞（10⁹/L）"), 5, 2), whole(_("血小板（10⁹/L）"))
    fasting, hba1c = decimal(_("空腹血糖（mmol/L）"), 4, 1), decimal(_("糖化血红蛋白（%）"), 4, 1)
    alt, ast, bilirubin = whole(_("血清谷丙转氨酶（U/L）")), whole(_("血清谷草转氨酶（U/L）")), decimal(_("总胆红素（μmol/L）"), 5, 1)
    creatinine, urea = decimal(_("血清肌酐（μmol/L）"), 5, 1), decimal(_("血尿素（mmol/L）"), 5, 2)
    cholesterol, triglyceride = decimal(_("总胆固醇（mmol/L）"), 5, 2), decimal(_("甘油三酯（mmol/L）"), 5, 2)
    ldl, hdl = decimal(_("低密度脂蛋白胆固醇（mmol/L）"), 5, 2), decimal(_("高密度脂蛋白胆固醇（mmol/L）"), 5, 2)
    findings = models.JSONField(_("体检内容"), default=dict)
    abnormal = models.JSONField(_("异常项目"), default=list)
    complete = models.BooleanField(_("填写完整"), default=False)
    doctor = models.BigIntegerField(_("体检医生编号"), null=True, blank=True)
    doctor_name = models.CharField(_("体检医生"), max_length=40)
    entered_at = models.DateTimeField(_("录入时间"))
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("更正"))

    class Meta:
        verbose_name = _("健康体检")
        indexes = [models.Index(fields=["record", "-on", "-id"], name="examination_record"), models.Index(fields=["on", "region"], name="examination_day")]
        constraints = [
            models.UniqueConstraint(fields=["corrects"], name="examination_corrected_once"),
            models.CheckConstraint(condition=Q(self_care__isnull=True) | Q(self_care__lte=37), name="examination_self_care"),
            models.CheckConstraint(condition=Q(fasting__isnull=True) | Q(fasting__gt=0, fasting__lte=50), name="examination_fasting"),
        ]

    def __str__(self) -> str:
        return f"{self.on}"


class AbnormalFollowUp(OfRecord, ScopedModel):
    """What an examination found, followed until it is closed: called back, looked at again, closed. `rank` 0 = urgent.

    items: the findings that are followed; rechecks: [{"on", "by", "results": {item: result}, "note"}], the latest last.
    """

    purpose: ClassVar[str] = PURPOSE

    examination = models.ForeignKey(Examination, models.PROTECT, related_name="follow_ups", verbose_name=_("健康体检"))
    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="abnormal_follow_ups", verbose_name=_("健康档案"))
    items = models.JSONField(_("异常项目"), default=list)
    rank = models.PositiveSmallIntegerField(_("紧急程度"))
    refer = models.BooleanField(_("建议转诊"), default=False)
    found_on = models.DateField(_("发现日期"))
    due_on = models.DateField(_("期限"))
    state = models.CharField(_("状态"), max_length=8, choices=FollowState.choices, default=FollowState.RECALL)
    recalled_on = models.DateField(_("通知日期"), null=True, blank=True)
    recall_note = models.CharField(_("通知情况"), max_length=100, blank=True)
    rechecks = models.JSONField(_("复查"), default=list)
    closing = models.CharField(_("结果"), max_length=10, choices=Closing.choices, blank=True)
    closing_note = models.CharField(_("说明"), max_length=200, blank=True)
    closed_on = models.DateField(_("了结日期"), null=True, blank=True)
    township = models.GeneratedField(expression=F("region") / 1000, output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("乡镇九位代码"))
    place = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("异常结果追踪")
        indexes = [
            models.Index(fields=["rank", "due_on", "id"], name="abnormal_county", condition=~Q(state="closed")),
            models.Index(fields=["township", "rank", "due_on", "id"], name="abnormal_township", condition=~Q(state="closed")),
            models.Index(fields=["place", "rank", "due_on", "id"], name="abnormal_village", condition=~Q(state="closed")),
            models.Index(fields=["found_on", "region"], name="abnormal_found"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["examination"], name="abnormal_one_open", condition=~Q(state="closed")),
            models.CheckConstraint(condition=Q(rank__lte=1), name="abnormal_rank"),
            models.CheckConstraint(condition=Q(due_on__gte=F("found_on")), name="abnormal_period"),
            models.CheckConstraint(
                condition=(Q(state="closed", closed_on__isnull=False) & ~Q(closing="")) | (~Q(state="closed") & Q(closed_on__isnull=True, closing="")),
                name="abnormal_closed_how",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.get_state_display())
