"""What went out and came in, where rows that came in are from, and numbers that a record had elsewhere."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.health.models import HealthRecord, InactiveReason, RecordState
from weimin.health.models.states import PURPOSE
from weimin.secrets.fields import SealedFileField
from weimin.walls.models import ScopedModel


class ExchangeState(models.TextChoices):
    MADE = "made", _("已导出")
    WAITING = "waiting", _("待核对")
    APPLIED = "applied", _("已导入")
    DROPPED = "dropped", _("未导入")


EXCHANGE_MOVES = [("waiting", "applied"), ("waiting", "dropped")]


class Release(models.TextChoices):
    R5 = "R5", "FHIR R5"
    R4 = "R4", "FHIR R4"


class Exchange(ScopedModel):
    """One bundle that went out (`out`) or came in (`in`). `bundle`: its identifier as system|value; `said`: how many rows of each part.

    content: the bundle, packed and sealed. Of an export it is emptied after a month; of an import that was applied it stays, with whatever this house has no place for.
    """

    purpose: ClassVar[str] = PURPOSE

    way = models.CharField(_("方向"), max_length=3, choices=[("out", _("导出")), ("in", _("导入"))])
    state = models.CharField(_("状态"), max_length=8, choices=ExchangeState.choices)
    record = models.ForeignKey(HealthRecord, models.PROTECT, null=True, blank=True, related_name="exchanges", verbose_name=_("健康档案"))
    bundle = models.CharField(_("数据包编号"), max_length=300)
    release = models.CharField(_("FHIR 版本"), max_length=3, choices=Release.choices)
    full = models.BooleanField(_("含完整证件号码和电话"), default=False)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    institution = models.CharField(_("来源机构"), max_length=200, blank=True)
    said = models.JSONField(_("条数"), default=dict)
    person = models.BigIntegerField(_("办理人编号"))
    person_name = models.CharField(_("办理人"), max_length=60)
    post_label = models.CharField(_("岗位"), max_length=200, blank=True)
    at = models.DateTimeField(_("时间"))
    applied_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    applied_by = models.CharField(_("导入人"), max_length=60, blank=True)
    size = models.IntegerField(_("大小（字节）"), default=0)
    digest = models.CharField(_("摘要"), max_length=64)
    content = SealedFileField(_("内容"), null=True)

    class Meta:
        verbose_name = _("档案交换")
        indexes = [
            models.Index(fields=["-at", "-id"], name="exchange_at"),
            models.Index(fields=["record", "-at"], name="exchange_record"),
            models.Index(fields=["bundle"], name="exchange_bundle"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "bundle"], name="exchange_applied_once", condition=Q(way="in", state="applied")),
            models.CheckConstraint(condition=Q(way="out", state="made") | (Q(way="in") & ~Q(state="made")), name="exchange_way"),
            models.CheckConstraint(condition=Q(state="waiting") | Q(state="dropped") | Q(record__isnull=False), name="exchange_whose"),
            models.CheckConstraint(condition=Q(state="applied", applied_at__isnull=False) | (~Q(state="applied") & Q(applied_at__isnull=True)), name="exchange_applied"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_way_display()} {timezone.localdate(self.at)}"


class Origin(ScopedModel):
    """Where a row that came in is from. `key`: who the row is everywhere; `names`: doctor and institution as the source calls them.

    is_alias: the row was here before and turned out to be the same as theirs.
    """

    purpose: ClassVar[str] = PURPOSE

    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="origins", verbose_name=_("健康档案"))
    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="origins", verbose_name=_("档案交换"))
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    key = models.CharField(_("来源编号"), max_length=200)
    names = models.JSONField(_("来源的说法"), default=dict)
    is_alias = models.BooleanField(_("本地原有"), default=False)

    class Meta:
        verbose_name = _("来源")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="origin_subject")]
        constraints = [models.UniqueConstraint(fields=["record", "key"], name="origin_once")]

    def __str__(self) -> str:
        return self.key


class FormerNumber(ScopedModel):
    """A number that the record had in another place, until which day, and how it stood there."""

    purpose: ClassVar[str] = PURPOSE

    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="former_numbers", verbose_name=_("健康档案"))
    exchange = models.ForeignKey(Exchange, models.PROTECT, null=True, blank=True, related_name="former_numbers", verbose_name=_("档案交换"))
    number = models.CharField(_("原档案编号"), max_length=17)
    place = models.CharField(_("原管理机构"), max_length=200, blank=True)
    until_on = models.DateField(_("到"), null=True, blank=True)
    state = models.CharField(_("当时状态"), max_length=8, choices=RecordState.choices, blank=True)
    why = models.CharField(_("非活动原因"), max_length=8, choices=InactiveReason.choices, blank=True)

    class Meta:
        verbose_name = _("原档案编号")
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="former_number_once")]

    def __str__(self) -> str:
        return self.number


class Elsewhere(ScopedModel):
    """What another system says of the person: a value, a disease, a visit there. Shown on the time line, never one of our visits, in no indicator.

    `code`: systolic, diastolic, fasting, glucose, weight, height; hypertension, diabetes; the class of an encounter. `key`: who it is there.
    """

    purpose: ClassVar[str] = PURPOSE

    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="elsewhere", verbose_name=_("健康档案"))
    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="elsewhere", verbose_name=_("档案交换"))
    kind = models.CharField(_("种类"), max_length=8, choices=[("value", _("测量值")), ("disease", _("疾病")), ("visit", _("就诊"))])
    code = models.CharField(_("项目"), max_length=20)
    value = models.CharField(_("值"), max_length=60, blank=True)
    state = models.CharField(_("情况"), max_length=8, blank=True)
    on = models.DateField(_("日期"))
    place = models.CharField(_("机构"), max_length=80, blank=True)
    key = models.CharField(_("来源编号"), max_length=200)

    class Meta:
        verbose_name = _("外系统记录")
        indexes = [models.Index(fields=["record", "-on"], name="elsewhere_record")]
        constraints = [models.UniqueConstraint(fields=["record", "key"], name="elsewhere_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
