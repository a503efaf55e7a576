"""The national division tree (shared), with local flags and corrections on top of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from weimin.regions.rules import Kind, short_name

UPPER = models.Q(level__lte=4)  # down to townships: 44,699 of 665,271, and all that the indexes hold; villages are read by their range of codes


class Region(models.Model):
    """One official division. Everything inside it is the range of codes that `rules.range_of(code)` gives."""

    code = models.BigIntegerField(_("区划代码"), primary_key=True)
    name = models.CharField(_("名称"), max_length=80)
    level = models.SmallIntegerField(_("层级"))
    kind = models.CharField(_("类型"), max_length=16, choices=Kind.choices)
    parent = models.BigIntegerField(_("上级代码"), null=True)
    pinyin = models.CharField(_("拼音"), max_length=240)
    initials = models.CharField(_("拼音首字母"), max_length=80)

    class Meta:
        verbose_name = _("区划")
        indexes = [
            models.Index(fields=["parent"], name="region_parent", condition=UPPER),
            models.Index(fields=["name"], name="region_name", condition=UPPER),
            models.Index(fields=["pinyin"], name="region_pinyin", condition=UPPER),
            models.Index(fields=["initials"], name="region_initials", condition=UPPER),
        ]

    def __str__(self) -> str:
        return self.short

    @property
    def short(self) -> str:
        return short_name(self.name)


class RegionFlag(models.Model):
    """A local mark on a region for a time: key township (重点乡镇), poverty village (贫困村), …"""

    class Flag(models.TextChoices):
        KEY_TOWNSHIP = "key_township", _("重点乡镇")
        POVERTY_VILLAGE = "poverty_village", _("贫困村")
        ADMINISTRATIVE_VILLAGE = "administrative_village", _("行政村")

    code = models.BigIntegerField(_("区划代码"))
    flag = models.CharField(_("标记"), max_length=32, choices=Flag.choices)
    value = models.BooleanField(_("是否"), default=True)
    since_on = models.DateField(_("起始日期"))
    until_on = models.DateField(_("结束日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = _("区划标记")
        constraints = [
            models.UniqueConstraint(fields=["code", "flag", "since_on"], name="region_flag_once"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("since_on")),
                name="region_flag_period",
            ),
        ]


class RegionCorrection(models.Model):
    """A change that the national file does not have yet, from a date on."""

    class Change(models.TextChoices):
        RENAME = "rename", _("更名")
        ADD = "add", _("新设")
        ABOLISH = "abolish", _("撤销")
        MERGE = "merge", _("并入")

    code = models.BigIntegerField(_("区划代码"))
    change = models.CharField(_("变更"), max_length=8, choices=Change.choices)
    name = models.CharField(_("新名称"), max_length=80, blank=True)
    into = models.BigIntegerField(_("并入区划"), null=True, blank=True)
    effective_on = models.DateField(_("生效日期"))
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = _("区划更正")
        constraints = [models.UniqueConstraint(fields=["code", "change", "effective_on"], name="region_correction_once")]
