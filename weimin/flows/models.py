"""One table of steps for every domain: the to-do list, the lamps, the history and the measure of who held what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from weimin.accounts.fields import RoleField
from weimin.walls.models import ScopedModel

NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # the place in the queue of a step without a deadline: behind every other
OPEN = Q(closed_at__isnull=True)


class Step(ScopedModel):
    """One desk's part of one record: who has it, since when, until when, and how it ended."""

    subject_type = models.CharField(_("对象类型"), max_length=60)
    subject_id = models.BigIntegerField(_("对象编号"))
    flow = models.CharField(_("流程"), max_length=40)
    state = models.CharField(_("环节"), max_length=30)
    title = models.CharField(_("事项"), max_length=120)
    role = RoleField(_("承办岗位"))
    holder = models.BigIntegerField(_("承办人"), null=True)
    opened_at = models.DateTimeField(_("开始时间"))
    runs_from = models.DateTimeField(_("时限起算"), null=True)  # where the limit began before this step: it goes on after a supplement or a transfer
    due_on = models.DateField(_("截止日期"), null=True)
    due_at = models.DateTimeField(_("截止时间"), null=True)
    warn_at = models.DateTimeField(_("转黄时间"), null=True)
    queue_at = models.GeneratedField(
        expression=Coalesce("due_at", Value(NEVER)),
        output_field=models.DateTimeField(),
        db_persist=True,
        verbose_name=_("排队时间"),
    )
    provisional = models.BooleanField(_("暂定"), default=False)
    limit_value = models.PositiveIntegerField(_("时限"), null=True)
    limit_unit = models.CharField(_("时限单位"), max_length=8, blank=True)
    legal_basis = models.CharField(_("依据"), max_length=200, blank=True)
    extended = models.PositiveIntegerField(_("已延长"), default=0)
    extended_reason = models.CharField(_("延长理由"), max_length=200, blank=True)
    paused_since = models.DateTimeField(_("暂停起"), null=True)
    paused_reason = models.CharField(_("暂停原因"), max_length=200, blank=True)
    paused_units = models.PositiveIntegerField(_("暂停累计"), default=0)
    paused_for = models.DurationField(_("暂停的工作时间"), default=timedelta)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    closed_by = models.BigIntegerField(_("办结人"), null=True)
    closed_name = models.CharField(_("办结人姓名"), max_length=40, blank=True)
    outcome = models.CharField(_("结果"), max_length=60, blank=True)
    on_time = models.BooleanField(_("按时"), null=True)
    held_for = models.DurationField(_("占用工作时间"), null=True)
    urged_at = models.DateTimeField(_("催办时间"), null=True)
    urged_count = models.PositiveSmallIntegerField(_("催办次数"), default=0)
    urged_up_at = models.DateTimeField(_("上报时间"), null=True)

    region = models.BigIntegerField(_("所在区划"))
    township = models.GeneratedField(
        expression=F("region") / 1000,
        output_field=models.BigIntegerField(),
        db_persist=True,
        verbose_name=_("乡镇九位代码"),
    )

    # A copy of `region` that no policy speaks of: with `region` itself in an index the planner walks the policy's range,
    # whose size it cannot know (300 ms on a million steps), instead of the queue (0.1 ms).
    place = models.GeneratedField(
        expression=F("region"),  # type: ignore[arg-type]
        output_field=models.BigIntegerField(),
        db_persist=True,
        verbose_name=_("村级代码"),
    )

    veil = ""  # what is said instead of the title to a post that may not know it (`flows.veil`)

    class Meta:
        verbose_name = _("环节")
        indexes = [
            models.Index(fields=["role", "queue_at", "id"], name="step_desk_county", condition=OPEN),
            models.Index(fields=["township", "role", "queue_at", "id"], name="step_desk_township", condition=OPEN),
            models.Index(fields=["place", "role", "queue_at", "id"], name="step_desk_village", condition=OPEN),
            models.Index(fields=["queue_at", "id"], name="step_team_county", condition=OPEN),
            models.Index(fields=["township", "queue_at", "id"], name="step_team_township", condition=OPEN),
            models.Index(fields=["place", "queue_at", "id"], name="step_team_village", condition=OPEN),
            models.Index(fields=["role", "queue_at", "id"], name="step_paused", condition=OPEN & Q(paused_since__isnull=False)),
            models.Index(fields=["holder", "queue_at", "id"], name="step_holder", condition=OPEN & Q(holder__isnull=False)),
            models.Index(fields=["subject_type", "subject_id", "id"], name="step_subject"),
            models.Index(fields=["closed_by", "-closed_at", "-id"], name="step_closed_by", condition=Q(closed_at__isnull=False)),
            BrinIndex(fields=["opened_at"], name="step_opened"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "flow"], name="step_one_open", condition=Q(closed_at__isnull=True)),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False, closed_name__gt=""),
                name="step_closed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(paused_since__isnull=True) | Q(closed_at__isnull=True), name="step_closed_not_paused"),
        ]

    def __str__(self) -> str:
        return self.veil or self.title


class Watch(models.Model):
    """Somebody follows a record without holding it; shown only to that person."""

    person = models.BigIntegerField(_("人员"))
    subject_type = models.CharField(_("对象类型"), max_length=60)
    subject_id = models.BigIntegerField(_("对象编号"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("关注")
        constraints = [models.UniqueConstraint(fields=["person", "subject_type", "subject_id"], name="watch_once")]
