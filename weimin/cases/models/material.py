"""Papers of a case, and what the applicant was told in writing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.cases.models.case import PURPOSE, Case
from weimin.cases.models.states import MaterialStatus
from weimin.walls.models import ScopedModel


class CaseMaterial(ScopedModel):
    """One paper that the item asks for, and how it stands in this case. `key` is the material's key in the item version."""

    purpose: ClassVar[str] = PURPOSE

    case = models.ForeignKey(Case, models.PROTECT, related_name="materials", verbose_name=_("办件"), db_index=False)
    key = models.CharField(_("材料编码"), max_length=40)
    name = models.CharField(_("材料"), max_length=80)
    required = models.BooleanField(_("必要"), default=True)
    status = models.CharField(_("状态"), max_length=10, choices=MaterialStatus.choices, default=MaterialStatus.MISSING)
    due_on = models.DateField(_("容缺补齐日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=60, blank=True)
    received_at = models.DateTimeField(_("收到时间"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("办件材料")
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="case_material_once"),
            models.CheckConstraint(condition=~Q(status="deferred") | Q(due_on__isnull=False), name="case_material_deferred_until"),
        ]

    def __str__(self) -> str:
        return self.name


class NoticeKind(models.TextChoices):
    SUPPLEMENT = "supplement", _("补正告知书")
    LENIENT = "lenient", _("容缺受理承诺书")
    DECLINED = "declined", _("不予受理告知书")
    EXTENSION = "extension", _("延期告知书")
    PAUSE = "pause", _("中止计时告知书")
    REFUSAL = "refusal", _("不予决定告知书")
    LAPSED = "lapsed", _("视为撤回告知书")


class CaseNotice(ScopedModel):
    """What the applicant was told in writing, as it was told: the lines, the reason, until when, and how it reached them.

    lines: [{"name", "note", "due_on"}] of the papers it speaks of.
    """

    purpose: ClassVar[str] = PURPOSE

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices", verbose_name=_("办件"))
    kind = models.CharField(_("种类"), max_length=12, choices=NoticeKind.choices)
    lines = models.JSONField(_("内容"), default=list)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    remedy = models.CharField(_("救济途径"), max_length=500, blank=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    told_how = models.CharField(_("告知方式"), max_length=20, blank=True)
    issued_by = models.CharField(_("告知人"), max_length=60)
    issued_at = models.DateTimeField(_("告知时间"))

    class Meta:
        verbose_name = _("告知")

    def __str__(self) -> str:
        return str(self.get_kind_display())
