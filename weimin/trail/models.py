"""Who saw and changed what, when, from where: rows that nobody can change, sealed in order by a hash chain."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from weimin.walls.models import ScopedModel


class Entry(ScopedModel):
    """One action or one sensitive read (Z-06 of the domain rules). `before` and `after` are masked summaries."""

    at = models.DateTimeField(_("时间"))
    person = models.BigIntegerField(_("人员"), null=True)
    person_name = models.CharField(_("姓名"), max_length=40)
    post = models.BigIntegerField(_("岗位"), null=True)
    role = models.CharField(_("岗位类型"), max_length=20)
    ip = models.CharField(_("来源地址"), max_length=45, blank=True)
    channel = models.CharField(_("途径"), max_length=10)
    action = models.CharField(_("操作"), max_length=60)
    subject_type = models.CharField(_("对象类型"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("对象编号"), null=True)
    before = models.JSONField(_("操作前"), default=dict)
    after = models.JSONField(_("操作后"), default=dict)
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    region = models.BigIntegerField(_("所在区划"))

    class Meta:
        verbose_name = _("留痕")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="trail_subject"),
            models.Index(fields=["person", "at"], name="trail_person"),
            models.Index(fields=["region", "at"], name="trail_region"),
            BrinIndex(fields=["at"], name="trail_at"),
        ]


class Seal(models.Model):
    """A batch of entries closed in order. `leaves` holds one 32-byte chained SM3 hash per entry, `head` the last of them."""

    first_id = models.BigIntegerField(unique=True)
    last_id = models.BigIntegerField(unique=True)
    count = models.IntegerField()
    leaves = models.BinaryField()
    head = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("封存")
