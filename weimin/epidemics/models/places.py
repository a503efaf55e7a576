"""Who reports: schools with their classes, day by day; families through their community. Counts only, nobody is named."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.walls.models import ScopedModel

PURPOSE = "epidemics"  # counts, alerts, measures: the posts that prevent disease together
HEALTH = "health"  # whoever is named: health posts only


class PlaceKind(models.TextChoices):
    KINDERGARTEN = "kindergarten", _("托幼机构")
    SCHOOL = "school", _("学校")


class Symptom(models.TextChoices):
    """What a school or a family can see for itself."""

    FEVER = "fever", _("发热")
    COUGH = "cough", _("咳嗽")
    RASH = "rash", _("皮疹、疱疹")
    VOMITING = "vomiting", _("呕吐")
    DIARRHOEA = "diarrhoea", _("腹泻")
    PAROTID = "parotid", _("腮腺肿大")
    RED_EYES = "red_eyes", _("红眼")
    JAUNDICE = "jaundice", _("黄疸")
    OTHER = "other", _("其他")


class Place(ScopedModel):
    """A school or kindergarten. `reporter`: the person (post `school`) who reports for it; nobody named = the community or doctor does.

    No report is expected before `since_on`, on rest days, in the holidays `away_from` to `away_until`, or after `closed_on`.
    """

    purpose: ClassVar[str] = PURPOSE

    kind = models.CharField(_("类别"), max_length=12, choices=PlaceKind.choices)
    name = models.CharField(_("名称"), max_length=60)
    address = models.CharField(_("地址"), max_length=100, blank=True)
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(_("办公电话"), max_length=20, blank=True)
    reporter = models.BigIntegerField(_("报告人"), null=True, blank=True, db_index=True)
    since_on = models.DateField(_("开始报告"))
    away_from = models.DateField(_("放假起"), null=True, blank=True)
    away_until = models.DateField(_("放假止"), null=True, blank=True)
    closed_on = models.DateField(_("停办日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("学校和托幼机构")
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="place_name_once", condition=Q(closed_on__isnull=True)),
            models.CheckConstraint(
                condition=Q(away_from__isnull=True, away_until__isnull=True) | Q(away_from__isnull=False, away_until__gte=F("away_from")), name="place_away"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Group(ScopedModel):
    """A class with its head count. No report is expected while it is suspended (停课)."""

    purpose: ClassVar[str] = PURPOSE

    place = models.ForeignKey(Place, models.CASCADE, related_name="groups", verbose_name=_("学校"))
    name = models.CharField(_("班级"), max_length=30)
    heads = models.PositiveSmallIntegerField(_("人数"))
    suspended_from = models.DateField(_("停课起"), null=True, blank=True)
    suspended_until = models.DateField(_("停课止"), null=True, blank=True)
    closed = models.BooleanField(_("已撤销"), default=False)

    class Meta:
        verbose_name = _("班级")
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="group_name_once"),
            models.CheckConstraint(condition=Q(heads__gte=1, heads__lte=500), name="group_heads"),
            models.CheckConstraint(
                condition=Q(suspended_from__isnull=True, suspended_until__isnull=True)
                | Q(suspended_from__isnull=False, suspended_until__gte=F("suspended_from")),
                name="group_suspended",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DailyReport(ScopedModel):
    """One class on one day. `symptoms`: how many fell ill anew, by symptom; `ill`: absent for illness, of the `absent`, of the `expected`."""

    purpose: ClassVar[str] = PURPOSE

    place = models.ForeignKey(Place, models.PROTECT, related_name="reports", verbose_name=_("学校"))
    group = models.ForeignKey(Group, models.PROTECT, related_name="reports", verbose_name=_("班级"))
    on = models.DateField(_("日期"))
    expected = models.PositiveSmallIntegerField(_("应到"))
    absent = models.PositiveSmallIntegerField(_("缺勤"), default=0)
    ill = models.PositiveSmallIntegerField(_("因病缺勤"), default=0)
    symptoms = models.JSONField(_("新发症状"), default=dict, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    reported_at = models.DateTimeField(_("报告时间"))
    reported_by = models.CharField(_("报告人"), max_length=40)
    village = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("每日报告")
        indexes = [models.Index(fields=["on", "village"], name="daily_on"), models.Index(fields=["place", "-on"], name="daily_place")]
        constraints = [
            models.UniqueConstraint(fields=["group", "on"], name="daily_once"),
            models.CheckConstraint(condition=Q(absent__lte=F("expected"), ill__lte=F("absent")), name="daily_figures"),
        ]

    def __str__(self) -> str:
        return f"{self.on}"

    @property
    def present(self) -> int:
        return self.expected - self.absent

    @property
    def fallen_ill(self) -> int:
        """New sick by symptom, each symptom counted."""
        return sum(self.symptoms.values())


class FamilyReport(ScopedModel):
    """What a family told its community or doctor: how many are ill with what. `group`: the class of a child that is ill."""

    purpose: ClassVar[str] = PURPOSE

    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="families", verbose_name=_("孩子的班级"))
    on = models.DateField(_("日期"))
    sick = models.PositiveSmallIntegerField(_("患病人数"))
    symptoms = models.JSONField(_("症状"), default=list)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("登记时间"))
    taken_by = models.CharField(_("登记人"), max_length=40)

    class Meta:
        verbose_name = _("家庭报告")
        indexes = [models.Index(fields=["on", "id"], name="family_on")]
        constraints = [models.CheckConstraint(condition=Q(sick__gte=1, sick__lte=30), name="family_sick")]

    def __str__(self) -> str:
        return f"{self.on}"
