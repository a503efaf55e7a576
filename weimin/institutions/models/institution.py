"""What an institution is: its kind, licence, posts, the villages it serves, its insurance and its stars."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.sites.models import Site
from weimin.walls.models import ScopedModel


class InstitutionKind(models.TextChoices):
    CENTRE = "centre", _("社区卫生服务中心")
    STATION = "station", _("社区卫生服务站")


class PostKind(models.TextChoices):
    DOCTOR = "doctor", _("执业（助理）医师")
    NURSE = "nurse", _("护士")
    PUBLIC_HEALTH = "public_health", _("公共卫生人员")
    OTHER = "other", _("其他人员")


class Institution(ScopedModel):
    """A site that is a community health institution (H8). `region` is the site's; a station may belong to a centre.

    insured_*: designated for the medical insurance of residents. informed_from: joined the province's information system.
    """

    site = models.OneToOneField(Site, models.PROTECT, related_name="institution", verbose_name=_("站点"))
    kind = models.CharField(_("机构种类"), max_length=8, choices=InstitutionKind.choices)
    belongs_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="stations", verbose_name=_("所属中心"))
    beds = models.PositiveSmallIntegerField(_("床位"), default=0)
    licence_number = models.CharField(_("执业许可证号"), max_length=40, blank=True)
    licence_to = models.DateField(_("许可证有效期至"), null=True, blank=True)
    insured_from = models.DateField(_("医保定点日期"), null=True, blank=True)
    insured_to = models.DateField(_("定点终止日期"), null=True, blank=True)
    insured_by = models.CharField(_("定点批准单位"), max_length=80, blank=True)
    insured_document = models.CharField(_("定点文号"), max_length=60, blank=True)
    informed_from = models.DateField(_("接入省级系统日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("卫生机构")
        constraints = [
            models.CheckConstraint(condition=Q(belongs_to__isnull=True) | Q(kind="station"), name="institution_belongs"),
            models.CheckConstraint(condition=Q(insured_to__isnull=True) | Q(insured_from__isnull=False, insured_to__gte=F("insured_from")), name="insured_period"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.site.name

    def is_insured(self, on: date) -> bool:
        return self.insured_from is not None and self.insured_from <= on and (self.insured_to is None or self.insured_to > on)

    def is_informed(self, on: date) -> bool:
        return self.informed_from is not None and self.informed_from <= on


class StaffPost(ScopedModel):
    """Posts of one kind: how many are approved (编制) and how many the institution says are filled, where `staffing` keeps nobody."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="posts", verbose_name=_("卫生机构"))
    kind = models.CharField(_("岗位种类"), max_length=14, choices=PostKind.choices)
    approved = models.PositiveSmallIntegerField(_("编制数"), default=0)
    reported = models.PositiveSmallIntegerField(_("自报在岗数"), null=True, blank=True)

    class Meta:
        verbose_name = _("编制和人员")
        constraints = [models.UniqueConstraint(fields=["institution", "kind"], name="staff_post_once")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Catchment(ScopedModel):
    """The institution that answers for the residents of a village (`region`); a village has one."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="catchments", verbose_name=_("卫生机构"))

    class Meta:
        verbose_name = _("服务范围")
        constraints = [models.UniqueConstraint(fields=["region"], name="catchment_once")]


class NamedStar(ScopedModel):
    """A star given from outside: 山东省“星级社区卫生服务机构”; it counts until it ends or is taken back."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="named_stars", verbose_name=_("卫生机构"))
    name = models.CharField(_("称号"), max_length=80)
    granted_by = models.CharField(_("授予单位"), max_length=80)
    granted_on = models.DateField(_("授予日期"))
    document = models.CharField(_("文号"), max_length=60, blank=True)
    ends_on = models.DateField(_("有效期至"), null=True, blank=True)

    class Meta:
        verbose_name = _("授予的称号")
        constraints = [
            models.UniqueConstraint(fields=["institution", "name", "granted_on"], name="named_star_once"),
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("granted_on")), name="named_star_period"),
        ]

    def __str__(self) -> str:
        return self.name


class MonthlyReport(ScopedModel):
    """What an institution reports of a month: out-patients, first visits of residents here and everywhere (by the insurance), a survey."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="reports", verbose_name=_("卫生机构"))
    month = models.DateField(_("月份"))
    outpatients = models.PositiveIntegerField(_("门诊人次"))
    first_here = models.PositiveIntegerField(_("辖区居民首诊在本机构的人次"))
    first_all = models.PositiveIntegerField(_("辖区居民首诊总人次"), null=True, blank=True)
    surveyed = models.PositiveIntegerField(_("调查人数"), default=0)
    satisfied = models.PositiveIntegerField(_("满意人数"), default=0)
    reported_by = models.CharField(_("填报人"), max_length=60)
    reported_at = models.DateTimeField(_("填报时间"))

    class Meta:
        verbose_name = _("月报")
        constraints = [
            models.UniqueConstraint(fields=["institution", "month"], name="monthly_report_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="monthly_report_month"),
            models.CheckConstraint(condition=Q(first_all__isnull=True) | Q(first_here__lte=F("first_all")), name="monthly_report_first"),
            models.CheckConstraint(condition=Q(first_here__lte=F("outpatients")), name="monthly_report_here"),
            models.CheckConstraint(condition=Q(satisfied__lte=F("surveyed")), name="monthly_report_survey"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
