"""The editable table of exceptional days (shared by every jurisdiction), above the published years of chinesecalendar."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """One exceptional day of the nation (region 0) or of a division and everything inside it (民族自治地方, article 4)."""

    class Kind(models.TextChoices):
        WORK = "WORK", _("工作日")
        REST = "REST", _("休息日")
        HOLIDAY = "HOLIDAY", _("节假日")
        MAKEUP = "MAKEUP", _("调休上班")

    on = models.DateField(_("日期"))
    kind = models.CharField(_("类型"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=40, blank=True)
    source = models.CharField(_("来源"), max_length=200)
    region = models.BigIntegerField(_("适用区划"), default=0)

    class Meta:
        verbose_name = _("日历日")
        constraints = [models.UniqueConstraint(fields=["region", "on"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()} {self.name}".rstrip()


class CalendarYear(models.Model):
    """Whether the State Council's notice for a year is known. A row here takes the place of the package's own year."""

    class Status(models.TextChoices):
        PUBLISHED = "published", _("已公布")
        PROVISIONAL = "provisional", _("暂定")

    year = models.SmallIntegerField(_("年份"), primary_key=True)
    status = models.CharField(_("状态"), max_length=12, choices=Status.choices)
    source = models.CharField(_("来源"), max_length=200)

    class Meta:
        verbose_name = _("日历年")

    def __str__(self) -> str:
        return f"{self.year} {self.get_status_display()}"


class LampWarning(models.Model):
    """From a day on, when lamps of a jurisdiction turn yellow. Rows are never changed: of one day the newest counts."""

    region = models.BigIntegerField(_("适用区划"))
    effective_from = models.DateField(_("生效日期"))
    share = models.PositiveSmallIntegerField(_("剩余时间占时限的百分之几"))
    least = models.PositiveSmallIntegerField(_("最后几天必定转黄"))
    most = models.PositiveSmallIntegerField(_("最早提前几天"))
    fixed = models.PositiveSmallIntegerField(_("方案写明的日期最早提前几天"))
    source = models.CharField(_("依据"), max_length=200)
    reason = models.CharField(_("理由"), max_length=200)
    person_name = models.CharField(_("设定人"), max_length=40)
    made_at = models.DateTimeField(_("设定时间"))

    class Meta:
        verbose_name = _("时限灯规则")
        constraints = [
            models.CheckConstraint(condition=models.Q(share__gte=5, share__lte=50, least__lte=10), name="lamp_warning_share"),
            models.CheckConstraint(condition=models.Q(most__gte=1, most__lte=30, fixed__gte=1, fixed__lte=30), name="lamp_warning_days"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.effective_from}"


class CalendarVersion(models.Model):
    """One row whose token changes with every edit, so that each process knows when its calendar is old."""

    token = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("日历版本")
