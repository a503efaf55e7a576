"""The yearly plan of a place, its batches and whom they invite."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Mod
from django.utils.translation import gettext_lazy as _

from weimin.examinations.models.states import PURPOSE, BatchState, InvitationState, PlanState, Refusal
from weimin.health.models import HealthRecord
from weimin.health.models.record import OfRecord
from weimin.walls.actor import Actor
from weimin.walls.models import ScopedManager, ScopedModel, ScopedQuerySet

Row = TypeVar("Row", bound=models.Model, covariant=True)


class SharedQuerySet(ScopedQuerySet[Row]):
    def visible_to(self, actor: Actor) -> Self:
        """As everywhere, and what a township does for all of its villages: a village's doctor sees it, and may not change it.

        The walls of these tables say the same (migration 0002).
        """
        if not actor.has_purpose(PURPOSE):
            return self.none()
        above = Q(region__lte=actor.low, region__gte=actor.high - 999, whole=0)
        return self.alias(whole=Mod("region", Value(1000))).filter(Q(region__gte=actor.low, region__lte=actor.high) | above)


class SharedManager(ScopedManager[Row]):
    def get_queryset(self) -> SharedQuerySet[Row]:
        return SharedQuerySet(self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]


class ExaminationPlan(ScopedModel):
    """Who is to be examined in a year in a village or township, and when. `groups`: programmes; the elderly by `from_age`, the others by their care."""

    purpose: ClassVar[str] = PURPOSE
    objects: ClassVar[SharedManager[Self]] = SharedManager()

    year = models.PositiveSmallIntegerField(_("年份"))
    title = models.CharField(_("名称"), max_length=60)
    groups = models.JSONField(_("对象"), default=list)
    from_age = models.PositiveSmallIntegerField(_("老年人起始年龄"), default=65)
    place = models.CharField(_("体检地点"), max_length=80, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    state = models.CharField(_("状态"), max_length=8, choices=PlanState.choices, default=PlanState.OPEN)
    made_by = models.CharField(_("制定人"), max_length=60)
    made_at = models.DateTimeField(_("制定时间"))
    listed_at = models.DateTimeField(_("名单核对时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("体检计划")
        indexes = [models.Index(fields=["-year", "region", "id"], name="examination_plan_year")]
        constraints = [
            models.UniqueConstraint(fields=["region", "year"], name="examination_plan_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="examination_plan_period"),
            models.CheckConstraint(condition=Q(year__gte=2009, year__lte=2100), name="examination_plan_years"),
        ]

    def __str__(self) -> str:
        return self.title


class Batch(ScopedModel):
    """One day of a plan at one place. `region`: the village it is held for, or the township for all of its villages."""

    purpose: ClassVar[str] = PURPOSE
    objects: ClassVar[SharedManager[Self]] = SharedManager()

    plan = models.ForeignKey(ExaminationPlan, models.PROTECT, related_name="batches", verbose_name=_("体检计划"))
    on = models.DateField(_("体检日期"))
    hours = models.CharField(_("时间"), max_length=40, blank=True)
    place = models.CharField(_("地点"), max_length=80)
    capacity = models.PositiveSmallIntegerField(_("人数"))
    doctor_name = models.CharField(_("负责医生"), max_length=40, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=BatchState.choices, default=BatchState.OPEN)

    class Meta:
        verbose_name = _("体检批次")
        indexes = [models.Index(fields=["plan", "on", "id"], name="examination_batch_day")]
        constraints = [models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=500), name="examination_batch_capacity")]

    def __str__(self) -> str:
        return f"{self.on} {self.place}"


class Invitation(OfRecord, ScopedModel):
    """One person on the list of a plan; nobody is on two lists of a year. `groups`: why. It follows the record when that moves."""

    purpose: ClassVar[str] = PURPOSE

    plan = models.ForeignKey(ExaminationPlan, models.PROTECT, related_name="invitations", verbose_name=_("体检计划"))
    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="invitations", verbose_name=_("健康档案"))
    year = models.PositiveSmallIntegerField(_("年份"))
    groups = models.JSONField(_("对象"), default=list)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("体检批次"))
    state = models.CharField(_("状态"), max_length=10, choices=InvitationState.choices, default=InvitationState.LISTED)
    listed_on = models.DateField(_("列入日期"))
    refusal = models.CharField(_("拒绝原因"), max_length=10, choices=Refusal.choices, blank=True)
    refusal_note = models.CharField(_("说明"), max_length=100, blank=True)
    settled_on = models.DateField(_("了结日期"), null=True, blank=True)  # examined, refused or withdrawn
    place = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("体检名单")
        indexes = [
            models.Index(fields=["plan", "state", "place", "id"], name="invitation_plan_state"),
            models.Index(fields=["plan", "place", "id"], name="invitation_plan_place"),
            models.Index(fields=["batch", "place", "id"], name="invitation_batch", condition=Q(batch__isnull=False)),
            models.Index(fields=["year", "region"], name="invitation_year"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "year"], name="invitation_once"),
            models.CheckConstraint(condition=~Q(state__in=["invited", "came"]) | Q(batch__isnull=False), name="invitation_has_batch"),
            models.CheckConstraint(condition=(Q(state="refused") & ~Q(refusal="")) | (~Q(state="refused") & Q(refusal="")), name="invitation_refused_why"),
            models.CheckConstraint(
                condition=Q(state__in=["examined", "refused", "withdrawn"], settled_on__isnull=False)
                | (~Q(state__in=["examined", "refused", "withdrawn"]) & Q(settled_on__isnull=True)),
                name="invitation_settled",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year} {self.get_state_display()}"
