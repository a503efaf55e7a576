"""Somebody under care for a disease or as an elderly person, and what is due next."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.health.models.record import HealthRecord, OfRecord
from weimin.health.models.states import PURPOSE, CareState, DueKind, DueState, EndReason, LostReason, NextFrom, OutcomeClass, Programme
from weimin.walls.models import ScopedModel


class Care(OfRecord, ScopedModel):
    """One person in one programme, from screening to the end (H2). `last_*` repeat the latest visit, so that lists and indicators need not look for it.

    lost_on and lost_reason stay after somebody was found again, as the last time that happened.
    next_from: where `next_on` comes from. ordered_*: a day by which somebody ordered a visit, kept until a visit after `ordered_since` and
    afterwards, so that a correction brings it back; `ordered_referral` is the referral whose hospital did (decision 13).
    anew_on: somebody came back under care that day; what was judged before no longer counts as "the visit before".
    target: an individual target of the doctor's, as the rules take it: {"systolic": 130, "diastolic": 80, "fasting": "6.5"}; empty = the standard's.
    """

    purpose: ClassVar[str] = PURPOSE

    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="cares", verbose_name=_("健康档案"))
    programme = models.CharField(_("管理类别"), max_length=12, choices=Programme.choices)
    state = models.CharField(_("状态"), max_length=10, choices=CareState.choices)
    grade = models.CharField(_("分级"), max_length=20, blank=True)
    found_on = models.DateField(_("发现日期"), null=True, blank=True)
    confirmed_on = models.DateField(_("确诊日期"), null=True, blank=True)
    confirmed_at = models.CharField(_("确诊机构"), max_length=80, blank=True)
    since_on = models.DateField(_("纳入管理日期"), null=True, blank=True)
    ended_on = models.DateField(_("结案日期"), null=True, blank=True)
    end_reason = models.CharField(_("结案原因"), max_length=10, choices=EndReason.choices, blank=True)
    lost_on = models.DateField(_("失访日期"), null=True, blank=True)
    lost_reason = models.CharField(_("失访原因"), max_length=10, choices=LostReason.choices, blank=True)
    target = models.JSONField(_("个体目标"), default=dict, blank=True)
    institution = models.BigIntegerField(_("管理机构"), null=True, blank=True)
    doctor = models.BigIntegerField(_("责任医生"), null=True, blank=True)
    last_on = models.DateField(_("最近随访"), null=True, blank=True)
    last_outcome = models.CharField(_("最近分类"), max_length=14, choices=OutcomeClass.choices, blank=True)
    next_on = models.DateField(_("下次随访"), null=True, blank=True)
    next_from = models.CharField(_("下次日期的来源"), max_length=8, choices=NextFrom.choices, blank=True, default="", db_default="")
    ordered_on = models.DateField(_("要求随访日期"), null=True, blank=True)
    ordered_since = models.DateField(_("要求起算日期"), null=True, blank=True)
    ordered_from = models.CharField(_("由谁要求"), max_length=8, choices=NextFrom.choices, blank=True, default="", db_default="")
    ordered_referral = models.BigIntegerField(_("要求随访的转诊"), null=True, blank=True)
    anew_on = models.DateField(_("重新纳入日期"), null=True, blank=True)
    place = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("重点管理")
        indexes = [
            models.Index(fields=["programme", "state", "region"], name="care_programme"),
            models.Index(fields=["record"], name="care_open", condition=~Q(state="ended")),
            models.Index(fields=["programme", "place", "id"], name="care_place", condition=~Q(state="ended")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "programme"], name="care_once", condition=~Q(state="ended")),
            models.CheckConstraint(condition=~Q(state__in=["managed", "lost"]) | Q(since_on__isnull=False), name="care_since"),
            models.CheckConstraint(condition=~Q(state="lost") | (Q(lost_on__isnull=False) & ~Q(lost_reason="")), name="care_lost"),
            models.CheckConstraint(condition=(Q(state="ended", ended_on__isnull=False) & ~Q(end_reason="")) | (~Q(state="ended") & Q(ended_on__isnull=True)), name="care_ended"),
            models.CheckConstraint(condition=Q(ended_on__isnull=True) | Q(since_on__isnull=True) | Q(ended_on__gte=F("since_on")), name="care_period"),
            models.CheckConstraint(condition=Q(ordered_on__isnull=True, ordered_since__isnull=True, ordered_from="") | (Q(ordered_on__isnull=False, ordered_since__isnull=False) & ~Q(ordered_from="")), name="care_ordered"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.get_programme_display())


class Due(ScopedModel):
    """What somebody is owed next: one open row for each record and kind. Several diseases are one visit (`programmes`).

    source: where `due_on` of a visit comes from. `from_on` to `due_on` is when it should happen; a visit on or before `due_on` was on time, whenever it was typed in.
    """

    purpose: ClassVar[str] = PURPOSE

    record = models.ForeignKey(HealthRecord, models.PROTECT, related_name="dues", verbose_name=_("健康档案"))
    kind = models.CharField(_("种类"), max_length=12, choices=DueKind.choices)
    programmes = models.JSONField(_("管理类别"), default=list)
    from_on = models.DateField(_("起"))
    due_on = models.DateField(_("止"))
    reason = models.CharField(_("缘由"), max_length=100, blank=True)
    source = models.CharField(_("日期的来源"), max_length=8, choices=NextFrom.choices, blank=True, default="", db_default="")
    urgent = models.BooleanField(_("加急"), default=False)
    doctor = models.BigIntegerField(_("责任医生"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=DueState.choices, default=DueState.OPEN)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    on_time = models.BooleanField(_("按时"), null=True, blank=True)
    township = models.GeneratedField(expression=F("region") / 1000, output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("乡镇九位代码"))
    place = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("应做服务")
        indexes = [
            models.Index(fields=["due_on", "id"], name="due_county", condition=Q(state="open")),
            models.Index(fields=["township", "due_on", "id"], name="due_township", condition=Q(state="open")),
            models.Index(fields=["place", "due_on", "id"], name="due_village", condition=Q(state="open")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "kind"], name="due_one_open", condition=Q(state="open")),
            models.CheckConstraint(condition=Q(due_on__gte=F("from_on")), name="due_period"),
            models.CheckConstraint(condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on__isnull=True)), name="due_done"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
