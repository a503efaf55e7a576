"""What volunteers did: activities, hours of each person, and the free proof of them (志愿服务记录与证明出具办法, I-20 to I-22)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.sites.models import Site
from weimin.staffing.models.people import Worker
from weimin.walls.models import ScopedModel


class Activity(ScopedModel):
    """A volunteer activity: what, where, from when to when, who organised it and who was in charge."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="activities", verbose_name=_("站点"))
    name = models.CharField(_("活动名称"), max_length=80)
    content = models.CharField(_("服务内容"), max_length=200)
    place = models.CharField(_("地点"), max_length=100)
    unit = models.CharField(_("组织单位"), max_length=80)
    leader = models.CharField(_("负责人"), max_length=40)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    insured = models.BooleanField(_("已买意外险"), default=False)
    entered_by = models.CharField(_("登记人"), max_length=60)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("志愿服务活动")
        indexes = [models.Index(fields=["region", "starts_at"], name="activity_when")]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activity_forward")]

    def __str__(self) -> str:
        return self.name


class ActivityHours(ScopedModel):
    """The time that one person really served at an activity, without the way there and without training."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="hours", verbose_name=_("活动"))
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="hours", verbose_name=_("人员"))
    starts_at = models.DateTimeField(_("开始服务"))
    ends_at = models.DateTimeField(_("结束服务"))
    minutes = models.PositiveSmallIntegerField(_("服务分钟"))
    evaluation = models.CharField(_("评价"), max_length=100, blank=True)
    late_reason = models.CharField(_("补录原因"), max_length=200, blank=True)
    recorded_by = models.CharField(_("记录人"), max_length=60)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("志愿服务时长")
        indexes = [models.Index(fields=["worker", "starts_at"], name="activity_hours_of")]
        constraints = [
            models.UniqueConstraint(fields=["activity", "worker"], name="activity_hours_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0, ends_at__gt=F("starts_at")), name="activity_hours_some"),
        ]


class ServiceProof(ScopedModel):
    """A proof of hours as it was given out: free, with period, content and unit; its lines never change afterwards."""

    number = models.CharField(_("证明编号"), max_length=30, unique=True)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="proofs", verbose_name=_("人员"))
    starts_on = models.DateField(_("起始日期"))
    ends_on = models.DateField(_("截止日期"))
    minutes = models.PositiveIntegerField(_("服务分钟"))
    lines = models.JSONField(_("服务记录"), default=list)
    unit = models.CharField(_("出具单位"), max_length=80)
    purpose_of_use = models.CharField(_("用途"), max_length=100)
    issued_by = models.CharField(_("经办人"), max_length=60)
    issued_at = models.DateTimeField(_("出具时间"))

    class Meta:
        verbose_name = _("志愿服务记录证明")
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on"), minutes__gt=0), name="service_proof_period")]

    def __str__(self) -> str:
        return self.number
