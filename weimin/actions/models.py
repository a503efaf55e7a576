"""Receipts make every write idempotent; drafts keep what somebody typed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from weimin.walls.models import ScopedModel


class Receipt(models.Model):
    """Proof that an action was done. The same key by the same person returns it again instead of acting again.

    replayed: this answer repeats what was done before; never saved.
    """

    replayed = False

    person = models.BigIntegerField(_("人员"))
    key = models.CharField(_("幂等键"), max_length=64)
    action = models.CharField(_("操作"), max_length=60)
    content = models.CharField(_("内容摘要"), max_length=64)
    region = models.BigIntegerField(_("所在区划"), null=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    message = models.CharField(max_length=300, blank=True)
    next_url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("回执")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="receipt_once")]


class Draft(models.Model):
    """What somebody typed into a form and has not sent yet; one per person, action and target."""

    person = models.BigIntegerField()
    action = models.CharField(max_length=60)
    target = models.CharField(max_length=60, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("草稿")
        constraints = [models.UniqueConstraint(fields=["person", "action", "target"], name="draft_once")]


class Burden(ScopedModel):
    """What the forms of one kind cost one post in a month: sums only, never what was typed (`weimin.actions.burden`)."""

    month = models.DateField(_("月份"))
    post = models.BigIntegerField(_("岗位编号"))
    role = models.CharField(_("岗位"), max_length=20)
    action = models.CharField(_("操作"), max_length=60)
    slot = models.PositiveSmallIntegerField(default=0)  # so that people who share a post do not wait for each other's row
    forms = models.IntegerField(_("填表份数"))
    seconds = models.BigIntegerField(_("填写秒数"))
    boxes = models.IntegerField(_("手填项数"))
    known = models.IntegerField(_("重复填写项数"))

    class Meta:
        verbose_name = _("填报负担")
        constraints = [
            models.UniqueConstraint(fields=["month", "post", "action", "slot"], name="burden_once"),
            models.CheckConstraint(condition=models.Q(known__gte=0, known__lte=models.F("boxes")), name="burden_known_of_boxes"),
        ]
