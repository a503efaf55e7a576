"""The report card of an infectious disease (传染病报告卡) with its clock (A-50, A-51)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.epidemics.diseases import name_of
from weimin.epidemics.models.outbreaks import Outbreak
from weimin.epidemics.models.places import HEALTH, Group, Place
from weimin.health.standard_words import in_words
from weimin.residents.models import Gender, Resident
from weimin.secrets.fields import LookupField, SealedField
from weimin.walls.models import ScopedModel


class CaseType(models.TextChoices):
    """病例分类."""

    SUSPECTED = "suspected", _("疑似病例")
    CLINICAL = "clinical", _("临床诊断病例")
    CONFIRMED = "confirmed", _("确诊病例")
    CARRIER = "carrier", _("病原携带者")


class CaseState(models.TextChoices):
    DUE = "due", _("待网络直报")
    REPORTED = "reported", _("已报告")
    CORRECTED = "corrected", _("已订正")
    DELETED = "deleted", _("已删除")


CARD_MOVES = [("due", "reported"), ("due", "corrected"), ("due", "deleted"), ("reported", "corrected"), ("reported", "deleted")]


class Crowd(models.TextChoices):
    """人群分类."""

    NURSERY = "nursery", _("幼托儿童")
    AT_HOME = "at_home", _("散居儿童")
    STUDENT = "student", _("学生")
    TEACHER = "teacher", _("教师")
    CATERING = "catering", _("餐饮食品业")
    HEALTH_WORKER = "health_worker", _("医务人员")
    WORKER = "worker", _("工人")
    FARMER = "farmer", _("农民")
    RETIRED = "retired", _("离退人员")
    OTHER = "other", _("其他")


class CaseReport(ScopedModel):
    """One card for one illness of one person: of the register, or written down where the person is not in it.

    The clock runs from `diagnosed_at`; `reported_at` is when it was in the national system, whenever that was noted here.
    A correction is a new card (`corrects`); a card that was wrong altogether is deleted with its reason and stays readable.
    """

    purpose: ClassVar[str] = HEALTH

    resident = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("居民"))
    name = models.CharField(_("姓名"), max_length=60)
    guardian = models.CharField(_("家长姓名"), max_length=60, blank=True)
    gender = models.CharField(_("性别"), max_length=1, choices=Gender.choices)
    birth_on = models.DateField(_("出生日期"))
    id_number = SealedField(_("证件号码"), null=True, blank=True)
    id_lookup = LookupField(kind="id_number", of="id_number")
    phone = SealedField(_("联系电话"), null=True, blank=True)
    address = models.CharField(_("现住址"), max_length=200, blank=True)
    crowd = models.CharField(_("人群分类"), max_length=14, choices=Crowd.choices)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("学校"))
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("班级"))
    unit = models.CharField(_("工作单位"), max_length=80, blank=True)
    disease = models.CharField(_("病种"), max_length=30)
    kind = models.CharField(_("病例分类"), max_length=10, choices=CaseType.choices)
    onset_on = models.DateField(_("发病日期"))
    diagnosed_at = models.DateTimeField(_("诊断时间"))
    died_on = models.DateField(_("死亡日期"), null=True, blank=True)
    same_symptoms = models.BooleanField(_("密切接触者有相同症状"), default=False)
    remark = models.CharField(_("备注"), max_length=200, blank=True)
    law_from = models.DateField(_("法律版本"))
    hours = models.PositiveSmallIntegerField(_("报告时限（小时）"))
    due_at = models.DateTimeField(_("报告期限"))
    filled_at = models.DateTimeField(_("填卡时间"))
    filled_by = models.BigIntegerField(_("填卡人编号"), null=True, blank=True)
    filled_name = models.CharField(_("填卡医生"), max_length=40)
    filled_unit = models.CharField(_("报告单位"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=CaseState.choices, default=CaseState.DUE)
    reported_at = models.DateTimeField(_("网络直报时间"), null=True, blank=True)
    national_number = models.CharField(_("国家系统卡片编号"), max_length=40, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="correction", verbose_name=_("订正"))
    ended_reason = models.CharField(_("订正、删除原因"), max_length=200, blank=True)
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("疫情"))
    # A copy of `region` for the indexes that lists walk (see residents.Resident.place).
    village = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("传染病报告卡")
        indexes = [
            models.Index(fields=["-diagnosed_at", "-id"], name="card_diagnosed"),
            models.Index(fields=["village", "-diagnosed_at", "-id"], name="card_village"),
            models.Index(fields=["state", "-diagnosed_at", "-id"], name="card_state"),
            models.Index(fields=["name", "village"], name="card_name"),
            models.Index(fields=["due_at", "id"], name="card_due", condition=Q(state="due")),
            models.Index(fields=["disease", "-diagnosed_at", "-id"], name="card_disease"),
            models.Index(fields=["place", "disease", "-onset_on"], name="card_place", condition=Q(place__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="due", reported_at__isnull=True) | ~Q(state="due")) & (~Q(state="reported") | Q(reported_at__isnull=False)),
                name="card_reported",
            ),
            models.CheckConstraint(condition=~Q(state__in=["corrected", "deleted"]) | ~Q(ended_reason=""), name="card_ended_why"),
            models.CheckConstraint(condition=Q(reported_at__isnull=True) | Q(reported_at__gte=F("diagnosed_at")), name="card_order"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def disease_name(self) -> str:
        """As papers have it."""
        return name_of(self.disease)

    @property
    def about(self) -> str:
        """Whom and what a form is about."""
        return f"{self.name} · {self.disease_words}"

    @property
    def disease_words(self) -> str:
        """In the reader's language."""
        return in_words(self.disease_name)

    @property
    def on_time(self) -> bool | None:
        """None while it is not reported."""
        return None if self.reported_at is None else self.reported_at <= self.due_at
