"""Files that prove things: one row for each use of a file, one stored copy for each content."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Person
from weimin.walls.models import ScopedModel


class Attachment(ScopedModel):
    """A file attached to a record. Never deleted: it is withdrawn with a reason, and its content stays for the trail."""

    subject_type = models.CharField(_("所属事项类型"), max_length=60)
    subject_id = models.BigIntegerField(_("所属事项编号"))
    kind = models.CharField(_("类别"), max_length=30)
    name = models.CharField(_("文件名"), max_length=120)
    content_type = models.CharField(_("格式"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    sm3 = models.CharField(_("内容摘要（SM3）"), max_length=64, db_index=True)
    width = models.PositiveIntegerField(_("宽"), null=True, blank=True)
    height = models.PositiveIntegerField(_("高"), null=True, blank=True)
    has_thumbnail = models.BooleanField(_("有缩略图"), default=False)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("上传人"))
    uploaded_at = models.DateTimeField(_("上传时间"))
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("作废人"))
    removed_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    removed_reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("附件")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="attachment_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_reason="") | (Q(removed_at__isnull=False) & ~Q(removed_reason="")),
                name="attachment_removed_with_reason",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def url(self) -> str:
        return reverse("attachments:file", args=[self.pk])

    @property
    def thumbnail_url(self) -> str:
        return reverse("attachments:thumbnail", args=[self.pk]) if self.has_thumbnail else ""
