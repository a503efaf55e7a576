"""Webhooks: who wants to hear of what was done, what is on its way to them, and each try."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Person
from weimin.secrets.fields import SealedField
from weimin.walls.models import ScopedModel


class Webhook(ScopedModel):
    """An address of another program that is called after actions within the region. Every write asks for them, wherever the
    writer sits, so the table has no wall; the secret is sealed, and pages begin at `visible_to`.

    events: names of actions ("cases.accept") or rooms ("cases.*").
    """

    name = models.CharField(_("名称"), max_length=60)
    url = models.CharField(_("接收地址"), max_length=300)
    events = models.JSONField(_("通知的事"), default=list)
    secret = SealedField(_("签名密钥"))
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人"))
    created_at = models.DateTimeField(_("登记时间"))
    paused_at = models.DateTimeField(_("暂停时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("事件通知")

    def __str__(self) -> str:
        return self.name


class Delivery(ScopedModel):
    """One event on its way to one webhook, written in the transaction of what it tells of. `body` names things by number only."""

    class State(models.TextChoices):
        PENDING = "pending", _("待发")
        SENT = "sent", _("已发")
        FAILED = "failed", _("失败")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("事件通知"))
    event = models.CharField(_("事件编号"), max_length=32)
    action = models.CharField(_("事件"), max_length=60)
    body = models.JSONField(_("内容"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_at = models.DateTimeField(_("下次发送"))
    created_at = models.DateTimeField(_("发生时间"))
    sent_at = models.DateTimeField(_("送出时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("待发事件")
        indexes = [
            models.Index(fields=["next_at"], name="delivery_pending", condition=Q(state="pending")),
            models.Index(fields=["webhook", "-created_at"], name="delivery_webhook"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(sent_at__isnull=False, state="sent") | (Q(sent_at=None) & ~Q(state="sent")), name="delivery_sent_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.event}"


class DeliveryAttempt(ScopedModel):
    """The delivery log: one try."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="log", verbose_name=_("待发事件"))
    at = models.DateTimeField(_("时间"))
    ok = models.BooleanField(_("成功"))
    detail = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("发送记录")
        indexes = [models.Index(fields=["delivery", "at"], name="delivery_attempt")]
