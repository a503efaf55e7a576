"""What changed in somebody's life, who was handed over to whom, and records that were one person twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.residents.models.people import PURPOSE, Resident
from weimin.secrets.fields import SealedField
from weimin.walls.models import ScopedModel


class EventKind(models.TextChoices):
    """Life events, entered once; higher rooms join by `life_events.on_life_event`."""

    BIRTH = "birth", _("出生")
    DEATH = "death", _("死亡")
    RESTORED = "restored", _("撤销死亡登记")
    MOVE_IN = "move_in", _("迁入")
    MOVE_OUT = "move_out", _("迁出")
    MOVE_HOME = "move_home", _("本地迁居")
    MARRIAGE = "marriage", _("结婚")
    DIVORCE = "divorce", _("离婚")
    SPLIT = "split", _("分户")
    JOINED = "joined", _("并户")
    GROUP = "group", _("人群变动")


class LifeEvent(ScopedModel):
    """One event of somebody's life; `facts`: `lines` say what it touched, without identifiers; `undo` what taking it back needs."""

    purpose: ClassVar[str] = PURPOSE

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="events", verbose_name=_("居民"))
    kind = models.CharField(_("事件"), max_length=10, choices=EventKind.choices)
    on = models.DateField(_("发生日期"))
    facts = models.JSONField(_("内容"), default=dict)
    source = models.CharField(_("依据"), max_length=100, blank=True)
    recorded_by = models.CharField(_("登记人"), max_length=60)
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("生命事件")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class TransferState(models.TextChoices):
    SENT = "sent", _("待接收")
    ACCEPTED = "accepted", _("已接收")
    RETURNED = "returned", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤回")


class Transfer(ScopedModel):
    """A record handed over from one place to another: an `out` row where it leaves, an `in` row where it arrives.

    The two rows know each other by `number` only; each lives in the schema of its own jurisdiction (0006).
    """

    purpose: ClassVar[str] = PURPOSE

    number = models.UUIDField(_("交接单号"))
    way = models.CharField(_("方向"), max_length=3, choices=[("out", _("转出")), ("in", _("转入"))])
    state = models.CharField(_("状态"), max_length=10, choices=TransferState.choices, default=TransferState.SENT)
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="transfers", verbose_name=_("居民"))
    other_region = models.BigIntegerField(_("对方区划"))
    name = models.CharField(_("姓名"), max_length=60)
    content = SealedField(_("档案"), null=True, blank=True)
    moved_on = models.DateField(_("迁移日期"))
    reason = models.CharField(_("迁移原因"), max_length=200, blank=True)
    answer = models.CharField(_("答复"), max_length=200, blank=True)
    sent_by = models.CharField(_("交出人"), max_length=60)
    sent_at = models.DateTimeField(_("交出时间"))
    answered_by = models.CharField(_("答复人"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    posted_at = models.DateTimeField(_("送达对方时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("档案交接")
        indexes = [models.Index(fields=["way", "id"], name="transfer_to_post", condition=Q(posted_at__isnull=True))]
        constraints = [
            models.UniqueConstraint(fields=["number", "way"], name="transfer_once"),
            models.UniqueConstraint(fields=["resident"], name="transfer_one_open", condition=Q(way="out", state="sent")),
            models.CheckConstraint(condition=Q(state="sent") | Q(answered_at__isnull=False), name="transfer_answered"),
        ]

    def __str__(self) -> str:
        return self.name


class Merge(ScopedModel):
    """Two records were one person: `gone` went into `kept`; `moved` says what went along, so that it can come back."""

    purpose: ClassVar[str] = PURPOSE

    kept = models.ForeignKey(Resident, models.PROTECT, related_name="merges", verbose_name=_("保留"))
    gone = models.ForeignKey(Resident, models.PROTECT, related_name="merges_away", verbose_name=_("并入"))
    moved = models.JSONField(_("随同移动"), default=dict)
    status_before = models.CharField(_("合并前状态"), max_length=10)
    reason = models.CharField(_("理由"), max_length=200)
    merged_by = models.CharField(_("办理人"), max_length=60)
    merged_at = models.DateTimeField(_("办理时间"))
    undone_by = models.CharField(_("撤销人"), max_length=60, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("合并")
        constraints = [
            models.UniqueConstraint(fields=["gone"], name="merge_one_open", condition=Q(undone_at__isnull=True)),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_two"),
        ]

    def __str__(self) -> str:
        return self.reason


class Duplicate(ScopedModel):
    """Two records of one name and birth date in one village: perhaps one person. Found at night; somebody decides."""

    purpose: ClassVar[str] = PURPOSE

    first = models.ForeignKey(Resident, models.CASCADE, related_name="+", verbose_name=_("居民"))
    second = models.ForeignKey(Resident, models.CASCADE, related_name="+", verbose_name=_("另一条记录"))
    found_at = models.DateTimeField(_("发现时间"))
    decided = models.CharField(_("结论"), max_length=10, blank=True, choices=[("two", _("不是同一人")), ("merged", _("已合并"))])
    decided_by = models.CharField(_("认定人"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("认定时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("疑似重复")
        indexes = [models.Index(fields=["region", "id"], name="duplicate_open", condition=Q(decided=""))]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="duplicate_once")]

    def __str__(self) -> str:
        return str(self.first_id)
