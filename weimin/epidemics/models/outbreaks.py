"""An outbreak, what each party owes, and the chain of a public-health emergency (A-52)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.accounts.fields import RoleField
from weimin.epidemics.diseases import name_of
from weimin.epidemics.models.places import PURPOSE, Group, Place
from weimin.health.standard_words import in_words
from weimin.walls.models import ScopedModel


class OutbreakState(models.TextChoices):
    OPEN = "open", _("处置中")
    CLOSED = "closed", _("已结案")


OUTBREAK_MOVES = [("open", "closed")]


class ChainState(models.TextChoices):
    """Where the report of an emergency stands."""

    NONE = "", _("不是突发事件")
    TO_BUREAU = "to_bureau", _("待报卫健部门")
    TO_GOVERNMENT = "to_government", _("待报政府和上级")
    TOLD = "told", _("已上报")


CHAIN_MOVES = [("", "to_bureau"), ("to_bureau", "to_government"), ("to_government", "told")]


class Party(models.TextChoices):
    SCHOOL = "school", _("学校")
    COMMUNITY = "community", _("社区")
    FAMILY = "family", _("家庭")
    HEALTH = "health", _("医疗卫生机构")


class MeasureState(models.TextChoices):
    OWED = "owed", _("待落实")
    DONE = "done", _("已落实")
    DROPPED = "dropped", _("不再需要")


MEASURE_MOVES = [("owed", "done"), ("owed", "dropped")]


class Outbreak(ScopedModel):
    """A cluster under control measures. `disease` is a key of the list; nobody is named here."""

    purpose: ClassVar[str] = PURPOSE

    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="outbreaks", verbose_name=_("学校"))
    disease = models.CharField(_("病种"), max_length=30)
    name = models.CharField(_("疫情名称"), max_length=80)
    state = models.CharField(_("状态"), max_length=8, choices=OutbreakState.choices, default=OutbreakState.OPEN)
    opened_on = models.DateField(_("立案日期"))
    opened_by = models.CharField(_("立案人"), max_length=40)
    first_on = models.DateField(_("首例日期"))
    last_on = models.DateField(_("最近一例"))
    observation = models.PositiveSmallIntegerField(_("观察天数"))
    chain = models.CharField(_("突发事件报告"), max_length=14, choices=ChainState.choices, blank=True, default="")
    closed_on = models.DateField(_("结案日期"), null=True, blank=True)
    closed_by = models.CharField(_("结案人"), max_length=40, blank=True)
    conclusion = models.TextField(_("结案意见"), blank=True)
    village = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("疫情")
        indexes = [models.Index(fields=["state", "-opened_on", "-id"], name="outbreak_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state="open", closed_on__isnull=True) | Q(state="closed", closed_on__isnull=False), name="outbreak_closed"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="outbreak_days"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def disease_name(self) -> str:
        """As papers have it."""
        return name_of(self.disease)

    @property
    def disease_words(self) -> str:
        """In the reader's language."""
        return in_words(self.disease_name)


class Measure(ScopedModel):
    """What a party owes, with its desk and its deadline; `group` and the days only where a class is closed."""

    purpose: ClassVar[str] = PURPOSE

    outbreak = models.ForeignKey(Outbreak, models.CASCADE, related_name="measures", verbose_name=_("疫情"))
    party = models.CharField(_("责任方"), max_length=10, choices=Party.choices)
    text = models.CharField(_("措施"), max_length=200)
    role = RoleField(_("承办岗位"))
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_("停课班级"))
    from_on = models.DateField(_("停课起"), null=True, blank=True)
    until_on = models.DateField(_("停课止"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=MeasureState.choices, default=MeasureState.OWED)
    due_at = models.DateTimeField(_("期限"))
    done_at = models.DateTimeField(_("落实时间"), null=True, blank=True)
    done_by = models.CharField(_("落实人"), max_length=40, blank=True)
    note = models.CharField(_("落实情况"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("防控措施")
        constraints = [
            models.CheckConstraint(condition=Q(state="owed", done_at__isnull=True) | (~Q(state="owed") & Q(done_at__isnull=False)), name="measure_done"),
            models.CheckConstraint(condition=Q(group__isnull=True) | Q(from_on__isnull=False, until_on__gte=F("from_on")), name="measure_closure"),
        ]

    def __str__(self) -> str:
        return self.text


class Hop(ScopedModel):
    """One report along the chain: to whom, when, and until when it had to be (A-52)."""

    purpose: ClassVar[str] = PURPOSE

    outbreak = models.ForeignKey(Outbreak, models.CASCADE, related_name="hops", verbose_name=_("疫情"))
    link = models.CharField(_("环节"), max_length=14, choices=ChainState.choices)
    told = models.CharField(_("报告给"), max_length=100)
    way = models.CharField(_("方式"), max_length=40)
    told_at = models.DateTimeField(_("报告时间"))
    due_at = models.DateTimeField(_("期限"))
    by = models.CharField(_("报告人"), max_length=40)

    class Meta:
        verbose_name = _("突发事件报告")
        constraints = [models.UniqueConstraint(fields=["outbreak", "link"], name="hop_once")]

    def __str__(self) -> str:
        return self.told

    @property
    def on_time(self) -> bool:
        return self.told_at <= self.due_at
