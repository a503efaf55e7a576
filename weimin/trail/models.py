"""Who saw and changed what, when, from where: rows that nobody can change, sealed in order by a hash chain."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.walls.actor import SYSTEM_ROLE
from weimin.walls.models import ScopedModel


class Entry(ScopedModel):
    """One action or one sensitive read (Z-06 of the domain rules). `before` and `after` are masked summaries.

    A new column belongs into `canonical.COLUMNS` as well, with the next form; a test says so.
    """

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
            models.Index(fields=["at", "id"], name="trail_time"),
        ]

    @property
    def who(self) -> str:
        """The name as pages show it; what the software did by itself says so."""
        return _now("系统自动办理") if self.person is None and self.role == SYSTEM_ROLE else self.person_name


class Seal(models.Model):
    """A batch of entries closed in order: `ids` names them (8 bytes each), `leaves` holds one chained SM3 hash each (32 bytes).

    `previous` is the head of the seal before (64 noughts for the first), `head` the last leaf; `form` the canonical form.
    """

    form = models.SmallIntegerField(default=1)
    first_id = models.BigIntegerField(unique=True)
    last_id = models.BigIntegerField(unique=True)
    count = models.IntegerField()
    ids = models.BinaryField()
    leaves = models.BinaryField()
    head = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("封存")
        constraints = [models.CheckConstraint(condition=models.Q(last_id__gte=models.F("first_id"), count__gte=1), name="seal_range")]
