"""Papers that were given out: what stood in each, so that a reprint is the same."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.cases.models.case import PURPOSE, Case
from weimin.cases.models.mandate import AgentChange, HandOver, Mandate
from weimin.walls.models import ScopedModel


class PaperKind(models.TextChoices):
    """Kinds of receipts and notices (S6)."""

    ACCEPTANCE = "acceptance", _("受理通知书")
    SUPPLEMENT = "supplement", _("一次性补正告知书")
    DECLINED = "declined", _("不予受理通知书")
    LENIENT = "lenient", _("容缺受理承诺书")
    EXTENSION = "extension", _("延期办理告知书")
    PAUSE = "pause", _("中止计时告知书")
    REFUSAL = "refusal", _("不予决定告知书")
    LAPSED = "lapsed", _("视为撤回告知书")
    RESULT = "result", _("办理结果通知单")
    DELIVERY = "delivery", _("送达回执")
    MANDATE = "mandate", _("代办委托书")
    COLLECT = "collect", _("材料收取单")
    RETURN = "return", _("材料交还单")
    CHANGE = "change", _("代办移交单")


class IssuedPaper(ScopedModel):
    """One paper as it was given out. `content` is everything that stands in it; `digest` its SM3; printed again it is the same.

    source: the record that the paper speaks of within its subject (a notice, a delivery); 0 where there is only one.
    """

    purpose: ClassVar[str] = PURPOSE

    kind = models.CharField(_("种类"), max_length=12, choices=PaperKind.choices)
    number = models.CharField(_("文书编号"), max_length=40, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="issued", verbose_name=_("办件"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="issued", verbose_name=_("委托"))
    hand_over = models.ForeignKey(HandOver, models.PROTECT, null=True, blank=True, related_name="issued", verbose_name=_("材料交接"))
    change = models.ForeignKey(AgentChange, models.PROTECT, null=True, blank=True, related_name="issued", verbose_name=_("代办移交"))
    source = models.BigIntegerField(default=0)
    content = models.JSONField(_("内容"))
    digest = models.CharField(_("内容摘要（SM3）"), max_length=64)
    issued_by = models.CharField(_("出具人"), max_length=60)
    issued_at = models.DateTimeField(_("出具时间"))

    class Meta:
        verbose_name = _("出具的文书")
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "source"], name="paper_once_for_case", condition=Q(case__isnull=False)),
            models.UniqueConstraint(fields=["mandate", "kind"], name="paper_once_for_mandate", condition=Q(mandate__isnull=False, hand_over__isnull=True)),
            models.UniqueConstraint(fields=["hand_over"], name="paper_once_for_hand_over"),
            models.CheckConstraint(condition=Q(case__isnull=False) | Q(mandate__isnull=False) | Q(change__isnull=False), name="paper_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
