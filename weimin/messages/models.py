"""What people are told: one message for a person or a desk, one outbox row for each channel, one line for each attempt."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.accounts.fields import RoleField
from weimin.accounts.models import Person
from weimin.secrets.fields import SealedField
from weimin.walls.models import ScopedModel


class Message(ScopedModel):
    """A message to one person, or to whoever holds a role over the region (then the first reader reads it for the desk).

    outside: to a resident, who has no account: it goes by its outbox only, and nobody's list shows it.
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("收信人"))
    role = RoleField(_("收信岗位"), blank=True)
    outside = models.BooleanField(_("发给居民"), default=False)
    template = models.CharField(_("模板"), max_length=60, blank=True)
    parameters = models.JSONField(_("参数"), default=dict, blank=True)
    text = models.CharField(_("内容"), max_length=500)
    url = models.CharField(_("链接"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("发送时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    read_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("阅读人"))

    class Meta:
        verbose_name = _("消息")
        indexes = [
            models.Index(fields=["person", "-created_at"], name="message_person"),
            models.Index(fields=["role", "region", "-created_at"], name="message_desk", condition=Q(person=None)),
            models.Index(fields=["person"], name="message_unread", condition=Q(read_at=None)),
            models.Index(fields=["template", "url"], name="message_outside", condition=Q(outside=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(role="") | Q(outside=True), name="message_to_somebody"),
        ]

    def __str__(self) -> str:
        return self.text


class Outbox(ScopedModel):
    """A message on its way by one channel, in the same transaction as what it tells of."""

    class State(models.TextChoices):
        PENDING = "pending", _("待发")
        SENT = "sent", _("已发")
        FAILED = "failed", _("失败")
        NO_ADDRESS = "no_address", _("没有地址")

    message = models.ForeignKey(Message, models.CASCADE, related_name="outbox", verbose_name=_("消息"))
    channel = models.CharField(_("渠道"), max_length=10)
    address = SealedField(_("地址"), blank=True, default="")
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PENDING)
    urgent = models.BooleanField(_("紧急"), default=False)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_at = models.DateTimeField(_("下次发送"))
    sent_at = models.DateTimeField(_("送出时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("待发消息")
        indexes = [models.Index(fields=["next_at"], name="outbox_pending", condition=Q(state="pending"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False, state="sent") | (Q(sent_at=None) & ~Q(state="sent")),
                name="outbox_sent_at",
            ),
        ]


class Attempt(ScopedModel):
    """The delivery log: one try of one outbox row."""

    outbox = models.ForeignKey(Outbox, models.CASCADE, related_name="log", verbose_name=_("待发消息"))
    at = models.DateTimeField(_("时间"))
    ok = models.BooleanField(_("成功"))
    detail = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("发送记录")
        indexes = [models.Index(fields=["outbox", "at"], name="attempt_outbox")]
